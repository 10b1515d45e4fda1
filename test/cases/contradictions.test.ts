import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { type ObservationRow, observationsOf } from '../support/observations.js';
import { describeUnlessProved } from '../support/verdict.js';

const folder = mkdtempSync(join(tmpdir(), 'contradictions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Outcomes of some rules by rule and subject. */
type Outcomes = { [ruleAndSubject: string]: unknown };

let audits = 0;

/** Audits files in a folder of their own. */
async function audit(files: { [path: string]: string }, config = ''): Promise<ObservationRow[]> {
  audits += 1;
  const home = join(folder, String(audits));
  mkdirSync(join(home, 'exports'), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(home, 'exports', path), text);
  writeFileSync(join(home, 'keyproof.yaml'), config || 'organisation: Northbridge Bank\n');
  return observationsOf(home, join(home, 'pack'));
}

function outcomes(observations: ObservationRow[], ...rules: string[]): Outcomes {
  const found = observations.filter((row) => rules.length === 0 || rules.includes(String(row['rule_id'])));
  return Object.fromEntries(
    found.map((row) => [
      `${row['rule_id']} ${row['subject_id']}`,
      [row['outcome'], row['severity']].join(' ').trim(),
    ]),
  );
}

const HEADER = 'key_id,name,environment,status,owner,risk_tier,storage,created,last_rotated,expires';
const KEY = (id: string, changed: { [column: string]: string } = {}) =>
  ({
    key_id: id,
    name: id,
    environment: 'production',
    status: 'active',
    owner: 'ops',
    risk_tier: 'critical',
    storage: 'secrets-manager',
    created: '2024-01-10',
    last_rotated: '2026-09-20',
    expires: '2026-10-15',
    ...changed,
  }) as { [column: string]: string };

/** Pairs of records that contradict each other, one of each pair a file. */
const PAIRS = [
  ['rotated', { last_rotated: '2026-09-20' }, { last_rotated: '2025-01-10' }],
  ['overdue', { last_rotated: '2025-02-10' }, { last_rotated: '2025-01-10' }],
  [
    'stage',
    { environment: 'staging', storage: 'env-var' },
    { environment: 'production', storage: 'env-var' },
  ],
  [
    'revoked',
    { status: 'revoked', last_rotated: '2025-01-10' },
    { status: 'active', last_rotated: '2025-01-10' },
  ],
  ['expired', { expires: '2026-01-01' }, { expires: '2026-10-15' }],
  [
    'tier',
    { risk_tier: 'low', last_rotated: '2026-07-01' },
    { risk_tier: 'critical', last_rotated: '2026-07-01' },
  ],
  ['unowned', { owner: '' }, { owner: 'ops' }],
] as const;

function register(place: 1 | 2, reversed: boolean): string {
  const rows = PAIRS.map((pair) => {
    const key = KEY(pair[0], pair[place]);
    return HEADER.split(',').map((column) => (key[column] === '' ? 'none' : key[column]));
  });
  return `${[HEADER, ...(reversed ? rows.reverse() : rows).map((row) => row.join(','))].join('\n')}\n`;
}

const PEOPLE = 'principal_id,name,kind,status\nops,Ops Team,human,active\njane,Jane Doe,human,';

function bank(reversed: boolean): { [path: string]: string } {
  const names = reversed ? ['z.csv', 'a.csv'] : ['a.csv', 'z.csv'];
  const people = reversed ? ['people-2.csv', 'people-1.csv'] : ['people-1.csv', 'people-2.csv'];
  return {
    [names[0] ?? '']: register(1, reversed),
    [names[1] ?? '']: register(2, reversed),
    [people[0] ?? '']: `${PEOPLE}active\n`,
    [people[1] ?? '']: `${PEOPLE}left\n`,
    'grants.csv': 'principal_id,key_id,action,granted_at\njane,rotated,read,2026-01-01\n',
  };
}

describeUnlessProved('records that contradict each other', import.meta.url, PROGRAM_FILES, () => {
  it('let no rule pass by one of them, whatever the order of files and rows', async () => {
    const one = await audit(bank(false));
    expect(
      outcomes(
        one,
        'rotation-max-age',
        'storage-prod-in-vault',
        'inv-expiry-set',
        'emergency-rotate-departure',
      ),
    ).toEqual({
      'rotation-max-age rotated': 'no-evidence',
      'rotation-max-age overdue': 'fail critical',
      'rotation-max-age stage': 'pass',
      'rotation-max-age revoked': 'no-evidence',
      'rotation-max-age expired': 'pass',
      'rotation-max-age tier': 'no-evidence',
      'rotation-max-age unowned': 'pass',
      'storage-prod-in-vault rotated': 'pass',
      'storage-prod-in-vault overdue': 'pass',
      'storage-prod-in-vault stage': 'no-evidence',
      'storage-prod-in-vault revoked': 'no-evidence',
      'storage-prod-in-vault expired': 'pass',
      'storage-prod-in-vault tier': 'pass',
      'storage-prod-in-vault unowned': 'pass',
      'inv-expiry-set rotated': 'no-evidence',
      'inv-expiry-set overdue': 'fail high',
      'inv-expiry-set stage': 'no-evidence',
      'inv-expiry-set revoked': 'no-evidence',
      'inv-expiry-set expired': 'no-evidence',
      'inv-expiry-set tier': 'no-evidence',
      'inv-expiry-set unowned': 'pass',
      ...Object.fromEntries(PAIRS.map(([id]) => [`emergency-rotate-departure ${id}`, 'no-evidence'])),
    });
    const other = await audit(bank(true));
    expect(outcomes(other)).toEqual(outcomes(one));
  });
});

const CASES = ['../../../shared/', '../../../../shared/']
  .map((path) => fileURLToPath(new URL(`${path}cases/exports/`, import.meta.url)))
  .find((path) => existsSync(path));

/** Audits a case of the shared folder where it lies, with a keyproof.yaml. */
async function auditCase(name: string, config?: string): Promise<ObservationRow[]> {
  audits += 1;
  const home = join(folder, String(audits));
  cpSync(join(CASES ?? '', name), join(home, 'exports'), { recursive: true });
  writeFileSync(join(home, 'keyproof.yaml'), config ?? 'organisation: Northbridge Bank\n');
  return observationsOf(home, join(home, 'pack'));
}

describe.skipIf(CASES === undefined)('cases/exports', () => {
  it('01c: two secrets in one line with one scanner id are two findings', async () => {
    const found = outcomes(await auditCase('01c-with-rotation-log'), 'repo-leak-revoked');
    expect(found).toEqual({ 'repo-leak-revoked northbridge/payments': 'fail critical' });
    expect(outcomes(await auditCase('01d-truth'), 'repo-leak-revoked')).toEqual(found);
  });

  it('32: tags that contradict each other leave the field unknown', async () => {
    const found = await auditCase('32-tags-differ-by-case');
    expect(new Set(Object.values(outcomes(found, 'storage-prod-in-vault')))).toEqual(
      new Set(['no-evidence']),
    );
    // Older than the limit of any tier, so the tier that the tags contradict each other about does not matter.
    expect(new Set(Object.values(outcomes(found, 'rotation-max-age')))).toEqual(
      new Set(['fail low', 'no-evidence']),
    );
  });

  it('33: of monthly snapshots the newest speaks, if it is stated when they were taken', async () => {
    const name = '33-monthly-snapshots';
    const rules = ['rotation-max-age', 'evidence-ipe-valid'];
    expect(Object.values(outcomes(await auditCase(name), ...rules)).sort()).toEqual([
      'fail high',
      'no-evidence',
    ]);
    const stated =
      'organisation: Northbridge Bank\nsources:\n  - {path: "exports/*.json", taken: file-name}\n';
    expect(Object.values(outcomes(await auditCase(name, stated), ...rules)).sort()).toEqual([
      'no-evidence',
      'pass',
    ]);
  });

  it('r4: two rows of one key decide nothing in either order', async () => {
    const text = readFileSync(join(CASES ?? '', 'r4-us-register/keys.csv'), 'utf8');
    const lines = text.split(/\r?\n/).filter((line) => line !== '');
    const swapped = [...lines.slice(0, 1), ...lines.slice(1).reverse()].join('\n');
    for (const csv of [text, swapped]) {
      const found = outcomes(await audit({ 'keys.csv': csv }), 'rotation-max-age');
      expect(found['rotation-max-age K-1004']).toBe('no-evidence');
    }
  });

  it('39: a decision of nobody, of the tool and of the holder is no review', async () => {
    const found = await auditCase('39-auto-decision');
    expect(outcomes(found, 'access-review-periodic')).toEqual({
      'access-review-periodic K-1': 'fail high',
    });
  });
});
