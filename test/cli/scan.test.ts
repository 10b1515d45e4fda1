import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it, vi } from 'vitest';
import type { ScanFinding, ScanReport } from '../../src/index.js';
import { scanSources } from '../../src/scan/index.js';
import { removeRepositories, testFolder, testRepository } from '../scan/git-repository.js';
import { keyproof } from '../support/cli.js';
import { describeWithGit } from '../support/git.js';

afterAll(removeRepositories);

/** Values in parts, so that no scanner takes this file for a leak. */
const TOKEN = `${'ghp'}_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx`;
const STRIPE = `${'sk_'}live_4eC39HqLyjWDarjtT1zdp7dcQ8`;
const PASSWORD = ['Harbour', 'lantern', '88'].join('-');
const SEPTEMBER_30 = Date.parse('2026-09-30');
const SEPTEMBER = { SOURCE_DATE_EPOCH: '1790640000' };

async function scan(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = SEPTEMBER) {
  const { code, stdout, stderr } = await keyproof(['scan', '--json', ...args], { cwd, env });
  const report: ScanReport | null = stdout === '' ? null : JSON.parse(stdout);
  return {
    code,
    stderr,
    stdout,
    repository: report?.repositories[0],
    findings: report?.repositories[0]?.findings ?? [],
  };
}

const brief = ({ rule, path, line, present, state }: ScanFinding) => ({ rule, path, line, present, state });

