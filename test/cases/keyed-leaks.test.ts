import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { packFinding, replayFinding } from '../../dist/index.js';
import { gather } from '../../src/gather.js';
import type { Assessment, Dossiers } from '../../src/model/index.js';
import { scanReport, scanRepository } from '../../src/scan/index.js';
import { removeRepositories, testFolder, testRepository } from '../scan/git-repository.js';
import { dossierOf, PLAN } from '../store/evidence.js';
import { keyproof } from '../support/cli.js';
import { describeWithGit } from '../support/git.js';

afterAll(removeRepositories);

/** A password that a word list finds; in parts, so that no scanner takes this file for a leak. */
const PASSWORD = ['Harbour', 'lantern', '88'].join('-');
const SHA256 = createHash('sha256').update(PASSWORD).digest('hex');
const UNKEYED = [
  PASSWORD,
  Buffer.from(PASSWORD).toString('base64'),
  SHA256.slice(0, 16),
  ...['sha1', 'md5'].map((name) => createHash(name).update(PASSWORD).digest('hex')),
];
const REPOSITORY = 'northbridge/payments-api';
const PLACE = { path: 'config/app.yml', line: 2 };
const KEY = 'key of northbridge';

const gitleaks = {
  RuleID: 'generic-api-key',
  StartLine: PLACE.line,
  StartColumn: 13,
  Match: `password: ${PASSWORD}`,
  Secret: PASSWORD,
  File: PLACE.path,
  Commit: '',
  Fingerprint: `${PLACE.path}:generic-api-key:${PLACE.line}`,
};
const trufflehog = {
  SourceMetadata: {
    Data: {
      Git: {
        file: PLACE.path,
        line: PLACE.line,
        repository: `https://git.northbridge.example/${REPOSITORY}`,
      },
    },
  },
  DetectorName: 'Generic',
  DecoderName: 'PLAIN',
  Verified: false,
  Raw: PASSWORD,
};
const gitlab = {
  version: '15.0.0',
  scan: { type: 'secret_detection' },
  vulnerabilities: [
    {
      id: '1',
      category: 'secret_detection',
      cve: `${PLACE.path}:${SHA256}:Generic`,
      location: { file: PLACE.path, start_line: PLACE.line },
    },
  ],
};

/** What an audit reads and keeps of one secret that three tools report, and an inventory, which states its fingerprint. */
async function read({ scanKey, auditKey }: { scanKey: string | null; auditKey: string | null }) {
  const repository = testRepository();
  repository.write({ [PLACE.path]: `db:\n  password: ${PASSWORD}\n` });
  repository.commit('2026-07-01T10:00:00Z');
  const options = { scope: 'history' as const, nowMs: PLAN.asOfMs, key: scanKey, workers: 1 };
  const scan = await scanRepository(repository.folder, options);
  const report = JSON.stringify(scanReport([scan], { nowMs: PLAN.asOfMs, keyed: scanKey !== null }));
  const folder = testFolder();
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('scan.json', report);
  write('gitleaks-northbridge__payments-api.json', JSON.stringify([gitleaks]));
  write('trufflehog.jsonl', `${JSON.stringify(trufflehog)}\n`);
  write('keys.csv', `key_id,fingerprint,status\nledger-db,${SHA256.slice(0, 32)},active\n`);
  write('gl-secret-detection-northbridge__other.json', JSON.stringify(gitlab));
  const plan = { ...PLAN, root: folder, paths: [folder] };
  const env = auditKey === null ? {} : { KEYPROOF_FINGERPRINT_KEY: auditKey };
  return gather(
    plan,
    { policies: [] },
    { onProgress: () => undefined, env },
    async ({ store, files, workDir }) => ({
      found: (await dossierOf(store, 'repository', REPOSITORY)).findings?.records ?? [],
      leaks: (await dossierOf(store, 'key', 'ledger-db')).leaks?.total,
      outputs: [report, JSON.stringify(files), ...partsIn(workDir)],
    }),
  );
}

function partsIn(folder: string): string[] {
  const parts = readdirSync(folder).filter((name) => name.startsWith('part-'));
  return parts.map((name) => readFileSync(join(folder, name), 'utf8'));
}

const briefOf = ({ tools, sources }: Found) => ({ tools, files: sources.map(({ file }) => file) });
type Found = NonNullable<Dossiers['repository']['findings']>['records'][number];

