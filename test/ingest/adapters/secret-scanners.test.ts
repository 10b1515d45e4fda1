import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readInput } from './cases.js';
import { sampleExport } from './read-with-adapter.js';

/** What becomes of a real report: the adapter, its version, records read and findings, and rows left out. */
type Expected = readonly [
  adapter: string,
  version: string | null,
  records: number,
  findings: number,
  skipped: number,
];

const REPORTS: [file: string, expected: Expected][] = [
  ['gitleaks/issue4336.json', ['gitleaks', '7', 1, 1, 0]],
  ['gitleaks/v8.baseline.json', ['gitleaks', '8', 2, 2, 0]],
  ['gitleaks/v8.expected.csv', ['gitleaks', '8', 1, 1, 0]],
  ['gitleaks/v8.expected.json', ['gitleaks', '8', 1, 1, 0]],
  ['gitleaks/v8.expected.sarif', ['sarif', '2.1.0', 1, 1, 0]],
  ['gitleaks/v8.many.json', ['gitleaks', '8', 4, 4, 0]],
  ['sarif/gitleaks-7.5.sarif', ['sarif', '2.1.0', 8, 8, 0]],
  ['sarif/spec-appendix-k.sarif', ['sarif', '2.1.0', 1, 0, 1]],
];

describe.skipIf(!existsSync(sampleExport('gitleaks')))(
  'real reports of secret scanners (shared/samples; skipped if the folder is absent)',
  () => {
    it.each(REPORTS)('%s is read without a loss', async (path, expected) => {
      const { file, records } = await readInput(sampleExport(path), path);
      const skipped = Object.values(file.skipped).reduce((sum, count) => sum + count, 0);
      const findings = records.secret_findings?.length ?? 0;
      expect([file.adapter, file.version, file.records, findings, skipped]).toEqual(expected);
      expect([file.rejects, file.unreadable]).toEqual([[], []]);
    });
  },
);