describeWithGit('keyproof scan', import.meta.url, [], () => {
  it('finds a secret that was removed, on a branch and under a tag, with its first commit', async () => {
    const repository = testRepository();
    repository.write({ 'config/app.yml': `db:\n  password: ${PASSWORD}\n`, '.gitignore': '.env\n*.pem\n' });
    const first = repository.commit('2026-07-01T10:00:00Z');
    repository.write({ 'config/app.yml': 'db:\n  password: $DB_PASSWORD\n' });
    repository.commit('2026-07-02T10:00:00Z');
    repository.git('checkout', '-q', '-b', 'trial');
    repository.write({ 'ci.yml': `token: "${TOKEN}"\n` });
    const second = repository.commit('2026-07-03T10:00:00Z');
    repository.git('tag', 'v1');
    repository.git('checkout', '-q', 'main');
    repository.git('branch', '-q', '-D', 'trial');
    const { code, findings, repository: seen } = await scan([], repository.folder);
    expect(code).toBe(1);
    expect(findings.map(brief)).toEqual([
      { rule: 'github-token', path: 'ci.yml', line: 1, present: false, state: 'open' },
      { rule: 'assigned-password', path: 'config/app.yml', line: 2, present: false, state: 'open' },
    ]);
    expect(findings.map(({ commit, authorDate, column }) => ({ commit, authorDate, column }))).toEqual([
      { commit: second, authorDate: '2026-07-03T10:00:00Z', column: 9 },
      { commit: first, authorDate: '2026-07-01T10:00:00Z', column: 13 },
    ]);
    expect(seen).toMatchObject({
      repository: 'northbridge/payments-api',
      scope: 'history',
      coverage: { fullHistory: true, commits: 3, unread: [] },
      hygiene: { sensitiveFiles: [], ignorePatterns: ['.env', '*.pem'], hooks: [] },
    });
  });

  it('prints nothing if it is asked to be quiet, and ends as it would', async () => {
    const repository = testRepository();
    repository.write({ 'ci.yml': `token: "${TOKEN}"\n` });
    repository.commit('2026-07-01T10:00:00Z');
    const run = (...args: string[]) => keyproof(['scan', ...args], { cwd: repository.folder });
    expect((await run()).stderr + (await run()).stdout).toContain('ci.yml');
    for (const quiet of ['-q', '--quiet'])
      expect(await run(quiet)).toMatchObject({ code: 1, stdout: '', stderr: '' });
    expect(JSON.parse((await run('--quiet', '--json')).stdout)).toHaveProperty('repositories');
  });

  it('reads a version once, and reports a secret at a path once, however many versions hold it', async () => {
    const repository = testRepository();
    for (const day of ['01', '02', '03', '04']) {
      repository.write({
        'app.env': `API_KEY=${STRIPE}\nDAY=${day}\n`,
        'copy.env': `API_KEY=${STRIPE}\nDAY=01\n`,
      });
      repository.commit(`2026-07-${day}T10:00:00Z`);
    }
    const { findings, repository: seen } = await scan([], repository.folder);
    expect(seen?.coverage.files).toBe(4);
    expect(findings.map(({ path, firstSeen, present }) => ({ path, firstSeen, present }))).toEqual([
      { path: 'app.env', firstSeen: '2026-07-01T10:00:00Z', present: true },
      { path: 'copy.env', firstSeen: '2026-07-01T10:00:00Z', present: true },
    ]);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(1);
  });

  it('finds what a merge adds that no parent has', async () => {
    const repository = testRepository();
    repository.write({ 'a.txt': 'one\n' });
    repository.commit('2026-07-01T10:00:00Z');
    repository.git('checkout', '-q', '-b', 'side');
    repository.write({ 'b.txt': 'two\n' });
    repository.commit('2026-07-02T10:00:00Z');
    repository.git('checkout', '-q', 'main');
    repository.write({ 'c.txt': 'three\n' });
    repository.commit('2026-07-03T10:00:00Z');
    repository.git('merge', '-q', '--no-commit', '--no-ff', 'side');
    repository.write({ 'a.txt': `token: ${TOKEN}\n` });
    const merge = repository.commit('2026-07-04T10:00:00Z');
    const { findings } = await scan([], repository.folder);
    expect(findings).toMatchObject([{ rule: 'github-token', path: 'a.txt', commit: merge }]);
  });

  it('reads files that are not committed, but none that is ignored', async () => {
    const repository = testRepository();
    repository.write({ '.gitignore': '.env\n', 'a.txt': 'one\n' });
    repository.commit('2026-07-01T10:00:00Z');
    repository.write({
      '.env': `TOKEN=${TOKEN}\n`,
      'new.env': `TOKEN=${TOKEN}\n`,
      'a.txt': `key: ${STRIPE}\n`,
    });
    for (const args of [[], ['--no-history']]) {
      const { findings } = await scan(args, repository.folder);
      expect(findings.map(({ path, commit }) => ({ path, commit }))).toEqual([
        { path: 'a.txt', commit: null },
        { path: 'new.env', commit: null },
      ]);
    }
  });

  it('knows a scanner by the file of whichever tool runs hooks, and none by another file', async () => {
    const hooksOf = async (path: string) => {
      const repository = testRepository();
      repository.write({ [path]: 'run: gitleaks git --staged\n' });
      repository.commit('2026-07-01T10:00:00Z');
      return (await scan(['--no-history'], repository.folder)).repository?.hygiene?.hooks;
    };
    for (const path of ['.overcommit.yml', '.config/lefthook.toml', 'prek.toml', '.husky/pre-commit'])
      expect([path, await hooksOf(path)]).toEqual([path, ['gitleaks']]);
    expect(await hooksOf('docs/lefthook.yml')).toEqual([]);
  });

  it('gives the same report with one thread and with many', async () => {
    const repository = testRepository();
    for (let index = 0; index < 14; index += 1) {
      const filler = `${'x = 1\n'.repeat(75_000)}`;
      repository.write({ [`src/f${index}.py`]: `${filler}password = "${PASSWORD}${index}!"\n${index}\n` });
    }
    repository.commit('2026-07-01T10:00:00Z');
    const one = await scan(['--workers', '1'], repository.folder);
    const many = await scan(['--workers', '3'], repository.folder);
    expect(one.findings).toHaveLength(14);
    expect(many.stdout).toBe(one.stdout);
  });

  it('says that a shallow copy is not the whole history, and states no first commit of what its oldest one has', async () => {
    const repository = testRepository();
    repository.write({ 'a.txt': `one ${TOKEN}\n` });
    repository.commit('2026-07-01T10:00:00Z');
    repository.write({ 'b.txt': 'two\n' });
    repository.commit('2026-07-02T10:00:00Z');
    repository.write({ 'a.txt': `three ${TOKEN}\n`, 'c.txt': `key ${STRIPE}\n` });
    const last = repository.commit('2026-07-03T10:00:00Z');
    const copy = join(testFolder(), 'copy');
    repository.git('clone', '-q', '--depth', '2', `file://${repository.folder}`, copy);
    const { code, stdout } = await keyproof(['scan', copy]);
    expect(code).toBe(1);
    expect(stdout).toContain('The history is not complete');
    expect(stdout).toMatch(
      /The clone is shallow \(git fetch --unshallow; in a workflow, fetch-depth: 0\): when a finding came first is not known, and its fingerprints match no baseline of another clone/,
    );
    expect(
      (await keyproof(['scan', copy], { env: { KEYPROOF_FINGERPRINT_KEY: 'k'.repeat(40) } })).stdout,
    ).toMatch(/when a finding came first is not known\.$/m);
    const { findings } = await scan([], copy);
    expect(
      findings.map(({ path, commit, authorDate, firstSeen }) => [path, commit, authorDate, firstSeen]),
    ).toEqual([
      ['a.txt', null, null, null],
      ['c.txt', last, '2026-07-03T10:00:00Z', '2026-07-03T10:00:00Z'],
    ]);
  });

  it('ends with 3 if a shallow copy has no finding', async () => {
    const repository = testRepository();
    for (const day of ['01', '02']) repository.commit(`2026-07-${day}T10:00:00Z`);
    const copy = join(testFolder(), 'copy');
    repository.git('clone', '-q', '--depth', '1', `file://${repository.folder}`, copy);
    expect((await keyproof(['scan', copy])).code).toBe(3);
  });

  it.each([['--no-history'], []])('reads what a sparse checkout leaves out (%s)', async (...args) => {
    const repository = testRepository();
    repository.write({ 'a/one.env': 'A=1\n', 'b/two.env': `TOKEN=${TOKEN}\n` });
    repository.commit('2026-07-01T10:00:00Z');
    repository.git('sparse-checkout', 'set', 'a');
    const { findings, repository: report } = await scan(args, repository.folder);
    expect(findings.map(brief)).toEqual([
      { rule: 'github-token', path: 'b/two.env', line: 1, present: true, state: 'open' },
    ]);
    expect(report?.coverage).toMatchObject({ files: 2, unread: [] });
  });

  it('does not read again what is gone, and names what a sparse clone without its files has not', async () => {
    const repository = testRepository();
    repository.write({ 'a/one.env': 'A=1\n', 'b/two.env': `TOKEN=${TOKEN}\n` });
    repository.commit('2026-07-01T10:00:00Z');
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const copy = join(testFolder(), 'copy');
    repository.git('clone', '-q', '--filter=blob:none', '--sparse', `file://${repository.folder}`, copy);
    const { code, repository: report } = await scan(['--no-history'], copy);
    expect(code).toBe(3);
    expect(report?.coverage.unread.map(({ path }) => path)).toEqual(['a/one.env', 'b/two.env']);
    rmSync(join(repository.folder, 'b/two.env'));
    expect((await scan(['--no-history'], repository.folder)).findings).toEqual([]);
  });

  it('names submodules and counts pointers of Git LFS, of which it reads nothing', async () => {
    const repository = testRepository();
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d7a21'.padEnd(64, '0')}\nsize 12345\n`;
    repository.write({ 'keys.csv': pointer });
    const module = testRepository('vendored');
    module.write({ 'a.env': `TOKEN=${TOKEN}\n` });
    module.commit('2026-07-01T10:00:00Z');
    repository.git(
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      module.folder,
      'modules/v',
    );
    repository.commit('2026-07-02T10:00:00Z');
    const { stdout } = await keyproof(['scan', repository.folder]);
    expect(stdout).toContain(
      'Not read: modules/v: a submodule, which is a repository of its own: name it too',
    );
    expect(stdout).toContain('Not read: what 1 pointer of Git LFS points to');
    const report = await scan(['--no-history'], repository.folder);
    expect(report.repository?.coverage).toMatchObject({
      submodules: ['modules/v'],
      pointers: 1,
      isShallow: false,
    });
  });

  it('reads a file that only begins as a pointer of Git LFS', async () => {
    const repository = testRepository();
    const begin = 'version https://git-lfs.github.com/spec/v1\n';
    const size = `oid sha256:${'4d7a21'.padEnd(64, '0')}\nsize 12345\n`;
    const text = `TOKEN=${TOKEN}\n`;
    repository.write({
      'a.env': `${begin}${text}`,
      'b.env': `${begin}${size}${text}`,
      'c.csv': `${begin}${size}`,
    });
    repository.commit('2026-07-01T10:00:00Z');
    const { findings, repository: report } = await scan([], repository.folder);
    expect(findings.map(({ path, line }) => [path, line])).toEqual([
      ['a.env', 2],
      ['b.env', 4],
    ]);
    expect(report?.coverage.pointers).toBe(1);
  });

  it('reads a head that is on no branch, a linked working tree, and a repository without commits', async () => {
    const repository = testRepository();
    repository.write({ 'a.env': 'A=1\n' });
    repository.commit('2026-07-01T10:00:00Z');
    repository.git('checkout', '-q', '--detach');
    repository.write({ 'a.env': `TOKEN=${TOKEN}\n` });
    const head = repository.commit('2026-07-02T10:00:00Z');
    const detached = await scan([], repository.folder);
    expect(detached.repository).toMatchObject({ head, coverage: { fullHistory: true, commits: 2 } });
    expect(detached.findings.map(({ commit }) => commit)).toEqual([head]);
    const tree = join(testFolder(), 'tree');
    repository.git('worktree', 'add', '-q', '--detach', tree);
    expect((await scan([], tree)).findings).toEqual(detached.findings);
    const fresh = testRepository('fresh');
    fresh.write({ 'a.env': `TOKEN=${TOKEN}\n` });
    const none = await scan([], fresh.folder);
    expect(none.repository).toMatchObject({ head: null, headDate: null, coverage: { commits: 0, files: 1 } });
    expect(none.findings.map(({ path, commit }) => [path, commit])).toEqual([['a.env', null]]);
  });

  it('scans a bare repository, and a folder that is none', async () => {
    const repository = testRepository();
    repository.write({ 'a.env': `TOKEN=${TOKEN}\n` });
    repository.commit('2026-07-01T10:00:00Z');
    const folder = testFolder();
    repository.git('clone', '-q', '--bare', repository.folder, join(folder, 'bare.git'));
    const bare = await scan([join(folder, 'bare.git')], folder);
    expect(bare.findings).toMatchObject([
      { path: 'a.env', present: true, firstSeen: '2026-07-01T10:00:00Z' },
    ]);
    mkdirSync(join(folder, 'plain'));
    writeFileSync(join(folder, 'plain/a.env'), `TOKEN=${TOKEN}\n`);
    const plain = await scan(['plain'], folder);
    expect(plain.repository).toMatchObject({ repository: 'plain', scope: 'tree', head: null });
    expect(plain.findings).toMatchObject([{ path: 'a.env', commit: null }]);
  });

  it.each(['.', 'services/api'])(
    'refuses a repository that git does not read, and does not pass over its history: %s',
    async (folder) => {
      const repository = testRepository();
      repository.write({ 'services/api/a.env': 'DEBUG=1\n' });
      repository.commit('2026-07-01T10:00:00Z');
      // As in a container: the checkout is that of another user.
      vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
      const { code, stderr, stdout } = await scan([folder], repository.folder);
      vi.unstubAllEnvs();
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(
        'git does not read this repository; install git, allow it if it belongs to another',
      );
    },
  );

  it('refuses a folder that does not exist in one sentence', async () => {
    const { code, stderr } = await keyproof(['scan', 'nowhere'], { cwd: testFolder() });
    expect(code).toBe(2);
    expect(stderr).toMatch(/nowhere: no such folder; check the path\.\n$/);
  });
});

