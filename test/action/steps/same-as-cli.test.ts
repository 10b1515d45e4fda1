import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { keyproof } from '../../support/cli.js';
import { buildAction } from '../built-action.js';
import { callsOf, newRunner, runStep } from '../runner.js';

const story = fileURLToPath(new URL('../../cases/conftest-policies', import.meta.url));
const workspace = mkdtempSync(join(tmpdir(), 'keyproof-same-'));
cpSync(story, workspace, { recursive: true });
const runner = newRunner();
afterAll(() => {
  for (const folder of [workspace, runner.home]) rmSync(folder, { recursive: true, force: true });
});

it('writes the same bytes as the command line, with policies of one’s own, every format but the PDF, and two threads', async () => {
  const action = await buildAction();
  const formats = 'html,checklist,findings,sarif,junit';
  const end = await runStep(runner, {
    action: action.dir,
    workspace,
    with: {
      paths: 'exports',
      policies: 'policy',
      'as-of': '2026-09-30',
      formats,
      workers: '2',
      artifact: 'none',
      'output-dir': join(runner.home, 'pack'),
      'duckdb-path': action.unpacked,
    },
  });
  action.remove();
  const output = join(runner.home, 'cli');
  const args = [
    'exports',
    '--policy',
    'policy',
    '--as-of',
    '2026-09-30',
    '--format',
    formats,
    '--output',
    output,
  ];
  const cli = await keyproof(['audit', ...args], { cwd: workspace });
  expect(end.outputs).toMatchObject({ 'exit-code': String(cli.code), conclusion: 'failure' });
  const manifest = (folder: string) =>
    JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as object;
  expect(manifest(end.outputs['pack-path'] ?? '')).toEqual(manifest(output));
  expect(callsOf(runner)).toBe('');
});