describeWithGit('a secret that three tools report, with a key of fingerprints', import.meta.url, [], () => {
  it('is one finding with three sources, joined with the key of the inventory, though it could be guessed', async () => {
    const { found, leaks } = await read({ scanKey: KEY, auditKey: KEY });
    expect(found.map(briefOf)).toEqual([
      {
        tools: ['gitleaks', 'keyproof', 'trufflehog'],
        files: ['gitleaks-northbridge__payments-api.json', 'scan.json', 'trufflehog.jsonl'],
      },
    ]);
    expect(leaks).toBe(2);
  });

  it('is in no output, nor is a hash of it that no key is needed for', async () => {
    const { outputs } = await read({ scanKey: KEY, auditKey: KEY });
    expect(outputs.length).toBeGreaterThan(5);
    for (const output of outputs) for (const value of UNKEYED) expect(output).not.toContain(value);
  });

  it('is not joined by its fingerprint if the scan had another key, or none', async () => {
    for (const scanKey of ['another key', null]) {
      const { found, leaks } = await read({ scanKey, auditKey: KEY });
      expect(found.map(({ tools }) => tools).sort()).toEqual([['gitleaks', 'trufflehog'], ['keyproof']]);
      expect(leaks).toBe(2);
    }
  });
});

describeWithGit('a secret that three tools report, without a key', import.meta.url, [], () => {
  it('is joined by its SHA-256 where a report has it; that of the scan has none of a value that could be guessed', async () => {
    const { found, leaks, outputs } = await read({ scanKey: null, auditKey: null });
    expect(found.map(({ tools }) => tools).sort()).toEqual([['gitleaks', 'trufflehog'], ['keyproof']]);
    expect(leaks).toBe(2);
    expect(outputs.join('')).toContain(SHA256);
    expect(outputs.join('')).not.toContain(PASSWORD);
  });
});

describeWithGit('an explanation of a leak that is joined with a key', import.meta.url, [], () => {
  const env = { KEYPROOF_FINGERPRINT_KEY: KEY };

  it('evaluates it again with the key of the environment that it is given', async () => {
    const cwd = testFolder();
    await writeReports(cwd);
    const asOf = ['--as-of', new Date(PLAN.asOfMs).toISOString().slice(0, 10), '--quiet'];
    const args = ['audit', 'exports', '--format', 'json,parquet', '--fail-on', 'none', ...asOf];
    expect((await keyproof([...args, '--output', 'pack'], { cwd, env })).stderr).toBe('');
    const { observations } = JSON.parse(
      readFileSync(join(cwd, 'pack/assessment.json'), 'utf8'),
    ) as Assessment;
    const leaked = observations.find(({ ruleId }) => ruleId === 'repo-no-hardcoded-secret');
    expect(leaked?.violations).toHaveLength(1);
    const found = await packFinding('pack', leaked?.id ?? '', cwd);
    if (found === null) throw new Error('The pack lacks the finding.');
    const exports = join(cwd, 'exports');
    const plan = { ...PLAN, root: exports, paths: [exports] };
    const replayed = (given: NodeJS.ProcessEnv) => replayFinding(found, plan, undefined, given);
    expect(await replayed(env)).toMatchObject({ sameEvidence: true, sameFinding: true });
    expect(await replayed({})).toMatchObject({ sameEvidence: true, sameFinding: false });
  });
});

/** Writes two reports on one secret, which only its keyed fingerprint joins. */
async function writeReports(folder: string): Promise<void> {
  const repository = testRepository();
  repository.write({ [PLACE.path]: `db:\n  password: ${PASSWORD}\n` });
  repository.commit('2026-07-01T10:00:00Z');
  const options = { scope: 'history' as const, nowMs: PLAN.asOfMs, key: KEY, workers: 1 };
  const scan = await scanRepository(repository.folder, options);
  mkdirSync(join(folder, 'exports'));
  const report = JSON.stringify(scanReport([scan], { nowMs: PLAN.asOfMs, keyed: true }));
  writeFileSync(join(folder, 'exports/scan.json'), report);
  const other = JSON.stringify([gitleaks]);
  writeFileSync(join(folder, 'exports/gitleaks-northbridge__payments-api.json'), other);
}
