import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CANONICAL_FIELDS, RECORD_KINDS } from '../../src/ingest/fields/record-fields.js';
import { coreTexts } from '../../src/pack/guard/core-texts.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

const root = mkdtempSync(join(tmpdir(), 'keyproof-disclosure-'));
afterAll(() => rmSync(root, { recursive: true }));

let count = 0;
/** A token that no other place has. */
function canary(): string {
  count += 1;
  return ['ghp', `CanaryOfNorthbridgeBank${String(count).padStart(15, '0')}`].join('_');
}

/** One record of a kind for each of its fields, with a canary in that field. */
function planted(kind: (typeof RECORD_KINDS)[number]): object[] {
  const fields = CANONICAL_FIELDS[kind];
  return fields.map(({ name, type }, index) => {
    const base = Object.fromEntries(
      fields.filter(({ required }) => required).map((field) => [field.name, `${kind}-${index}`]),
    );
    const value = type === 'list' ? ['read', `list ${canary()}`] : `text ${canary()}`;
    return { kind, ...base, [name]: value };
  });
}

async function audit(exports: string, formats = 'html,checklist,findings') {
  const output = join(root, `pack-${readdirSync(root).length}`);
  const run = await keyproof([
    'audit',
    exports,
    '--as-of',
    '2026-09-30',
    '--output',
    output,
    '--format',
    formats,
    '--fail-on',
    'none',
    '--json',
  ]);
  return { ...run, output };
}

function folderOf(name: string, files: { [path: string]: string }): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const KEY = { kind: 'keys', key_id: 'k1', name: 'Card gateway', owner: 'moss@northbridge.example' };

describeUnlessProved('no secret of an export leaves keyproof', import.meta.url, PROGRAM_FILES, () => {
  it('whatever field of whatever record it stands in, or in names of files and folders', async () => {
    const files = Object.fromEntries(
      RECORD_KINDS.map((kind) => [
        `${kind}/all.ndjson`,
        planted(kind)
          .map((record) => JSON.stringify(record))
          .join('\n'),
      ]),
    );
    const exports = folderOf(canary(), {
      ...files,
      [`team ${canary()}/${canary()}.ndjson`]: JSON.stringify(KEY),
      [`${canary()}.txt`]: 'Hello.',
      'broken.json': `{"key_id": "${canary()}`,
    });
    const { code, stdout, stderr, output } = await audit(exports);
    expect([0, 3]).toContain(code);
    expect(existsSync(output), stderr).toBe(true);
    const held = [
      stdout,
      stderr,
      ...readdirSync(output).map((file) => readFileSync(join(output, file), 'latin1')),
    ];
    for await (const { text } of coreTexts(output)) held.push(text);
    expect(held.filter((text) => text.includes('CanaryOfNorthbridge'))).toEqual([]);
    expect(count).toBeGreaterThan(150);
    expect(held.filter((text) => text.includes('sha256:')).length).toBeGreaterThan(2);
  });

  it('if keyproof.yaml states one, nothing is written and the field is named', async () => {
    const exports = folderOf('config', {
      'keys.json': JSON.stringify({ keys: [KEY] }),
      'keyproof.yaml': `organisation: Northbridge ${canary()}\n`,
    });
    const { code, stderr, output } = await audit(exports);
    expect(stderr).toContain(
      'keyproof: assessment.json, /plan/organisation: holds what looks like a live secret, so that nothing was written; take it out of the export, the file name or keyproof.yaml it comes from, and revoke it.\n',
    );
    expect(code).toBe(3);
    expect(existsSync(output)).toBe(false);
    expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('if one export repeats the value that another holds as a secret, nothing is written', async () => {
    const value = 'nb-fictional-0005-value';
    const exports = folderOf('repeated', {
      'vault.json': JSON.stringify({
        id: 'https://nb-payments-prod.vault.azure.net/secrets/sepa/0123456789abcdef0123456789abcdef',
        attributes: { enabled: true, created: '2026-07-01T00:00:00+00:00' },
        value,
      }),
      'keys.json': JSON.stringify({ keys: [{ ...KEY, name: `gateway with ${value}` }] }),
    });
    const { code, stderr, output } = await audit(exports, 'json');
    expect(stderr).toContain(
      'subjects.parquet: holds the value of a secret that an export holds, so that nothing was written',
    );
    expect(stderr).not.toContain(value);
    expect(code).toBe(3);
    expect(existsSync(output)).toBe(false);
  });
});
