import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

const INPUTS = [...PROGRAM_FILES, 'test/cases/{findings-win,malformed-record,stranger-file}/**'];

const story = (name: string): string => fileURLToPath(new URL(`../cases/${name}`, import.meta.url));
const scratch = (): string => mkdtempSync(join(tmpdir(), 'keyproof-cli-'));

describeUnlessProved('usage', import.meta.url, INPUTS, () => {
  test.each([
    [['--help']],
    [['audit', '--help']],
    [['inspect', '--help']],
    [['policy', 'test', '--help']],
    [['explain', '--help']],
  ])('%j prints its help on stdout and ends well', async (args) => {
    const run = await keyproof(args);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('Usage: keyproof');
  });

  test('the version is the package version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect((await keyproof(['--version'])).stdout.trim()).toBe(version);
  });

  test.each([
    [['audti'], "unknown command 'audti'"],
    [['audit', '--as-fo', '2026-09-30'], "unknown option '--as-fo'"],
    [['audit', 'nowhere-at-all'], 'nowhere-at-all: no such file or folder; check the path.'],
    [['audit', '.', '--as-of', '30.09.2026'], '--as-of: "30.09.2026" is not a date'],
    [['audit', '.', '--framework', 'pci-ds'], 'pci-ds'],
    [['frameworks', 'sox2'], 'sox2'],
    [['explain', 'rotation-max-agee'], 'did you mean "rotation-max-age"?'],
    [['schema', 'asessment'], 'did you mean "assessment"?'],
  ])('%j is refused with a sentence and exit code 2', async (args, sentence) => {
    const run = await keyproof(args, { cwd: scratch() });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(sentence);
    expect(run.stdout).toBe('');
    expect(run.stderr).not.toContain('    at ');
  });
});

describeUnlessProved('audit', import.meta.url, INPUTS, () => {
  test('--json prints the summary on stdout alone, and --quiet nothing else', async () => {
    const output = join(scratch(), 'pack');
    const run = await keyproof(
      [
        'audit',
        'exports',
        '--as-of',
        '2026-09-30',
        '--format',
        'json',
        '--output',
        output,
        '--json',
        '--quiet',
      ],
      { cwd: story('stranger-file') },
    );
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({
      exitCode: 0,
      incomplete: [],
      subjects: { key: 1, principal: 1, organisation: 1 },
    });
    expect(Object.keys(JSON.parse(run.stdout))).toEqual([
      'output',
      'exitCode',
      'incomplete',
      'subjects',
      'outcomes',
      'severities',
      'frameworks',
    ]);
  });

  test('flags beat the environment, the environment beats the file', async () => {
    const folder = scratch();
    cpSync(story('findings-win/exports'), join(folder, 'exports'), { recursive: true });
    writeFileSync(join(folder, 'keyproof.yaml'), 'failOn: critical\nasOf: 2026-09-30\nformats: [json]\n');
    const code = async (args: string[], env = {}) =>
      (
        await keyproof(['audit', 'exports', '--output', join(scratch(), 'pack'), ...args], {
          cwd: folder,
          env,
        })
      ).code;
    expect(await code([])).toBe(3);
    expect(await code([], { KEYPROOF_FAIL_ON: 'low' })).toBe(1);
    expect(await code(['--fail-on', 'none'], { KEYPROOF_FAIL_ON: 'low' })).toBe(3);
  });

  test('a folder that is no pack is not replaced', async () => {
    const output = scratch();
    writeFileSync(join(output, 'thesis.md'), 'years of work');
    const run = await keyproof(['audit', 'exports', '--output', output], { cwd: story('stranger-file') });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('exists and is not an evidence pack');
  });
});