describeWithGit('keyproof scan of a folder of a repository', import.meta.url, [], () => {
  it('reads this folder and its history, without what git ignores, as a part of the repository', async () => {
    const repository = testRepository();
    repository.write({
      '.gitignore': '*.local\n',
      'services/api/app.yml': `password: ${PASSWORD}1\n`,
      'services/apis/app.yml': `password: ${PASSWORD}2\n`,
      'app.yml': `password: ${PASSWORD}3\n`,
    });
    const first = repository.commit('2026-07-01T10:00:00Z');
    repository.write({ 'app.yml': 'port: 80\n' });
    repository.commit('2026-07-02T10:00:00Z');
    repository.git('checkout', '-q', '-b', 'trial');
    repository.write({ 'services/api/ci.yml': `token: "${TOKEN}"\n` });
    const second = repository.commit('2026-07-03T10:00:00Z');
    repository.git('rm', '-q', 'services/api/ci.yml');
    repository.commit('2026-07-04T10:00:00Z');
    repository.git('checkout', '-q', 'main');
    repository.git('merge', '-q', '--no-ff', '-m', 'merge', 'trial');
    repository.write({
      'services/api/env.local': `TOKEN=${TOKEN}\n`,
      'services/api/new.env': `KEY=${STRIPE}\n`,
    });
    const { findings, repository: seen } = await scan(['services/api'], repository.folder);
    expect(findings.map(({ path, commit }) => [path, commit])).toEqual([
      ['services/api/app.yml', first],
      ['services/api/ci.yml', second],
      ['services/api/new.env', null],
    ]);
    expect(seen).toMatchObject({
      repository: 'northbridge/payments-api',
      folder: 'services/api',
      hygiene: null,
      coverage: { fullHistory: true, commits: 3 },
    });
    const whole = await scan([], repository.folder);
    const own = whole.findings.filter(({ path }) => path.startsWith('services/api/'));
    expect(findings).toEqual(own);
    const tree = await scan(['--no-history', '.'], join(repository.folder, 'services/api'));
    expect(tree.findings.map(({ path }) => path)).toEqual(['services/api/app.yml', 'services/api/new.env']);
  });

  it('takes the baseline of the repository, and calls no entry of another folder unused', async () => {
    const repository = testRepository();
    repository.write({ 'a/app.yml': `password: ${PASSWORD}1\n`, 'b/app.yml': `password: ${PASSWORD}2\n` });
    repository.commit('2026-07-01T10:00:00Z');
    const baseline = join(testFolder(), 'baseline.json');
    await keyproof(['scan', '--write-baseline', baseline], { cwd: repository.folder });
    const again = await scan(['--baseline', baseline, 'a'], repository.folder);
    expect(again.findings.map(({ path, suppressedBy }) => [path, suppressedBy])).toEqual([
      ['a/app.yml', 'baseline'],
    ]);
  });

  it('takes a folder that git ignores for one of no repository', async () => {
    const repository = testRepository();
    repository.write({ '.gitignore': 'exports/\n', 'exports/a.env': `TOKEN=${TOKEN}\n` });
    repository.commit('2026-07-01T10:00:00Z');
    const { findings, repository: seen } = await scan(['exports'], repository.folder);
    expect(findings.map(({ path }) => path)).toEqual(['a.env']);
    expect(seen).toMatchObject({ repository: 'exports', folder: null, head: null });
  });
});

