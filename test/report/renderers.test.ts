import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { type Assessment, OUTPUT_FORMATS } from '../../src/model/index.js';
import { RENDERERS, renderFormats } from '../../src/report/index.js';
import { makeAssessment } from './fixture.js';
import { memorySink, packOf } from './pack-of.js';

const docs = readFileSync(new URL('../../docs/report.md', import.meta.url), 'utf8');
const pack = packOf(makeAssessment({ findings: 10 }));

test('every format has one renderer, but for the core', () => {
  expect([...RENDERERS.map(({ format }) => format), 'parquet', 'json'].sort()).toEqual(
    [...OUTPUT_FORMATS].sort(),
  );
});

describe.each(RENDERERS.map((renderer) => ({ ...renderer, toString: () => renderer.format })))(
  '$format',
  (renderer) => {
    it('writes the files it names, the same each time, and docs/report.md says what they are for', async () => {
      const [first, second] = [memorySink(), memorySink()];
      const unwritten = await renderFormats(pack, [renderer.format], first);
      await renderFormats(structuredCloneOf(pack), [renderer.format], second);
      // Without a browser the PDF is not written, and says so.
      const named = [...renderer.files, ...(renderer.filesFor?.(pack.assessment) ?? [])];
      const expected = unwritten.length > 0 ? [] : named;
      expect([...first.files.keys()]).toEqual(expected);
      expect(second.files).toEqual(first.files);
      for (const file of renderer.files) expect(docs).toContain(`| \`${file}\``);
      expect(docs).toContain(`| \`${renderer.format}\``);
    });
  },
);

function structuredCloneOf(original: typeof pack): typeof pack {
  return { ...original, assessment: structuredClone(original.assessment) };
}

test('a PDF that cannot be printed leaves its sentence and nothing else', async () => {
  const before = process.env['PUPPETEER_EXECUTABLE_PATH'];
  process.env['PUPPETEER_EXECUTABLE_PATH'] = '/nowhere/chrome';
  try {
    const sink = memorySink();
    expect(await renderFormats(pack, ['html', 'pdf'], sink)).toEqual([
      {
        format: 'pdf',
        kind: 'report-not-written',
        message: expect.stringMatching(/^report\.pdf: PUPPETEER_EXECUTABLE_PATH does not name a program\./),
      },
    ]);
    expect([...sink.files.keys()]).toEqual(['index.html']);
    expect(pack.assessment).toEqual(makeAssessment({ findings: 10 }));
  } finally {
    if (before === undefined) delete process.env['PUPPETEER_EXECUTABLE_PATH'];
    else process.env['PUPPETEER_EXECUTABLE_PATH'] = before;
  }
});

test.each(['html', 'actions', 'checklist', 'sarif', 'junit'] as const)(
  'a pack of %s alone names no file that it does not have',
  async (format) => {
    const many = makeAssessment({ findings: 40 });
    const [action] = many.actions;
    const [policy] = many.policies.filter(({ id }) => id === action?.ruleId);
    if (action === undefined || policy === undefined) throw new Error('no action');
    action.failed += 5000;
    policy.outcomes.fail += 5000;
    const texts = async (formats: Assessment['plan']['formats']) => {
      const sink = memorySink();
      await renderFormats(packOf({ ...many, plan: { ...many.plan, formats } }), [format], sink);
      return [...sink.files].filter(([file]) => !file.endsWith('.xlsx')).map(([, text]) => text);
    };
    for (const text of await texts([format])) expect(text).not.toContain('findings.csv');
    if (format !== 'checklist' && format !== 'sarif')
      expect((await texts([format, 'findings'])).join()).toContain('findings.csv');
  },
);
