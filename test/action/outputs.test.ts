import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { type OutputValues, setOutputs } from '../../src/action/outputs.js';
import { makeAssessment } from '../report/fixture.js';
import { outputsIn } from './runner.js';

const folder = mkdtempSync(join(tmpdir(), 'keyproof-outputs-'));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('cannot be forged by the name of a folder', () => {
  const file = join(folder, 'output');
  writeFileSync(file, '');
  vi.stubEnv('GITHUB_OUTPUT', file);
  const dir = '/srv/Prüfung 100%/a b\nconclusion=success\nfailed<<EOF\n0\nEOF';
  const assessment = makeAssessment({ findings: 3 });
  const ending = { exitCode: 1, conclusion: 'failure' } as const;
  setOutputs({ ending, assessment, changes: null, dir, packSha256: 'a'.repeat(64) } as OutputValues);
  expect(outputsIn(readFileSync(file, 'utf8'))).toMatchObject({
    conclusion: 'failure',
    failed: String(assessment.outcomes.fail),
    new: '',
    'pack-path': dir,
  });
});