describeWithGit('what suppresses a finding', import.meta.url, [], () => {
  it('is counted and has a reason: a test, a document, a placeholder', async () => {
    const repository = testRepository();
    repository.write({
      'test/login.test.js': `const password = '${PASSWORD}';\n`,
      'docs/setup.md': `Set \`password: "${PASSWORD}!"\`.\n`,
      'app.env': 'DB_PASSWORD=change-me-9\n',
      'test/pay.test.js': `const key = '${STRIPE}';\n`,
    });
    repository.commit('2026-07-01T10:00:00Z');
    const { findings } = await scan([], repository.folder);
    expect(findings.map(({ path, suppressedBy }) => [path, suppressedBy])).toEqual([
      ['app.env', 'placeholder'],
      ['docs/setup.md', 'documentation'],
      ['test/login.test.js', 'test-fixture'],
      ['test/pay.test.js', null],
    ]);
    expect(findings.filter(({ state, reason }) => state === 'suppressed' && !reason)).toEqual([]);
  });

  it('may be a comment with a reason, until its date; one that is expired, unused or without a reason or a real date is a finding', async () => {
    const repository = testRepository();
    const comment = (text: string) => `# keyproof:${'allow'} ${text}`;
    repository.write({
      'a.yml': `password: ${PASSWORD}1 ${comment('assigned-password reason="local stack" until=2026-12-31')}\n`,
      'b.yml': `${comment("assigned-password reason='local stack'")}\npassword: ${PASSWORD}2\n`,
      'c.yml': `password: ${PASSWORD}3 ${comment('assigned-password reason="old" until=2026-09-28')}\n`,
      'd.yml': `password: ${PASSWORD}4 ${comment('assigned-password')}\n`,
      'e.yml': `port: 80 ${comment('* reason="nothing here"')}\n`,
      'f.yml': `password: ${PASSWORD}5 ${comment('assigned-password reason="old" until=31.12.2026')}\n`,
      'g.yml': `password: ${PASSWORD}6 ${comment('assigned-password reason="old" until=2027-02-30')}\n`,
      'h.yml': `password: ${PASSWORD}7 ${comment('reason="local stack" until=2026-12-31')}\n`,
    });
    repository.commit('2026-07-01T10:00:00Z');
    const { findings } = await scan([], repository.folder);
    expect(findings.map(({ path, rule, suppressedBy }) => [path, rule, suppressedBy])).toEqual([
      ['a.yml', 'assigned-password', 'allowed'],
      ['b.yml', 'assigned-password', 'allowed'],
      ['c.yml', 'allow-expired', null],
      ['c.yml', 'assigned-password', null],
      ['d.yml', 'allow-without-reason', null],
      ['d.yml', 'assigned-password', null],
      ['e.yml', 'allow-unused', null],
      ['f.yml', 'allow-invalid-date', null],
      ['f.yml', 'assigned-password', null],
      ['g.yml', 'allow-invalid-date', null],
      ['g.yml', 'assigned-password', null],
      ['h.yml', 'allow-without-rule', null],
      ['h.yml', 'assigned-password', null],
    ]);
  });

  it('cannot be accepted by a baseline if it is about a comment, which is said', async () => {
    const repository = testRepository();
    repository.write({ 'a.yml': `password: ${PASSWORD}1 # keyproof:${'allow'} assigned-password\n` });
    repository.commit('2026-07-01T10:00:00Z');
    const baseline = join(testFolder(), 'baseline.json');
    const written = await keyproof(['scan', '--write-baseline', baseline], { cwd: repository.folder });
    expect(written.stderr).toContain('accepts every open secret.');
    expect(written.stderr).toContain(
      '1 finding about comments that allow findings cannot be accepted: mend the comments.',
    );
    const { code, findings } = await scan(['--baseline', baseline], repository.folder);
    expect([code, findings.map(({ rule, state }) => [rule, state])]).toEqual([
      1,
      [
        ['allow-without-reason', 'open'],
        ['assigned-password', 'suppressed'],
      ],
    ]);
  });

  it('may be a baseline; an entry that is expired or matches nothing is a finding', async () => {
    const repository = testRepository();
    repository.write({ 'a.yml': `password: ${PASSWORD}1\n`, 'b.yml': `password: ${PASSWORD}2\n` });
    repository.commit('2026-07-01T10:00:00Z');
    const baseline = join(testFolder(), 'baseline.json');
    const written = await keyproof(['scan', '--write-baseline', baseline], { cwd: repository.folder });
    expect(written.code).toBe(0);
    expect(written.stderr).not.toContain('mend the comments');
    const again = await scan(['--baseline', baseline], repository.folder);
    expect([again.code, again.findings.map(({ suppressedBy }) => suppressedBy)]).toEqual([
      0,
      ['baseline', 'baseline'],
    ]);
    const file = JSON.parse(readFileSync(baseline, 'utf8'));
    file.findings[0].until = '2026-09-28';
    file.findings[1].path = 'gone.yml';
    writeFileSync(baseline, JSON.stringify(file));
    const { findings } = await scan(['--baseline', baseline], repository.folder);
    expect(findings.map(({ path, rule, state }) => [path, rule, state])).toEqual([
      ['a.yml', 'assigned-password', 'open'],
      ['b.yml', 'assigned-password', 'open'],
      ['baseline.json', 'baseline-expired', 'open'],
      ['baseline.json', 'baseline-unused', 'open'],
    ]);
  });

  it('refuses a file that is no baseline', async () => {
    const repository = testRepository();
    repository.write({ 'x.json': '[]' });
    repository.commit('2026-07-01T10:00:00Z');
    const { code, stderr } = await scan(['--baseline', 'x.json'], repository.folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining('x.json: not a baseline of keyproof scan')]);
  });
});

