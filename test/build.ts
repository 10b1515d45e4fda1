import { execFileSync } from 'node:child_process';

/** Worker threads and the CLI run from dist/, so it is built once before any test. */
export default function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}
