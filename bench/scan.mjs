/**
 * keyproof scan beside gitleaks and detect-secrets, in one run, on public repositories (docs/scan.md says how to get them).
 *
 *   node bench/scan.mjs CORPUS
 *
 * CORPUS holds bare repositories as `<owner>+<name>/repo`: Samsung/CredData (labels), those of its repositories that are to be used,
 * Plazmaz/leaky-repo, and clean ones. GITLEAKS and DETECT_SECRETS name the programs.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { childrenCpuSeconds } from './measure.mjs';

const [corpus = ''] = process.argv.slice(2);
const GITLEAKS = process.env.GITLEAKS ?? 'gitleaks';
const DETECT_SECRETS = process.env.DETECT_SECRETS ?? 'detect-secrets';
const KEYPROOF = [process.execPath, new URL('../dist/cli/main.js', import.meta.url).pathname];
const LEAKY = 'Plazmaz+leaky-repo';
const CREDDATA = 'Samsung+CredData';
/** Repositories of which the history is scanned for the throughput. */
const HISTORIES = (process.env.HISTORIES ?? 'sferik+t,expressjs+express').split(',');
/** Categories of CredData that are no secret: ids, public names, values used once. */
const NO_SECRET = [
  'UUID',
  'Nonce',
  'Salt',
  'AWS Client ID',
  'AWS S3 Bucket',
  'Firebase Domain',
  'Tencent WeChat API App ID',
  'Other',
];
/** Packages of this repository's node_modules that serve as large clean trees. */
const PACKAGES = [
  '@actions',
  '@azure',
  '@libpdf',
  '@octokit',
  '@stoplight',
  '@types',
  'acorn',
  'ajv',
  'axe-core',
  'chai',
  'commander',
  'csv-parse',
  'dependency-cruiser',
  'diff',
  'fast-check',
  'handlebars',
  'knip',
  'octokit',
  'piscina',
  'puppeteer-core',
  'tar',
  'undici',
  'vitest',
  'yaml',
  'yauzl',
  'zod',
];

const gitOf = (name) => join(corpus, name, 'repo');
const git = (name, ...args) =>
  execFileSync('git', ['--git-dir', gitOf(name), ...args], {
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'ignore'],
  });

const work = mkdtempSync(join(tmpdir(), 'keyproof-bench-'));
try {
  main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

function main() {
  const labels = labelsOfCredData();
  const names = [...new Set(labels.map(({ repo }) => repo)), LEAKY];
  for (const name of names)
    exportTree(
      name,
      labels.find(({ repo }) => repo === name)?.commit ?? 'HEAD',
      join(work, 'labelled', name),
    );
  rmSync(join(work, 'labelled', LEAKY, '.leaky-meta'), { recursive: true, force: true });
  mkdirSync(join(work, 'clean'), { recursive: true });
  for (const each of PACKAGES.filter((name) => existsSync(join('node_modules', name))))
    execFileSync('cp', ['-rL', join('node_modules', each), join(work, 'clean', each.replace('/', '+'))]);
  execFileSync('find', [
    join(work, 'clean'),
    '-name',
    'node_modules',
    '-prune',
    '-exec',
    'rm',
    '-rf',
    '{}',
    '+',
  ]);
  const leaky = leakyCounts();
  const tools = { keyproof, gitleaks, 'detect-secrets': detectSecrets };
  const rows = Object.entries(tools).map(([tool, scan]) => {
    const labelled = timed(() => scan(join(work, 'labelled')));
    const clean = timed(() => scan(join(work, 'clean')));
    process.stderr.write(
      `${tool}: ${JSON.stringify({ labelled: labelled.seconds, clean: clean.seconds })}\n`,
    );
    return {
      tool,
      ...judge(labelled.result, labels, leaky),
      falseClean: clean.result.filter(({ open }) => open).length,
      seconds: [labelled.seconds, clean.seconds],
      cpuSeconds: [labelled.cpuSeconds, clean.cpuSeconds],
    };
  });
  const histories = HISTORIES.filter((name) => existsSync(gitOf(name))).map((name) => ({
    name,
    keyproof: timed(() => void run(KEYPROOF, ['scan', '--json', gitOf(name)], [0, 1, 3])),
    gitleaks: timed(
      () =>
        void run(
          [GITLEAKS],
          [
            'git',
            gitOf(name),
            '--log-opts=--all',
            '--no-banner',
            '-r',
            join(work, 'h.json'),
            '--exit-code',
            '0',
          ],
          [0],
        ),
    ),
  }));
  process.stdout.write(
    `${JSON.stringify({ bytes: { labelled: sizeOf('labelled'), clean: sizeOf('clean') }, rows, histories }, null, 2)}\n`,
  );
}

function sizeOf(folder) {
  return Number(
    execFileSync('du', ['-sb', join(work, folder)])
      .toString()
      .split('\t')[0],
  );
}

/** Scans both trees and histories with the same number of threads: all there are. */
function keyproof(folder) {
  const report = JSON.parse(run(KEYPROOF, ['scan', '--json', folder], [0, 1, 3]));
  return report.repositories[0].findings.map(({ path, line, state, suppressedBy }) => ({
    path,
    line,
    open: state === 'open',
    placeholder: suppressedBy === 'placeholder',
  }));
}

function gitleaks(folder) {
  const report = join(work, 'gitleaks.json');
  run([GITLEAKS], ['dir', folder, '-r', report, '--no-banner', '--exit-code', '0'], [0]);
  return JSON.parse(readFileSync(report, 'utf8')).map(({ File, StartLine }) => ({
    path: File.slice(folder.length + 1),
    line: StartLine,
    open: true,
  }));
}

function detectSecrets(folder) {
  const { results } = JSON.parse(run([DETECT_SECRETS], ['-C', folder, 'scan', '--all-files'], [0]));
  return Object.entries(results).flatMap(([path, found]) =>
    found.map(({ line_number }) => ({ path, line: line_number, open: true })),
  );
}

function run([program, ...first], args, codes) {
  const ran = spawnSync(program, [...first, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env },
  });
  if (ran.error || !codes.includes(ran.status))
    throw new Error(`${program} ended with ${ran.status}: ${ran.error ?? ran.stderr}`);
  return ran.stdout;
}