describeWithGit('keyproof scan --staged', import.meta.url, [], () => {
  it('reports only what the commit adds', async () => {
    const repository = testRepository();
    repository.write({ 'a.yml': `password: ${PASSWORD}1\nport: 80\n` });
    repository.commit('2026-07-01T10:00:00Z');
    repository.write({ 'a.yml': `password: ${PASSWORD}1\nport: 81\n` });
    repository.git('add', 'a.yml');
    expect((await scan(['--staged'], repository.folder)).code).toBe(0);
    repository.write({ 'a.yml': `password: ${PASSWORD}1\n` });
    repository.git('add', 'a.yml');
    expect((await scan(['--staged'], repository.folder)).code).toBe(0);
    repository.write({
      'a.yml': `password: ${PASSWORD}1\nport: 81\ntoken: ${TOKEN}\n`,
      'b.yml': `key: ${STRIPE}\n`,
    });
    repository.git('add', 'a.yml');
    const { code, findings } = await scan(['--staged'], repository.folder);
    expect([code, findings.map(brief)]).toEqual([
      1,
      [{ rule: 'github-token', path: 'a.yml', line: 3, present: true, state: 'open' }],
    ]);
  });
});

describeWithGit('what git lets a repository have', import.meta.url, [], () => {
  const NAMES = ['-dash.yml', ':colon.yml', '"quoted".yml', 'sp ace.yml', 'tab\there.yml', 'über—码.yml'];
  const ODD =
    process.platform === 'win32' ? ['sp ace.yml', 'über—码.yml'] : [...NAMES, 'new\nline.yml', '\u0001.yml'];

  it('is a name of any characters: found as it is, staged and in the history, in a line of its own', async () => {
    const repository = testRepository();
    repository.write(Object.fromEntries(ODD.map((name) => [name, `token: ${TOKEN}\n`])));
    repository.git('add', '-A');
    const isPresent = ODD.map((path) => ({ path, present: true })).sort((a, b) => (a.path < b.path ? -1 : 1));
    const placesOf = ({ findings }: Awaited<ReturnType<typeof scan>>) =>
      findings.map(({ path, present }) => ({ path, present })).sort((a, b) => (a.path < b.path ? -1 : 1));
    expect(placesOf(await scan(['--staged'], repository.folder))).toEqual(isPresent);
    repository.commit('2026-07-01T10:00:00Z');
    expect(placesOf(await scan([], repository.folder))).toEqual(isPresent);
    const { stdout } = await keyproof(['scan'], { cwd: repository.folder });
    expect(stdout.split('\n').filter((line) => line.includes(' github-token '))).toHaveLength(ODD.length);
  });

  it('is a configuration that shows changes in colour, merges them, or hides the first commit', async () => {
    const repository = testRepository();
    repository.write({ 'a.yml': `token: ${TOKEN}\nport: 80\nname: a\n` });
    repository.commit('2026-07-01T10:00:00Z');
    for (const [name, value] of Object.entries({
      'color.diff': 'always',
      'color.ui': 'always',
      'diff.interHunkContext': '9',
      'log.showRoot': 'false',
    }))
      repository.git('config', name, value);
    expect((await scan([], repository.folder)).findings).toHaveLength(1);
    repository.write({ 'a.yml': `key: a\ntoken: ${TOKEN}\nport: 81\nname: b\n` });
    repository.git('add', '-A');
    expect((await scan(['--staged'], repository.folder)).findings).toEqual([]);
    repository.write({ 'b.yml': `token: ${TOKEN}\n` });
    repository.git('add', '-A');
    expect((await scan(['--staged'], repository.folder)).findings.map(({ path }) => path)).toEqual(['b.yml']);
  });

  it('is a file that git holds for binary: in UTF-16, or by its attributes', async () => {
    const repository = testRepository();
    repository.write({
      '.gitattributes': '*.lock binary\n',
      'a.txt': Buffer.from(`\ufefftoken: ${TOKEN}\n`, 'utf16le'),
      'b.lock': `token: ${TOKEN}\n`,
    });
    repository.git('add', '-A');
    const { findings } = await scan(['--staged'], repository.folder);
    expect(findings.map(({ path }) => path)).toEqual(['a.txt', 'b.lock']);
  });
});