describeUnlessProved('a pack', import.meta.url, INPUTS, () => {
  const output = join(scratch(), 'pack');
  const twin = join(scratch(), 'pack');

  beforeAll(async () => {
    const asked = [
      '--as-of',
      '2026-09-30',
      '--format',
      'html,actions,checklist,findings,parquet,json',
      '--fail-on',
      'none',
      '--quiet',
    ];
    await keyproof(['audit', 'exports', '--output', output, '--workers', '1', ...asked], {
      cwd: story('findings-win'),
    });
    const elsewhere = scratch();
    cpSync(story('findings-win/exports'), join(elsewhere, 'exports'), { recursive: true });
    await keyproof(['audit', 'exports', '--output', twin, '--workers', '3', ...asked], { cwd: elsewhere });
  });

  test('verifies, and no longer once a byte has changed', async () => {
    expect(await keyproof(['verify', output])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^12 files match the manifest/),
    });
    expect(await keyproof(['verify', output, '--quiet'])).toMatchObject({ code: 0, stdout: '' });
    const changed = join(scratch(), 'pack');
    cpSync(output, changed, { recursive: true });
    writeFileSync(join(changed, 'findings.csv'), '');
    for (const run of [await keyproof(['verify', changed]), await keyproof(['verify', changed, '-q'])]) {
      expect(run.code).toBe(5);
      expect(run.stdout).toContain('findings.csv: was changed');
    }
  });

  test('has the same bytes from another folder and with another number of workers', () => {
    const manifest = (dir: string) => readFileSync(join(dir, 'manifest.json'), 'utf8');
    expect(manifest(twin)).toBe(manifest(output));
  });

  test('names no user, no machine and no folder outside the audited one', () => {
    for (const file of [
      'assessment.json',
      'index.html',
      'findings.csv',
      'manifest.json',
      'gap-checklist.md',
    ]) {
      const text = readFileSync(join(output, file), 'utf8');
      expect(text).not.toContain(tmpdir());
      expect(text).not.toContain(fileURLToPath(new URL('../..', import.meta.url)));
    }
  });

  test('gives a finding that explain can explain, with its record', async () => {
    const { observations } = JSON.parse(readFileSync(join(output, 'assessment.json'), 'utf8')) as {
      observations: { id: string; ruleId: string; outcome: string }[];
    };
    const finding = observations.find(
      ({ ruleId, outcome }) => ruleId === 'rotation-max-age' && outcome === 'fail',
    );
    const run = await keyproof(['explain', finding?.id ?? 'none', '--pack', output]);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('rotation-max-age on key nb-5: fail');
    expect(run.stdout).toContain('keys.csv, row 4');
  });

  test('an unknown finding is said to be unknown', async () => {
    const run = await keyproof(['explain', '0123456789abcdef', '--pack', output]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('is not among the findings of');
  });
});

