import { basename, isAbsolute } from 'node:path';
import { nodeVersion } from '../assets/node-version.js';
import { toolVersion } from '../assets/tool-version.js';
import type { AuditPlan, RunEntry } from '../model/index.js';
import { redactSecrets } from '../secrets/redact.js';

/** Returns the record of a command that ends now. */
export function runEntry(
  args: readonly string[],
  startedMs: number,
  { configSha256, readingSha256 }: Pick<AuditPlan, 'configSha256' | 'readingSha256'> = {},
): RunEntry {
  return {
    tool: { name: 'keyproof', version: toolVersion() },
    node: nodeVersion(),
    command: args.map(shownArgument),
    configSha256: configSha256 ?? null,
    readingSha256: readingSha256 ?? null,
    startedAt: new Date(startedMs).toISOString(),
    endedAt: new Date().toISOString(),
  };
}

/** Returns an argument without the folders of an absolute path, which name machines and people, and without a secret. */
function shownArgument(arg: string): string {
  const [, option = '', value = ''] = /^(--[^=]+=)?(.*)$/s.exec(arg) ?? [];
  return redactSecrets(`${option}${isAbsolute(value) ? `…/${basename(value)}` : value}`);
}