describeWithGit('fingerprints', import.meta.url, [], () => {
  it('are those of the key if one is stated, and tell the SHA-256 only of what cannot be guessed', async () => {
    const [one, two] = [testRepository('one'), testRepository('two')];
    for (const [index, repository] of [one, two].entries()) {
      repository.write({ 'a.yml': `password: ${PASSWORD}\ntoken: ${TOKEN}\n`, n: String(index) });
      repository.commit('2026-07-01T10:00:00Z');
    }
    const prints = async (folder: string, env: NodeJS.ProcessEnv) =>
      (await scan([], folder, { ...SEPTEMBER, ...env })).findings.map(({ fingerprint }) => fingerprint);
    expect(await prints(one.folder, {})).not.toEqual(await prints(two.folder, {}));
    const keyed = await prints(one.folder, { KEYPROOF_FINGERPRINT_KEY: 'northbridge' });
    expect(await prints(two.folder, { KEYPROOF_FINGERPRINT_KEY: 'northbridge' })).toEqual(keyed);
    const { findings } = await scan([], one.folder);
    expect(findings.map(({ secretSha256 }) => secretSha256 === null)).toEqual([true, false]);
    const withKey = await scan([], one.folder, { ...SEPTEMBER, KEYPROOF_FINGERPRINT_KEY: 'northbridge' });
    expect(withKey.findings.map(({ secretSha256 }) => secretSha256)).toEqual([null, null]);
    for (const value of [TOKEN, PASSWORD])
      expect(withKey.stdout).not.toContain(createHash('sha256').update(value).digest('hex').slice(0, 16));
  });

  it('or SHA-256 are what inspect says is kept', async () => {
    const folder = testFolder();
    writeFileSync(
      join(folder, 'gitleaks-payments-api.json'),
      JSON.stringify([
        { RuleID: 'generic', File: 'a.yml', StartLine: 1, Secret: PASSWORD, Fingerprint: 'a' },
      ]),
    );
    const kept = async (env: NodeJS.ProcessEnv) =>
      (await keyproof(['inspect', folder], { env })).stdout
        .split('\n')
        .find((line) => line.startsWith('Of each'));
    expect(await kept({})).toContain('its SHA-256 is kept');
    expect(await kept({ KEYPROOF_FINGERPRINT_KEY: 'northbridge' })).toContain(
      'a fingerprint is kept that is keyed',
    );
  });
});

