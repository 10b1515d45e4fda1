import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment, Manifest, RunRecord } from '../../src/model/index.js';
import { sha256Hex } from '../../src/text/sha256.js';
import { browser, browserOfMachine } from '../support/browser.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

const story = fileURLToPath(new URL('../cases/findings-win', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'keyproof-report-'));
const hasBrowser = browser !== null;
const INPUTS = [...PROGRAM_FILES, 'test/cases/findings-win/**'];
const formats = ['html', 'actions', 'checklist', 'findings', ...(hasBrowser ? ['pdf'] : [])];
const noBrowser = { PUPPETEER_EXECUTABLE_PATH: '/nowhere/chrome' };

const audit = (output: string, format: string, env: NodeJS.ProcessEnv = {}) =>
  keyproof(
    [
      'audit',
      'exports',
      '--as-of',
      '2026-09-30',
      '--format',
      format,
      '--output',
      output,
      '--framework',
      'gdpr',
      '--fail-on',
      'none',
      '--quiet',
    ],
    { cwd: story, env },
  );
const filesOf = (dir: string): { [name: string]: string } =>
  Object.fromEntries(
    readdirSync(dir)
      // It tells one run from another; everything else is the same each time.
      .filter((name) => name !== 'run.json')
      .sort()
      .map((name) => [name, readFileSync(join(dir, name), 'latin1')]),
  );
const copyOf = (dir: string, name: string): string => {
  cpSync(dir, join(folder, name), { recursive: true });
  return join(folder, name);
};

const hashed = (file: string): { bytes: number; sha256: string } => {
  const content = readFileSync(file);
  return { bytes: content.length, sha256: sha256Hex(content) };
};

const whole = join(folder, 'whole');