describeUnlessProved('lists for machines', import.meta.url, INPUTS, () => {
  test('inspect --json', async () => {
    const run = await keyproof(['inspect', 'exports', '--json'], { cwd: story('malformed-record') });
    expect(run.code).toBe(3);
    const { files } = JSON.parse(run.stdout) as {
      files: {
        path: string;
        rejects: { record: string; field: string }[];
        unreadable: { record: string; field: string }[];
      }[];
    };
    const keys = files.find(({ path }) => path === 'keys.csv');
    expect(keys).toMatchObject({
      adapter: 'canonical',
      records: 5,
      rejected: 1,
      unreadableFields: 2,
      decisions: [],
      warnings: expect.any(Array),
    });
    expect(keys?.rejects.map(({ record, field }) => [record, field])).toEqual([['row 6', 'key_id']]);
    expect(keys?.unreadable.map(({ record, field }) => [record, field])).toEqual([
      ['row 3', 'last_rotated'],
      ['row 4', 'environment'],
    ]);
  });

  test('policy list --json names the controls each policy is evidence for', async () => {
    const rows = JSON.parse((await keyproof(['policy', 'list', '--json'])).stdout) as {
      id: string;
      controls: { framework: string; control: string; grade: string }[];
    }[];
    expect(rows.length).toBeGreaterThanOrEqual(20);
    expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).sort());
    const rotation = rows.find(({ id }) => id === 'rotation-max-age');
    expect(rotation).toMatchObject({
      severity: 'critical',
      subject: 'key',
      domain: 'rotation',
      title: expect.any(String),
    });
    expect(rotation?.controls).toContainEqual(
      expect.objectContaining({ framework: 'pci-dss-4.0.1', control: '8.6.3', grade: 'partial' }),
    );
  });

  test('frameworks --json lists every control with an honest status', async () => {
    const frameworks = JSON.parse((await keyproof(['frameworks', '--json'])).stdout) as {
      id: string;
      controls: { id: string; status: string; policies: unknown[] }[];
    }[];
    const sizes = Object.fromEntries(frameworks.map(({ id, controls }) => [id, controls.length]));
    expect(sizes).toEqual({
      'pci-dss-4.0.1': 112,
      'soc2-2017': 27,
      'psd2-dora': 65,
      'sox-itgc': 24,
      gdpr: 21,
      'finra-sec': 25,
      'nydfs-500': 44,
      'iso-27001-2022': 51,
    });
    const claimed = frameworks
      .flatMap(({ controls }) => controls)
      .filter(({ status }) => status === 'automated' || status === 'partial');
    expect(claimed.every(({ policies }) => policies.length > 0)).toBe(true);
  });

  test('frameworks ID says what is not covered', async () => {
    const { stdout } = await keyproof(['frameworks', 'pci']);
    expect(stdout).toMatch(/^\d+ of 112 controls are tested by no policy\.$/m);
    expect(stdout).toContain('8.6.3');
  });

  test('explain a control says what its id stands for, and of which day the law is', async () => {
    const { stdout } = await keyproof(['explain', 'psd2-dora/RMF-21']);
    const said = stdout.replace(/\s+/g, ' ');
    expect(said).toContain('Short ids: RMF is Article of Delegated Regulation (EU) 2024/1774');
    expect(said).toContain('State: PSD2 and Delegated Regulation (EU) 2018/389 are to be replaced');
    expect(said).toContain('Read: 2026-11-23');
    expect(said).not.toContain('guidelines of the EBA');
  });

  test('explain a control prints its mappings with their limits', async () => {
    const { stdout } = await keyproof(['explain', 'pci-dss-4.0.1/8.6.3']);
    expect(stdout).toContain('rotation-max-age, partial, ');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'age of keys with the limit in force; no number stands in PCI DSS',
    );
  });

  test('doctor says what works', async () => {
    const run = await keyproof(['doctor', '--json']);
    const { checks } = JSON.parse(run.stdout) as { checks: { name: string; ok: boolean; detail: string }[] };
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    const said = new Map(checks.map(({ name, detail }) => [name, detail]));
    expect(said.get('rule book')).toMatch(/^\d+ policies, [\d.]+ MB of WebAssembly$/);
    expect(said.get('policy toolchain')).toMatch(/^compiles a policy to [\d.]+ kB of WebAssembly$/);
    expect(run.code).toBe(0);
  });

  test('doctor fails where there is no browser, with what to install', async () => {
    const run = await keyproof(['doctor'], { env: { PUPPETEER_EXECUTABLE_PATH: '/nowhere/chrome' } });
    expect(run.code).toBe(3);
    expect(run.stdout).toMatch(
      /^FAIL {2}browser for the PDF: PUPPETEER_EXECUTABLE_PATH does not name a program/m,
    );
  });
});

