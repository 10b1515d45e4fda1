import { readFileSync } from 'node:fs';
import { packageRoot } from './package-root.js';

/** Returns the version of keyproof, from its package.json. */
export function toolVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
