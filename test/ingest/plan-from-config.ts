import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { AuditPlan, ConfigFile } from '../../src/model/index.js';
import { planFor } from './folder.js';

/** A plan for a folder with the sources of the keyproof.yaml in it, if it has one. */
export function planFromConfig(folder: string): AuditPlan {
  const path = join(folder, 'keyproof.yaml');
  const config: ConfigFile = existsSync(path) ? (parse(readFileSync(path, 'utf8')) ?? {}) : {};
  return { ...planFor(folder), sources: config.sources ?? [] };
}