function timed(scan) {
  const cpuBefore = childrenCpuSeconds();
  const start = performance.now();
  const result = scan();
  const round = (seconds) => Math.round(seconds * 10) / 10;
  return {
    result,
    seconds: round((performance.now() - start) / 1000),
    cpuSeconds: round(childrenCpuSeconds() - cpuBefore),
  };
}

/** Counts what a tool found of the labels. A label is found if a finding is on one of its lines. */
function judge(found, labels, leaky) {
  const byPath = new Map();
  for (const label of labels) {
    const key = `${label.repo}/${label.path}`;
    byPath.set(key, [...(byPath.get(key) ?? []), label]);
  }
  const hit = { open: new Set(), reported: new Set() };
  const falsePositives = { open: 0, reported: 0 };
  const leakyLines = { open: new Map(), reported: new Map() };
  for (const { path, line, open, placeholder } of found) {
    for (const basis of open ? ['open', 'reported'] : placeholder ? [] : ['reported']) {
      if (path.startsWith(LEAKY))
        leakyLines[basis].set(path, (leakyLines[basis].get(path) ?? new Set()).add(line));
      const here = (byPath.get(path) ?? []).filter((label) => label.start <= line && line <= label.end);
      const isTrue = here.some(({ truth }) => truth === 'T');
      for (const label of here)
        if (label.truth === 'T' && label.isSecret) hit[basis].add(`${path}:${label.start}`);
      if (!isTrue && here.some(({ truth }) => truth === 'F')) falsePositives[basis] += 1;
    }
  }
  const leakyFound = (basis) =>
    [...leaky].reduce(
      (sum, [path, count]) => sum + Math.min(count, leakyLines[basis].get(path)?.size ?? 0),
      0,
    );
  const all = new Set(
    labels
      .filter(({ truth, isSecret }) => truth === 'T' && isSecret)
      .map(({ repo, path, start }) => `${repo}/${path}:${start}`),
  );
  const total = all.size + [...leaky.values()].reduce((sum, count) => sum + count, 0);
  return {
    total,
    foundOpen: hit.open.size + leakyFound('open'),
    foundReported: hit.reported.size + leakyFound('reported'),
    falseLabelledOpen: falsePositives.open,
    falseLabelledReported: falsePositives.reported,
  };
}

function labelsOfCredData() {
  const snapshot = JSON.parse(git(CREDDATA, 'show', 'HEAD:snapshot.json').toString());
  return Object.entries(snapshot).flatMap(([id, url]) => {
    const repo = url
      .replace('https://github.com/', '')
      .replace(/\.git$/, '')
      .replace('/', '+');
    const commit = id.slice(0, 40);
    if (
      !existsSync(gitOf(repo)) ||
      spawnSync('git', ['--git-dir', gitOf(repo), 'cat-file', '-e', commit]).status !== 0
    )
      return [];
    const paths = git(repo, 'ls-tree', '-r', '-z', '--name-only', commit).toString().split('\0');
    const byId = new Map(
      paths.map((path) => [createHash('sha256').update(path).digest('hex').slice(0, 8), path]),
    );
    const meta = git(
      CREDDATA,
      'show',
      `HEAD:meta/${crc32(Buffer.from(id, 'hex')).toString(16).padStart(8, '0')}.csv`,
    );
    return parse(meta, { columns: true }).flatMap((row) => {
      const path = byId.get(row.FileID);
      const isSecret = row.Category.split(':').some((category) => !NO_SECRET.includes(category));
      return path
        ? [
            {
              repo,
              commit,
              path,
              start: Number(row.LineStart),
              end: Number(row.LineEnd),
              truth: row.GroundTruth,
              isSecret,
            },
          ]
        : [];
    });
  });
}

function leakyCounts() {
  const text = git(LEAKY, 'show', 'HEAD:.leaky-meta/secrets.csv').toString();
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => line.split(',')).map(([path, risk]) => [`${LEAKY}/${path}`, Number(risk)]),
  );
}

/** Writes the files of a commit that the stored repository has. */
function exportTree(name, commit, folder) {
  const files = git(name, 'ls-tree', '-r', '-z', commit)
    .toString()
    .split('\0')
    .map((entry) => entry.split('\t'));
  const wanted = files
    .filter(([facts]) => facts.startsWith('100'))
    .map(([facts, path]) => ({ id: facts.split(' ')[2], path }));
  const input = wanted.map(({ id }) => `${id}\n`).join('');
  const { stdout } = spawnSync('git', ['--git-dir', gitOf(name), 'cat-file', '--batch'], {
    input,
    maxBuffer: 1 << 30,
  });
  let at = 0;
  for (const { path } of wanted) {
    const line = stdout.indexOf(10, at);
    const [, type, size] = stdout.toString('latin1', at, line).split(' ');
    at = line + 1;
    if (type === 'missing') continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), stdout.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
}