describeWithGit('a secret in what is shipped to clients', import.meta.url, [], () => {
  it('is marked, in the report and its text', async () => {
    const repository = testRepository();
    repository.write({
      'public/js/app.js': `const apiKey = '${STRIPE}';\n`,
      'src/pay.env': `KEY=${STRIPE}\n`,
    });
    repository.commit('2026-07-01T10:00:00Z');
    const { findings } = await scan([], repository.folder);
    expect(findings.map(({ path, clientSide }) => ({ path, clientSide }))).toEqual([
      { path: 'public/js/app.js', clientSide: true },
      { path: 'src/pay.env', clientSide: false },
    ]);
    const { stdout } = await keyproof(['scan'], { cwd: repository.folder });
    expect(stdout.split('\n').filter((line) => line.includes('shipped to clients'))).toEqual([
      expect.stringContaining('public/js/app.js:1:'),
    ]);
  });
});

describeWithGit('a scan as evidence of an audit', import.meta.url, [], () => {
  it('is read from a report, and made for `scan` in keyproof.yaml; a repository that is not there leaves the rest', async () => {
    const repository = testRepository();
    repository.write({ 'config/app.yml': `token: ${TOKEN}\n`, 'deploy.pem': 'x\n' });
    repository.commit('2026-07-01T10:00:00Z');
    const bank = testFolder();
    cpSync(repository.folder, join(bank, 'repos/payments-api'), { recursive: true });
    mkdirSync(join(bank, 'exports'));
    writeFileSync(
      join(bank, 'exports/repositories.csv'),
      'repository_id,in_scope\nnorthbridge/payments-api,yes\n',
    );
    writeFileSync(
      join(bank, 'keyproof.yaml'),
      'organisation: Northbridge Bank\nscan: [repos/payments-api, repos/cards]\nignore: [repos]\n',
    );
    const args = ['audit', '.', '--as-of', '2026-09-30', '--format', 'findings', '--output', 'pack'];
    const audited = await keyproof(args, { cwd: bank });
    expect(audited.code).toBe(1);
    const assessment = JSON.parse(readFileSync(join(bank, 'pack/assessment.json'), 'utf8'));
    const unread = assessment.incomplete.map(({ message }: { message: string }) => message);
    expect(unread).toContainEqual(
      expect.stringContaining('scan/cards.json: the repository could not be scanned'),
    );
    const findings = readFileSync(join(bank, 'pack/findings.csv'), 'utf8');
    expect(findings).toContain('repo-no-hardcoded-secret');
    expect(findings).toContain('1 file is tracked that may hold secrets, such as deploy.pem');
    for (const file of readdirSync(join(bank, 'pack')))
      expect(readFileSync(join(bank, 'pack', file), 'latin1')).not.toContain(TOKEN);
  });

  it('is the same file whenever it is made: it states the as-of date of the audit', async () => {
    const repository = testRepository();
    repository.write({ 'config/app.yml': `token: ${TOKEN}\n` });
    repository.commit('2026-07-01T10:00:00Z');
    const reports: Buffer[] = [];
    const spy = vi.spyOn(Date, 'now');
    for (const now of ['2026-10-01T08:00:00Z', '2026-11-29T17:30:00Z']) {
      spy.mockReturnValue(Date.parse(now));
      const workDir = testFolder();
      const options = { workDir, workers: 1, nowMs: SEPTEMBER_30, env: {}, onProgress: () => undefined };
      const [source] = await scanSources([repository.folder], options);
      reports.push(readFileSync(source?.absolute ?? ''));
    }
    spy.mockRestore();
    expect(reports[1]).toEqual(reports[0]);
    expect(JSON.parse(String(reports[0]))).toMatchObject({ scannedAt: '2026-09-30T00:00:00Z' });
  });
});

