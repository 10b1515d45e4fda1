import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { UnwrittenOutput } from '../../src/model/index.js';
import { sealPack, verifyPack, writePack } from '../../src/pack/index.js';
import { makeAssessment } from '../report/fixture.js';

const folder = (): string => mkdtempSync(join(tmpdir(), 'keyproof-pack-'));

const UNWRITTEN: UnwrittenOutput[] = [
  { format: 'pdf', kind: 'report-not-written', message: 'report.pdf: no browser.' },
];

async function samplePack(output: string): Promise<void> {
  await writePack(output, async (dir) => {
    writeFileSync(join(dir, 'findings.csv'), 'finding_id\r\n');
    writeFileSync(join(dir, 'index.html'), '<!doctype html>');
    await sealPack(dir, { assessment: makeAssessment({ findings: 0 }), incomplete: UNWRITTEN });
  });
}

test('an untouched pack verifies', async () => {
  const output = join(folder(), 'pack');
  await samplePack(output);
  expect(await verifyPack(output)).toEqual({
    ok: true,
    verified: 2,
    differences: [],
    notSealed: [],
    incomplete: UNWRITTEN,
  });
});

test('a changed, a missing and an added file are each named', async () => {
  const base = folder();
  const output = join(base, 'pack');
  await samplePack(output);
  writeFileSync(join(output, 'findings.csv'), 'finding_id\r\nx\r\n');
  writeFileSync(join(output, 'note.txt'), 'added later');
  const { ok, differences } = await verifyPack(output);
  expect(ok).toBe(false);
  expect(differences[0]).toMatch(
    /^findings\.csv: was changed; its SHA-256 is [0-9a-f]{64}, the manifest has [0-9a-f]{64}\.$/,
  );
  expect(differences[1]).toBe('note.txt: is not in the manifest.');
});

test('a failure half way leaves the earlier pack as it was and nothing beside it', async () => {
  const base = folder();
  const output = join(base, 'pack');
  await samplePack(output);
  await expect(
    writePack(output, async (dir) => {
      writeFileSync(join(dir, 'index.html'), 'half');
      throw new Error('disk full');
    }),
  ).rejects.toThrow('disk full');
  expect((await verifyPack(output)).ok).toBe(true);
  expect(readdirSync(base)).toEqual(['pack']);
});

test('a folder that is not a pack is never replaced', async () => {
  const output = join(folder(), 'thesis');
  mkdirSync(output);
  writeFileSync(join(output, 'chapter1.md'), 'years of work');
  await expect(samplePack(output)).rejects.toThrow(
    'thesis: the folder exists and is not an evidence pack; name another with --output, or empty it.',
  );
  expect(readdirSync(output)).toEqual(['chapter1.md']);
});

test('a folder without a manifest is told apart from a changed pack', async () => {
  const dir = folder();
  await expect(verifyPack(dir)).rejects.toThrow(
    `${join(dir, 'manifest.json')}: cannot be read; name the folder of an evidence pack.`,
  );
});

test('a pack that something else was put into is not replaced, because that would be lost', async () => {
  const output = join(folder(), 'pack');
  await samplePack(output);
  await samplePack(output);
  writeFileSync(join(output, 'auditor-notes.md'), 'a week of work');
  await expect(samplePack(output)).rejects.toThrow(
    'pack: holds auditor-notes.md, which is no part of the evidence pack there and would be lost; move it away, or name another folder with --output.',
  );
});

test('the manifest of another tool does not make a folder a pack', async () => {
  const output = join(folder(), 'exports');
  mkdirSync(output);
  writeFileSync(join(output, 'manifest.json'), '{"tool":{"name":"other"},"outputs":[]}');
  await expect(samplePack(output)).rejects.toThrow('exports: the folder exists and is not an evidence pack');
  expect(readdirSync(output)).toEqual(['manifest.json']);
});
