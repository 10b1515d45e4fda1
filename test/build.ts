import { execFileSync } from 'node:child_process';

const shared = globalThis as { keyproofIsBuilt?: boolean };

/** Worker threads and the CLI run from dist/, so it is built before the first project that needs it, once. */
export default function setup(): void {
  if (shared.keyproofIsBuilt) return;
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
  shared.keyproofIsBuilt = true;
}