describeUnlessProved('init --from', import.meta.url, INPUTS, () => {
  const register = [
    'Northbridge Bank - API Key Register,,,,,,,',
    '"Status as of 30/09/2026",,,,,,,',
    'Schlüsselname,Umgebung,Verantwortlich,Erstellt am,Letzte Rotation,Risiko,Status,Netze',
    'acquirer-api-prod,Produktion,Payments Ops,03/04/2024,15/09/2026,hoch,aktiv,10.1.0.0/16',
    'fx-rates-test,Test,Treasury IT,03/04/2024,30/09/25,2,stillgelegt 2025,10.2.0.0/16',
    'swift-gw-prod,Produktion,Payments Ops,45306,01/02/2026 14:00,kritisch,aktiv,any',
  ].join('\n');

  test('proposes an entry that works, and asks what only a person can tell', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'register.csv'), register);
    const run = await keyproof(['init', '--from', join(folder, 'register.csv')]);
    expect(run.stdout.split('\n')).toEqual([
      'sources:',
      '  - path: "register.csv"',
      '    kind: keys',
      '    header: 3',
      '    columns:',
      '      key_id: "Schlüsselname"',
      '      environment: "Umgebung"',
      '      owner: "Verantwortlich"',
      '      risk_tier: "Risiko"',
      '      status: "Status"',
      '      created: "Erstellt am"',
      '      last_rotated: "Letzte Rotation"',
      '      ip_allowlist: "Netze" # by what is in it: check',
      '    # column "Letzte Rotation": the day stands before the month, because of "15/09/2026" (row 4)',
      '    # "45306" looks like a day number of Excel; 1904 if an old Excel for Mac wrote it',
      '    dates: dmy',
      '    dayNumbers: 1900',
      '    # timezone: "+01:00"   # "01/02/2026 14:00" states no zone',
      '    # values:   # words that are not known: state what each means',
      '    #   risk_tier: {"2": ...}   # critical, high, medium, low',
      '    #   status: {"stillgelegt 2025": ...}   # active, inactive, revoked, expired, pending-deletion, destroyed',
      '',
      '',
    ]);
    expect(run.stderr).toContain('register.csv: 3 records read, 2 values could not be read.');
    expect(run.stderr).toContain('last_rotated             2025-09-30');
    const audited = JSON.parse((await keyproof(['inspect', folder, '--json'])).stdout);
    expect(audited.files.find(({ path }: { path: string }) => path === 'register.csv')).toMatchObject({
      adapter: 'canonical',
      records: 3,
      rejected: 0,
      unreadableFields: 2,
    });
  });

  test('needs no entry for a file that is recognised, and names one that cannot be read', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'gitleaks-northbridge__cards.json'), '[]');
    writeFileSync(join(folder, 'keys.csv'), '<!doctype html><html></html>');
    const found = await keyproof(['init', '--from', join(folder, 'gitleaks-northbridge__cards.json')]);
    expect(found).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('recognised as gitleaks'),
    });
    const page = await keyproof(['init', '--from', join(folder, 'keys.csv')]);
    expect(page).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('a web page') });
    expect(await keyproof(['init', '--from', join(folder, 'gone.csv')])).toMatchObject({ code: 2 });
    expect(existsSync(join(folder, 'keyproof.yaml'))).toBe(false);
  });

  test('shows no secret that is a column name, or a word that it does not know', async () => {
    const folder = scratch();
    const secret = ['gh', 'p_', 'A7b9K2m4Q8r1T6v3X5z0C9d2F4h7J1l8N3p6'].join('');
    const row = (id: string) => `${id},a,${secret},2026-01-01\n`;
    writeFileSync(join(folder, 'keys.csv'), `key_id,${secret},status,created\n${row('k1')}${row('k2')}`);
    const { stdout, stderr } = await keyproof(['init', '--from', join(folder, 'keys.csv')]);
    expect(stdout).toMatch(/not mapped: "sha256:/);
    expect(stdout).toMatch(/status: \{"sha256:/);
    expect(stdout + stderr + readFileSync(join(folder, 'keyproof.yaml'), 'utf8')).not.toContain(secret);
  });

  test('says which field no column holds', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'notes.csv'), 'Umgebung,Letzte Rotation\nTest,15.02.2026\nTest,15.02.2026\n');
    const run = await keyproof(['init', '--from', join(folder, 'notes.csv')]);
    expect(run).toMatchObject({
      code: 3,
      stdout: expect.stringContaining('# key_id: ...   # which column?'),
    });
  });

  test('adds entries to a keyproof.yaml, which then reads the files', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'Klucze.csv'), 'Klucz;Ostatnia rotacja\nsepa;01.07.2026\n');
    writeFileSync(join(folder, 'Rotacje.csv'), 'Klucz;Data rotacji;Czynność\nsepa;20.07.2026;Rotacja\n');
    await keyproof(['init', folder]);
    const config = join(folder, 'keyproof.yaml');
    const commands = [...readFileSync(config, 'utf8').matchAll(/^# keyproof (init --add --from) (".*")$/gm)];
    expect(commands).toHaveLength(2);
    for (const [, words = '', file = ''] of commands) {
      const run = await keyproof([...words.split(' '), JSON.parse(file)]);
      expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining(`Added to ${config}`) });
    }
    const { stdout } = await keyproof(['inspect', folder]);
    expect(stdout).toMatch(/Klucze\.csv +canonical +1 +1 key/);
    expect(stdout).toMatch(/Rotacje\.csv +canonical +1 +1 rotation/);
  });

  test('adds an entry between the sources and the keys behind them, once', async () => {
    const folder = scratch();
    const config = join(folder, 'keyproof.yaml');
    writeFileSync(join(folder, 'register.csv'), register);
    writeFileSync(config, 'sources:\n- {path: other.csv, kind: keys} # ours\n# the day\nasOf: 2026-09-30\n');
    const add = () => keyproof(['init', '--add', '--from', join(folder, 'register.csv')]);
    expect((await add()).stderr).toContain(`Added to ${config}`);
    const text = readFileSync(config, 'utf8');
    expect(text).toMatch(
      /^sources:\n- \{path: other.csv, kind: keys\} # ours\n- path: "register.csv"\n {2}kind: keys\n/,
    );
    expect(text).toMatch(/\n# the day\nasOf: 2026-09-30\n$/);
    expect((await keyproof(['inspect', folder])).stdout).toMatch(/register\.csv +canonical/);
    expect((await add()).stderr).toContain(
      `${config} has an entry for "register.csv" already: correct it there.`,
    );
    expect(readFileSync(config, 'utf8')).toBe(text);
  });

  test('adds nothing to sources that do not stand a line each', async () => {
    const folder = scratch();
    const text = 'sources: [{path: other.csv, kind: keys}]\n';
    writeFileSync(join(folder, 'register.csv'), register);
    writeFileSync(join(folder, 'keyproof.yaml'), text);
    const run = await keyproof(['init', '--add', '--from', join(folder, 'register.csv')]);
    expect(run.stderr).toContain('its sources are not listed line by line: add the entry by hand');
    expect(readFileSync(join(folder, 'keyproof.yaml'), 'utf8')).toBe(text);
  });

  test('leaves a keyproof.yaml as it is, and prints the entry', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'register.csv'), register);
    writeFileSync(join(folder, 'keyproof.yaml'), 'organisation: x\n');
    const run = await keyproof(['init', '--from', join(folder, 'register.csv')]);
    expect(run.stdout).toContain('key_id: "Schlüsselname"');
    expect(run.stderr).toContain('exists already: add the entry to its sources');
    expect(readFileSync(join(folder, 'keyproof.yaml'), 'utf8')).toBe('organisation: x\n');
  });
});