beforeAll(() => audit(whole, formats.join(',')), 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeUnlessProved(
  'report PACK',
  import.meta.url,
  INPUTS,
  () => {
    test('gives the bytes that the audit wrote, the PDF included where there is a browser', async () => {
      const bare = copyOf(whole, 'bare');
      for (const name of readdirSync(bare)) if (/html|csv|md|pdf|xlsx/.test(name)) rmSync(join(bare, name));
      // What was taken away is no longer what the manifest names.
      const refused = await keyproof(['report', bare, '--format', formats.join(',')]);
      expect(refused.code).toBe(5);
      expect(refused.stderr).toContain(
        'The pack was changed after it was written, so it is not sealed again: ',
      );
      expect(refused.stderr).toContain(' findings.csv: is missing.');
      expect(refused.stderr).toContain(' gap-checklist.xlsx: is missing.');

      const again = join(folder, 'again');
      const run = await keyproof(['report', whole, '--format', formats.join(','), '--output', again]);
      expect(run).toMatchObject({ code: 0, stdout: '' });
      expect(filesOf(again)).toEqual(filesOf(whole));
    });

    test('adds to a pack of the core alone what the audit would have written, in its place', async () => {
      const core = join(folder, 'core');
      await audit(core, 'json');
      expect(readdirSync(core).sort()).toEqual([
        'assessment.json',
        'manifest.json',
        'observations.parquet',
        'run.json',
        'subjects.parquet',
      ]);
      expect((await keyproof(['report', core, '--format', 'findings,checklist,actions'])).code).toBe(0);
      const expected = filesOf(whole);
      const names = [
        'actions.csv',
        'actions.md',
        'findings.csv',
        'gap-checklist.csv',
        'gap-checklist.md',
        'gap-checklist.xlsx',
        'questions.csv',
        'observations.parquet',
        'subjects.parquet',
      ];
      const written = filesOf(core);
      for (const name of names) expect(written[name]).toBe(expected[name]);
      expect(await keyproof(['verify', core])).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^11 files match/),
      });
    });

    test('refuses a pack whose assessment an earlier keyproof wrote, in one sentence', async () => {
      const old = copyOf(whole, 'old');
      const [assessment, manifest] = [join(old, 'assessment.json'), join(old, 'manifest.json')];
      const { actions: _, ...earlier } = JSON.parse(readFileSync(assessment, 'utf8')) as Assessment;
      writeFileSync(assessment, JSON.stringify(earlier));
      const { outputs, ...rest } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
      const sealed = outputs.map((output) =>
        output.path === 'assessment.json' ? { ...output, ...hashed(assessment) } : output,
      );
      writeFileSync(manifest, JSON.stringify({ ...rest, outputs: sealed }));
      const run = await keyproof(['report', old, '--format', 'actions']);
      expect(run.code).toBe(2);
      expect(run.stderr).toBe(
        'keyproof: assessment.json: has not the form that this keyproof makes reports of; audit again, or use the keyproof that wrote the pack.\n',
      );
    });

    test('completes a pack that lacks its PDF, and says so while it cannot', async () => {
      const lacking = join(folder, 'lacking');
      expect((await audit(lacking, 'html,pdf', noBrowser)).code).toBe(3);
      expect((await keyproof(['verify', lacking])).stdout).toContain(
        'Not written by the audit: report.pdf: ',
      );
      const html = await keyproof(['report', lacking, '--format', 'html']);
      expect(html.code).toBe(3);
      const failed = await keyproof(['report', lacking, '--format', 'pdf'], { env: noBrowser });
      expect(failed.code).toBe(3);
      expect(failed.stderr).toContain('report.pdf: PUPPETEER_EXECUTABLE_PATH does not name a program.');
      if (!hasBrowser) return;
      expect((await keyproof(['report', lacking, '--format', 'pdf'])).code).toBe(0);
      expect((await keyproof(['verify', lacking])).stdout).toMatch(/^5 files match the manifest; [^\n]*\n$/);
    }, 120_000);

    test('records each run beside what is sealed, without folders and secrets', async () => {
      const recorded = copyOf(whole, 'recorded');
      const token = ['ghp', 'RunRecordOfNorthbridge0123456789ABCDEF'].join('_');
      const run = await keyproof(['report', recorded, '--format', 'findings', '--framework', token]);
      expect(run.code).toBe(2);
      await keyproof(['report', recorded, `--format=findings`]);
      const text = readFileSync(join(recorded, 'run.json'), 'utf8');
      const { runs } = JSON.parse(text) as RunRecord;
      expect(runs.map(({ command }) => command[0])).toEqual(['audit', 'report']);
      expect(runs[1]?.command).toEqual(['report', '…/recorded', '--format=findings']);
      for (const { startedAt, endedAt, tool, node } of runs) {
        expect(Date.parse(endedAt)).toBeGreaterThanOrEqual(Date.parse(startedAt));
        expect({ tool: tool.name, node }).toEqual({ tool: 'keyproof', node: process.versions.node });
      }
      expect(text).not.toContain(folder);
      expect(readFileSync(join(recorded, 'manifest.json'), 'utf8')).not.toContain('run.json');
      expect(await keyproof(['verify', recorded])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('Not sealed by it: run.json.'),
      });
    });

    test.skipIf(!hasBrowser)('prints the annex of a framework on request, by its id or alias', async () => {
      const asked = copyOf(whole, 'asked');
      expect(readdirSync(whole).filter((name) => name.startsWith('annex'))).toEqual([]);
      const run = await keyproof(['report', asked, '--format', 'pdf-annex', '--framework', 'gdpr']);
      expect(run).toMatchObject({ code: 0, stdout: '' });
      expect(readdirSync(asked).filter((name) => name.startsWith('annex'))).toEqual(['annex-gdpr.pdf']);
      expect(await keyproof(['report', asked, '--format', 'pdf-annex', '--framework', 'gdrp'])).toMatchObject(
        {
          code: 2,
          stderr: expect.stringContaining(
            'the pack does not hold "gdrp"; did you mean "gdpr"? It holds: gdpr.',
          ),
        },
      );
      expect(await keyproof(['report', asked, '--format', 'pdf-annex', '--framework', 'pci'])).toMatchObject({
        code: 2,
      });
      expect((await keyproof(['verify', asked])).code).toBe(0);
    });

    test('refuses what is no pack, and a pack that was changed', async () => {
      expect(await keyproof(['report', story])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(
          `${join(story, 'manifest.json')}: cannot be read; name the folder of an evidence pack.`,
        ),
      });
      const changed = copyOf(whole, 'changed');
      appendFileSync(join(changed, 'gap-checklist.md'), 'No gaps.');
      const before = filesOf(changed);
      const run = await keyproof(['report', changed, '--format', 'html']);
      expect(run.code).toBe(5);
      expect(run.stderr).toContain('gap-checklist.md: was changed');
      expect(filesOf(changed)).toEqual(before);
      expect(await keyproof(['report', whole, '--format', 'pfd'])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('did you mean "pdf"?'),
      });
    });
  },
  browserOfMachine(),
);
