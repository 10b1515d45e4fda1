import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliRun, keyproof } from './cli.js';

/** One key of a register; what is left out is as a key in order has it. */
export type KeyRow = { key_id: string } & { [field: string]: string };

const IN_ORDER = {
  storage: 'secrets-manager',
  environment: 'production',
  owner: 'o.lindqvist@northbridge.example',
  purpose: 'Reads account balances',
  risk_tier: 'medium',
  status: 'active',
  created: '2026-01-05T08:00:00Z',
  last_rotated: '2026-06-20T08:00:00Z',
  expires: '2026-12-01T00:00:00Z',
  scopes: 'accounts:read',
  approved_scopes: 'accounts:read',
  encrypted_at_rest: 'true',
  pci_scope: 'connected',
};

/** Returns a register of keys as CSV. */
export function keysCsv(rows: readonly KeyRow[]): string {
  const columns = ['key_id', ...Object.keys(IN_ORDER)];
  const lines = rows.map((row) => {
    const all: { [field: string]: string } = { ...IN_ORDER, ...row };
    return columns.map((column) => all[column] ?? '').join(',');
  });
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

/** What is audited: keys, further files of the folder, options. */
export type Quarter = {
  /** Rows of keys.csv. */
  keys: readonly KeyRow[];
  /** As-of date. */
  asOf: string;
  /** Text of keyproof.yaml. */
  config?: string;
  /** Further files beside the folder of exports, by name. */
  files?: { [name: string]: string };
  /** Further options. */
  args?: readonly string[];
};

/** Audits a small bank. @returns the folder of the pack, and the run. */
export async function packOfQuarter(
  quarter: Quarter,
): Promise<{ pack: string; folder: string; run: CliRun }> {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-quarter-'));
  const { keys, asOf, config = '', files = {}, args = [] } = quarter;
  mkdirSync(join(folder, 'exports'));
  writeFileSync(join(folder, 'exports/keys.csv'), keysCsv(keys));
  writeFileSync(
    join(folder, 'exports/people.csv'),
    'principal_id,name,kind,roles,status\no.lindqvist@northbridge.example,Oda Lindqvist,human,operator,active\n',
  );
  writeFileSync(join(folder, 'keyproof.yaml'), `organisation: Northbridge Bank\n${config}`);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const pack = join(folder, 'pack');
  const options = [
    '--as-of',
    asOf,
    '--output',
    pack,
    '--format',
    'json',
    '--fail-on',
    'none',
    '--workers',
    '1',
  ];
  const run = await keyproof(['audit', 'exports', '--config', 'keyproof.yaml', ...options, ...args], {
    cwd: folder,
  });
  return { pack, folder, run };
}
