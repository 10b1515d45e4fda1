import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Keys of a small bank, by name, with the day of their last rotation. */
export type Keys = { [name: string]: string };

/** Keys that were rotated in time, but for one. */
export const KEYS: Keys = { 'pay-01': '2026-09-20', 'pay-02': '2026-09-21', 'cards-01': '2026-01-05' };

const HEAD =
  'key_id,name,storage,environment,owner,risk_tier,status,created,last_rotated,last_used,expires,scopes,approved_scopes,encrypted_at_rest,encryption_algorithm,ip_allowlist,pci_scope';

/** Makes a checkout with the exports of a small bank. @returns its folder. */
export function checkout(keys: Keys = KEYS): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-checkout-'));
  mkdirSync(join(folder, 'exports'));
  writeFileSync(join(folder, 'keyproof.yaml'), 'organisation: Northbridge Bank\nasOf: 2026-09-30\n');
  writeFileSync(join(folder, 'exports/keys.csv'), keysCsv(keys));
  writeFileSync(
    join(folder, 'exports/people.csv'),
    'principal_id,name,kind,roles,status\no.lindqvist@northbridge.example,Oda Lindqvist,human,operator,active\n',
  );
  return folder;
}

/** Returns an inventory with these keys. */
export function keysCsv(keys: Keys): string {
  const rows = Object.entries(keys).map(
    ([name, rotated]) =>
      `${name},${name},secrets-manager,production,o.lindqvist@northbridge.example,medium,active,2026-01-02T08:00:00Z,${rotated}T08:00:00Z,2026-09-29T10:00:00Z,2026-12-01T00:00:00Z,accounts:read,accounts:read,true,AES-256-GCM,10.20.0.0/16,connected`,
  );
  return `${[HEAD, ...rows].join('\n')}\n`;
}
