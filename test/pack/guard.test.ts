import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { PDF, PdfString } from '@libpdf/core';
import { afterAll, describe, expect, it } from 'vitest';
import { guardPack } from '../../src/pack/index.js';
import { writePdf } from '../../src/report/pdf/file/write-pdf.js';
import { collectDropped, dropSecret, newRunKey } from '../../src/secrets/dropped.js';

const TOKEN = ['ghp', 'GuardOfNorthbridge0123456789ABCDEFGHIJ'].join('_');
const VALUE = 'nb"fict<ional>&\\0005/value|';
const folder = mkdtempSync(join(tmpdir(), 'keyproof-guard-'));
afterAll(() => rmSync(folder, { recursive: true }));

const entities = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&#x22;');
const pdf = (text: string): Buffer =>
  Buffer.concat([
    Buffer.from('%PDF-1.4\n1 0 obj\n<</Filter /FlateDecode /Length 99>> stream\n'),
    deflateSync(text),
    Buffer.from('\nendstream\nendobj\n'),
  ]);

/** A PDF as the report room writes it, with a text in one of its object streams. */
const writtenPdf = (title: string): Buffer => {
  const document = PDF.create();
  document.addPage();
  document.getCatalog().set('Note', PdfString.fromString(title));
  return Buffer.from(writePdf(document));
};

/** Guards a pack of one file, in a run that dropped VALUE. */
async function guarded(file: string, content: string | Buffer): Promise<string> {
  const dir = mkdtempSync(join(folder, 'pack-'));
  writeFileSync(join(dir, file), content);
  const key = newRunKey();
  const { dropped } = await collectDropped(key, async () => dropSecret(VALUE));
  return guardPack(dir, { key, secrets: dropped }).then(
    () => 'passed',
    (error: Error) => error.message,
  );
}

describe('a pack that holds a secret is refused, with file and field', () => {
  it.each([
    [
      'assessment.json',
      JSON.stringify({ plan: { notes: ['x', `is ${TOKEN}`] } }),
      '/plan/notes/1: holds what looks like',
    ],
    ['assessment.json', JSON.stringify({ [TOKEN]: 1 }), 'name 1 of /: holds what looks like'],
    ['assessment.json', JSON.stringify({ owner: VALUE }), '/owner: holds the value of a secret'],
    [
      'assessment.json',
      JSON.stringify({ facts: JSON.stringify({ owner: VALUE }) }),
      '/facts: holds the value',
    ],
    ['index.html', `a\nb\n<p>${entities(VALUE)}</p>`, 'from line 1 on: holds the value'],
    ['findings.csv', `a,b\n1,"${VALUE.replaceAll('"', '""')}"\n`, 'holds the value'],
    ['gap-checklist.md', VALUE.replace(/[\\|<>&"]/g, '\\$&'), 'holds the value'],
    ['report.pdf', pdf(`(${TOKEN}) Tj`), 'holds what looks like'],
    ['annex-gdpr.pdf', writtenPdf(`Rotate ${TOKEN}`), 'holds what looks like'],
    ['results.sarif', `${' '.repeat(1 << 20)}${TOKEN}`, 'holds what looks like'],
    ['junit.xml', `${' '.repeat((1 << 20) - 20)}${entities(VALUE)}`, 'holds the value'],
  ])('%s', async (file, content, sentence) => {
    const refusal = await guarded(file, content);
    expect(refusal).toContain(file);
    expect(refusal).toContain(sentence);
    expect(refusal).toContain('nothing was written');
    expect(refusal).not.toContain(TOKEN);
    expect(refusal).not.toContain(VALUE);
  });

  it.each([
    ['assessment.json', JSON.stringify({ owner: VALUE.slice(0, -1), key: 'AKIAIOSFODNN7EXAMPLE' })],
    ['index.html', '<p>sha256:0123456789abcdef0123456789abcdef</p>'],
    ['report.pdf', pdf('nothing')],
    ['annex-gdpr.pdf', writtenPdf('nothing')],
  ])('%s without one passes', async (file, content) => expect(await guarded(file, content)).toBe('passed'));
});
