import { readFileSync } from 'node:fs';
import { assetUrl } from './locate.js';

/** Returns the version of keyproof, from its package.json. */
export function toolVersion(): string {
  const manifest = JSON.parse(readFileSync(assetUrl('manifest'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