describeUnlessProved('init', import.meta.url, INPUTS, () => {
  test('writes a config that is valid, with the schema an editor needs', async () => {
    const folder = scratch();
    cpSync(story('stranger-file/exports'), folder, { recursive: true });
    expect((await keyproof(['init', folder])).code).toBe(0);
    const text = readFileSync(join(folder, 'keyproof.yaml'), 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/keyproof\.schema\.json\n/);
    expect(JSON.parse(readFileSync(join(folder, 'keyproof.schema.json'), 'utf8'))).toHaveProperty(
      'properties.thresholds',
    );
    expect((await keyproof(['inspect', folder])).code).toBe(0);
    expect(await keyproof(['init', folder])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('exists already; replace it with --force'),
    });
  });

  test('every commented line of it is valid once the comment sign is gone', async () => {
    const folder = scratch();
    cpSync(story('stranger-file/exports'), folder, { recursive: true });
    rmSync(join(folder, 'notes.txt'));
    await keyproof(['init', folder]);
    const file = join(folder, 'keyproof.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text.replaceAll(
        /^# ((?: {2,}[^ -]|entity|jurisdictions|asOf|period|frameworks|failOn|classification|applicability|presets|thresholds).*)$/gm,
        '$1',
      ),
    );
    expect(
      await keyproof([
        'audit',
        folder,
        '--format',
        'json',
        '--output',
        join(scratch(), 'pack'),
        '--quiet',
        '--fail-on',
        'none',
      ]),
    ).toMatchObject({ code: 0, stderr: '' });
  });
});