describeWithGit('values of secrets', import.meta.url, [], () => {
  it('are in no output, whatever is planted where', async () => {
    const alphabet = [...'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'];
    const body = (length: number) =>
      fc
        .array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length })
        .map((all) => all.join(''));
    const plants: ((value: string) => string)[] = [
      (value) => `password = "Pw9-${value}"\n`,
      (value) => `token: ${'ghp'}_${value}\n`,
      (value) => `url = "postgres://app:${value}@db.northbridge.local:5432/core"\n`,
      (value) => `Authorization: Bearer ${value}\n`,
      (value) => `-----BEGIN ${'PRIVATE'} KEY-----\n${value}${value}\n-----END ${'PRIVATE'} KEY-----\n`,
      (value) => `machine host login moss password ${value}\n`,
    ];
    const paths = ['app.yml', 'src/main.py', '.netrc', `${'ghp'}_file.txt`, 'notes.md', 'deploy.ipynb'];
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        body(36),
        fc.constantFrom(...plants),
        fc.constantFrom(...paths),
        fc.boolean(),
        async (value, plant, path, isBroken) => {
          const repository = testRepository();
          repository.write({
            [path]: plant(value),
            [`named-${'ghp'}_${value}.env`]: `TOKEN=${'ghp'}_${value}\n`,
          });
          repository.commit('2026-07-01T10:00:00Z');
          const baseline = join(repository.folder, '../baseline.json');
          if (isBroken) writeFileSync(join(repository.folder, '.git/HEAD'), 'ref: refs/heads/none\n');
          const runs = [
            await keyproof(['scan'], { cwd: repository.folder }),
            await keyproof(['scan', '--json'], { cwd: repository.folder }),
            await keyproof(['scan', '--write-baseline', baseline], { cwd: repository.folder }),
          ];
          found += runs[0]?.code === 1 ? 1 : 0;
          const outputs = [
            ...runs.flatMap(({ stdout, stderr }) => [stdout, stderr]),
            readFileSync(baseline, 'utf8'),
          ];
          for (const output of outputs) expect(output).not.toContain(value);
        },
      ),
      { numRuns: 8 },
    );
    expect(found).toBeGreaterThan(3);
  });
});
