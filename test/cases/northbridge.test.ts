import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runMarkdown, SUMMARY_ROOM } from '../../src/action/markdown/summary.js';
import type { RunReport } from '../../src/action/run-report.js';
import type { Assessment, AuditSummary } from '../../src/model/index.js';
import { renderSummaryText } from '../../src/report/index.js';
import { paperPage } from '../../src/report/pdf/page.js';
import { paperView } from '../../src/report/pdf/view/paper-view.js';
import { policyFolders } from '../policies/rule-book.js';
import { REFERENCE } from '../reference/reference.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { auditFolder, type ObservationRow, observationsOf } from '../support/observations.js';
import { describeUnlessProved } from '../support/verdict.js';
import { type CountedRow, countedFromTables } from './reconciled-counts.js';
import { reconciled } from './reconciled-pack.js';

type Finding = { rule: string; subject: { kind: string; id: string }; severity: string; why: string };
type Expected = { asOf: string; findings: Finding[]; noEvidence: { [rule: string]: number } };

const root = fileURLToPath(new URL('../../', import.meta.url));
const bank = join(root, 'examples/northbridge');
const expected = JSON.parse(readFileSync(join(bank, 'expected.json'), 'utf8')) as Expected;
const folder = mkdtempSync(join(tmpdir(), 'northbridge-'));

const INPUTS = [
  ...PROGRAM_FILES,
  'examples/northbridge/**',
  'examples/shared/**',
  'test/cases/whole-rule-book/**',
  'test/reference/*.json',
];

let observations: ObservationRow[];

describeUnlessProved('the bank, and three small cases', import.meta.url, INPUTS, () => {
  let summary: AuditSummary;
  let summaryText: string;

  beforeAll(async () => {
    const audited = await auditFolder(
      bank,
      join(folder, 'pack'),
      'findings,checklist,html,sarif,parquet,json',
    );
    expect(audited.run.code, audited.run.stderr).toBe(0);
    summaryText = audited.run.stderr;
    summary = JSON.parse(audited.run.stdout) as AuditSummary;
    observations = audited.observations;
  }, 300_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('the audit finds what was planted: nothing missing, nothing extra', () => {
    const found = observations.filter(({ outcome }) => outcome === 'fail').map(line);
    expect(found.sort()).toEqual(expected.findings.map(expectedLine).sort());
  });

  test('what lacks evidence is what was left out, rule by rule', () => {
    const counts: { [rule: string]: number } = {};
    for (const { rule_id: rule, outcome } of observations) {
      if (outcome === 'no-evidence') counts[String(rule)] = (counts[String(rule)] ?? 0) + 1;
    }
    expect(counts).toEqual(expected.noEvidence);
  });

  test('every export is read to its end, and no policy fails', () => {
    expect(summary.incomplete).toEqual([]);
    expect(summary.outcomes.error).toBe(0);
    expect(summary.subjects.repository).toBe(21);
  });

  test('the plan of work has one action a failed rule, and its sums are those of the observations', async () => {
    const { actions, severities } = assessment();
    const failed = observations.filter(({ outcome }) => outcome === 'fail');
    const idsOf = (ruleId: string) =>
      failed.filter((row) => row['rule_id'] === ruleId).map((row) => row['id']);
    expect(actions.map(({ ruleId }) => ruleId).sort()).toEqual(
      [...new Set(failed.map((row) => String(row['rule_id'])))].sort(),
    );
    expect(actions.map(({ priority }) => priority)).toEqual(actions.map((_, index) => index + 1));
    for (const action of actions) {
      const { ruleId, environments, owners } = action;
      const counts = [environments, owners].map((rows) => rows.reduce((sum, row) => sum + row.failed, 0));
      expect([ruleId, action.failed, ...counts]).toEqual([ruleId, ...Array(3).fill(idsOf(ruleId).length)]);
      expect([...action.findings].sort()).toEqual(idsOf(ruleId).sort());
      expect(action.effort, ruleId).not.toBeNull();
    }
    const all = Object.values(severities).reduce((sum, count) => sum + count, 0);
    expect(actions.reduce((sum, action) => sum + action.failed, 0)).toBe(all);
  });

  test('owners and environments of actions are those of subjects.parquet, each person under one name', async () => {
    const subjects = await rowsOf('subjects');
    const byId = new Map(subjects.map((row) => [`${row['kind']} ${row['id']}`, row]));
    for (const { ruleId, owners, environments } of assessment().actions) {
      const rows = observations.filter((row) => row['rule_id'] === ruleId && row['outcome'] === 'fail');
      const failing = rows.map((row) => byId.get(`${row['subject_kind']} ${row['subject_id']}`));
      expect(asCounts(owners.map(({ owner, failed }) => [owner, failed])), ruleId).toEqual(
        countBy(failing.map((row) => row?.['owner'])),
      );
      const inRule = environments.map(({ environment, failed }) => [environment, failed] as const);
      expect(asCounts(inRule), ruleId).toEqual(countBy(failing.map((row) => row?.['environment'])));
    }
    const owners = new Set(subjects.filter(({ kind }) => kind === 'key').map(({ owner }) => owner));
    expect(owners).toContain('Farid Mansouri');
    expect([...owners].filter((owner) => String(owner).startsWith('farid.mansouri'))).toEqual([]);
  });

  test('subjects failing are the distinct subjects of the observations, by their worst severity', () => {
    const order = ['critical', 'high', 'medium', 'low'];
    for (const { kind, tested, failed, worst, undecided, subjects } of assessment().subjectFailures) {
      const own = observations.filter((row) => row['subject_kind'] === kind);
      const ids = (outcome: string) =>
        new Set(own.filter((row) => row['outcome'] === outcome).map(subjectId));
      const failing = ids('fail');
      const worstOf = (id: string) =>
        order.find((severity) => own.some((row) => subjectId(row) === id && row['severity'] === severity));
      expect({ kind, failed }).toEqual({ kind, failed: failing.size });
      expect({ kind, tested }).toEqual({ kind, tested: new Set([...failing, ...ids('pass')]).size });
      expect(asCounts(Object.entries(worst).filter(([, count]) => count > 0))).toEqual(
        countBy([...failing].map(worstOf)),
      );
      expect(undecided).toBe([...ids('no-evidence')].filter((id) => !failing.has(id)).length);
      expect(subjects).toBe(summary.subjects[kind]);
    }
  });

  test('every check without evidence is among those that something missing decides', () => {
    const { missingEvidence } = assessment();
    const lacking = observations.filter(({ outcome }) => outcome === 'no-evidence');
    const tiers = lacking.filter((row) => pathsOf(row).includes('key.risk_tier'));
    const tier = missingEvidence.find(({ path }) => path === 'key.risk_tier');
    expect(tier?.together).toBe(tiers.length);
    expect(tier?.alone).toBe(tiers.filter((row) => pathsOf(row).length === 1).length);
    const alone = missingEvidence.reduce((sum, one) => sum + one.alone, 0);
    const together = missingEvidence.reduce((sum, one) => sum + one.together, 0);
    expect(alone).toBeLessThanOrEqual(lacking.length);
    expect(together).toBeGreaterThanOrEqual(lacking.length);
  });

  test('every mapping counts what an independent query of the two tables counts', async () => {
    const counted = await countedFromTables(join(folder, 'pack'), assessment());
    const sum = (rows: readonly CountedRow[], state: string, outcome?: string) =>
      rows
        .filter((row) => row.state === state && (outcome === undefined || row.outcome === outcome))
        .reduce((total, { count }) => total + count, 0);
    const rowsOfMapping = new Map<string, CountedRow[]>();
    for (const row of counted)
      rowsOfMapping.set(row.mapping, [...(rowsOfMapping.get(row.mapping) ?? []), row]);
    let compared = 0;
    for (const { name, mapping } of mappings()) {
      const rows = rowsOfMapping.get(name);
      if (rows === undefined) continue;
      // A person who failed is in scope by the keys of the failing rights, which the tables name one by one.
      const people = rows[0]?.kind === 'principal';
      const outcomes = Object.entries(mapping.outcomes).filter(([outcome]) => !people || outcome !== 'fail');
      expect([name, ...outcomes]).toEqual([
        name,
        ...outcomes.map(([outcome]) => [outcome, sum(rows, 'in', outcome)]),
      ]);
      const all = mapping.population + mapping.outOfScope + (mapping.notStated ?? 0) + mapping.undecided;
      expect([name, all]).toEqual([name, rows.reduce((total, { count }) => total + count, 0)]);
      if (people) continue;
      const outside = [mapping.outOfScope, mapping.notStated, mapping.undecided];
      expect([name, ...outside]).toEqual([
        name,
        ...['out', 'not-stated', 'undecided'].map((state) => sum(rows, state)),
      ]);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(300);
  });

  test('every number of the pack is what an independent query of observations.parquet counts', async () => {
    const { compared, differences } = await reconciled(join(folder, 'pack'));
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(4000);
  });

  test('findings.csv, SARIF, the page and the checklist count for each control what the assessment counts', () => {
    const failed = new Map(mappings().map(({ name, mapping }) => [name, mapping.outcomes.fail]));
    const some = [...failed].filter(([, count]) => count > 0);
    const inTable: Counts = {};
    for (const row of observations)
      for (const { framework, control } of (row['controls'] as { framework: string; control: string }[]) ??
        [])
        count(inTable, `${framework} ${control} ${row['rule_id']}`);
    expect(inTable).toEqual(Object.fromEntries(some));

    const findings: Counts = {};
    for (const row of csvRows('findings.csv'))
      for (const named of (row['controls'] ?? '').split('; ').filter((text) => text !== ''))
        count(findings, `${named.replace(/ \(.*\)$/, '')} ${row['rule_id']}`);
    expect(findings).toEqual(inTable);

    // A finding in several places of a repository is a result for each.
    const { results } = JSON.parse(text('results.sarif')).runs[0] as { results: SarifResult[] };
    const named = results.flatMap(({ ruleId, properties: { controls, subject } }) =>
      controls.map((control) => JSON.stringify([`${control} ${ruleId}`, subject])),
    );
    const sarif = countBy([...new Set(named)].map((one) => (JSON.parse(one) as string[])[0]));
    expect(sarif).toEqual(inTable);

    const all = mappings();
    for (const row of csvRows('gap-checklist.csv').filter(({ Failed }) => Failed !== '')) {
      const own = all.filter(
        ({ framework, control, mapping }) =>
          `${framework}/${control}` === row['ID'] && mapping.grade !== 'supporting',
      );
      expect([row['ID'], Number(row['Failed'])]).toEqual([
        row['ID'],
        own.reduce((sum, { mapping }) => sum + decisiveFailures(mapping, row['ID']), 0),
      ]);
    }
    const page = text('index.html').replaceAll(/<[^>]+>/g, '');
    const sox = mappings().find(({ name }) => name === 'sox-itgc ITGC-CM-2 rbac-dev-no-prod')?.mapping;
    expect(page).toContain(
      `${sox?.population} principals in scope, ${sox?.outOfScope} out of scope, ${sox?.notStated} scope not stated`,
    );
  });

  test('what each control takes comes out as it did when last reviewed', async () => {
    const lines = mappings().map(({ name, mapping }) => {
      const elements = mapping.elements.map(({ id }) => id).join(' ');
      const outcomes = Object.entries(mapping.outcomes).filter(([, number]) => number > 0);
      const counts = outcomes.map(([outcome, number]) => `${outcome} ${number}`);
      const beside = `out ${mapping.outOfScope}, not stated ${mapping.notStated}, undecided ${mapping.undecided}`;
      return `${name} ${mapping.grade} [${elements}]: ${counts.join(', ') || 'none'}; ${beside}`;
    });
    const verdicts = assessment().frameworks.flatMap(({ id, controls }) =>
      controls.map((control) => `${id} ${control.id}: ${control.verdict}`),
    );
    await expect(`${[...verdicts, ...lines].join('\n')}\n`).toMatchFileSnapshot('golden/northbridge.txt');
  });

  test('a developer with a right on a production key that SOX is about is in SOX, and the file names the key', () => {
    const row = csvRows('findings.csv').find(({ subject_id: id }) => id?.startsWith('bea.castellano@'));
    expect(row?.['controls']).toContain('sox-itgc ITGC-CM-2 (partial)');
    expect(row?.['controls']).toContain('sox-itgc ITGC-APD-6 (partial)');
    expect(row?.['scope']).toContain('icfr_relevant: true by the key ');
  });

  test('inputs that are not whole are named, and nothing is said to be whole', () => {
    const page = text('index.html').replaceAll(/<[^>]+>/g, '');
    expect(page).toContain('&quot;exports/vendors/vendors.csv&quot; holds 16 records; the system says 18.');
    expect(page).not.toContain('nothing was sampled');
    expect(summaryText).toContain('What passes by these inputs passes in the part tested');
    const vendors = mappings().filter(
      ({ mapping }) => mapping.ruleId.startsWith('vendor-') && mapping.outcomes.pass > 0,
    );
    expect(vendors.length).toBeGreaterThan(0);
    for (const { mapping } of vendors) expect(mapping.limitation).toContain('Counted in part only: ');
  });

  describe('what every report says first', () => {
    const say: { [report: string]: string } = {};

    beforeAll(() => {
      say['page'] = text('index.html');
      say['paper'] = paperPage('print.hbs', paperView(assessment()), { pages: new Map(), density: 'loose' });
      say['terminal'] = renderSummaryText(assessment(), { output: null, color: false, width: 100 });
      say['CI'] = runMarkdown(ciReport(assessment()), SUMMARY_ROOM);
    });

    test('terminal, page, paper and CI say the same number of keys with a failure, of those tested', () => {
      const keys = observations.filter((row) => row['subject_kind'] === 'key');
      const failing = (rows: ObservationRow[]) => new Set(rows.map(subjectId)).size;
      const failed = keys.filter(({ outcome }) => outcome === 'fail');
      const critical = failed.filter((row) => row['severity'] === 'critical');
      const tested = keys.filter(({ outcome }) => outcome === 'fail' || outcome === 'pass');
      const sentence = `${failing(critical)} of ${failing(tested).toLocaleString('en-GB')} keys tested have a critical failure; ${failing(failed)} have a failure of any severity.`;
      for (const [report, text] of Object.entries(say)) expect(wordsOf(text), report).toContain(sentence);
    });

    test('they name the same first actions, with the same counts, and the same evidence that would decide most', () => {
      const { actions, missingEvidence } = assessment();
      const first = actions.slice(0, 5).map(({ failed, tested, kind }) => `${failed} of ${tested} ${kind}`);
      const deciding = missingEvidence.filter(({ alone }) => alone > 0).slice(0, 3);
      for (const report of ['page', 'paper', 'terminal']) {
        const text = wordsOf(say[report] ?? '').replace(/repositories/g, 'repositorys');
        for (const words of first) expect(text, report).toContain(words);
        for (const { alone } of deciding)
          expect(text, report).toContain(`${alone.toLocaleString('en-GB')} alone`);
      }
    });

    test('the numbers in the row of a framework add up to its controls, observations apart', () => {
      const frameworks = assessment().frameworks.filter(({ controls }) =>
        controls.some(({ verdict }) => verdict !== 'not-applicable'),
      );
      expect(frameworks.length).toBeGreaterThan(5);
      for (const [report, table] of [
        ['page', 'small-multiples'],
        ['paper', 'lines frameworks'],
      ] as const) {
        const [, rows = ''] = (say[report] ?? '').split(`<table class="${table}">`);
        const counts = (rows.split('</table>')[0] ?? '').split('<tr>').slice(2).map(numbersOf);
        expect(counts.map((row) => row.at(-1))).toEqual(frameworks.map(({ controls }) => controls.length));
        for (const row of counts) expect(row.slice(0, -1).reduce((sum, n) => sum + n, 0)).toBe(row.at(-1));
        expect(counts.map((row) => row[1])).toEqual(
          frameworks.map(
            ({ controls }) => controls.filter((one) => /^observation/.test(one.verdictText)).length,
          ),
        );
      }
    });
  });

  test('generating the bank again gives the same bytes', () => {
    expect(check(bank).status).toBe(0);
  });

  test('a changed byte in an export is noticed', () => {
    const copy = join(folder, 'changed/northbridge');
    cpSync(bank, copy, { recursive: true });
    cpSync(join(root, 'examples/shared'), join(folder, 'changed/shared'), { recursive: true });
    appendFileSync(join(copy, 'exports/vendors/vendors.csv'), '\n');
    const { status, stderr } = check(copy);
    expect(status).toBe(1);
    expect(stderr).toContain('differs: exports/vendors/vendors.csv');
  });

  test('every rule is seen to pass, to fail, to lack evidence and not to apply', async () => {
    const seen = new Map(policyFolders().map(({ metadata }) => [metadata.custom.id, new Set<unknown>()]));
    for (const { rule_id: rule, outcome } of [...observations, ...(await observationsOfCases())])
      seen.get(String(rule))?.add(outcome === 'attested' ? 'pass' : outcome);
    expect(seen.size).toBe(REFERENCE.rules.length);
    const wanted = ['fail', 'no-evidence', 'not-applicable', 'pass'];
    const unseen = [...seen].flatMap(([rule, outcomes]) =>
      wanted.filter((outcome) => !outcomes.has(outcome)).map((outcome) => `${rule}: ${outcome}`),
    );
    expect(unseen).toEqual([]);
  });
});

/** A bank in order, one whose parent does everything, and exports that name things and know nothing of them. */
async function observationsOfCases(): Promise<ObservationRow[]> {
  const cases = ['orderly', 'excused', 'silent'].map((name) =>
    observationsOf(join(root, 'test/cases/whole-rule-book', name), join(folder, name)),
  );
  return (await Promise.all(cases)).flat();
}

let read: Assessment | undefined;

/** The assessment of the pack, which is read once: it has megabytes, and no test changes it. */
function assessment(): Assessment {
  read ??= JSON.parse(readFileSync(join(folder, 'pack/assessment.json'), 'utf8')) as Assessment;
  return read;
}

async function rowsOf(table: string): Promise<ObservationRow[]> {
  return parquetReadObjects({ file: await asyncBufferFromFile(join(folder, `pack/${table}.parquet`)) });
}

/** Returns the text of a document without its markup and style. */
function wordsOf(document: string): string {
  return document.replace(/<(style|script)[^>]*>.*?<\/\1>|<[^>]*>/gs, ' ').replace(/\s+/g, ' ');
}

/** Returns the numbers in the cells of a row. */
function numbersOf(row: string): number[] {
  const cells = [...row.matchAll(/<td class="number[^"]*"[^>]*>(.*?)<\/td>/gs)].map(([, cell]) => cell ?? '');
  return cells.map((cell) => Number(wordsOf(cell)));
}

function ciReport(assessment: Assessment): RunReport {
  return {
    assessment,
    failOn: 'none',
    newOnly: false,
    ending: { exitCode: 0, conclusion: 'success' },
    incomplete: [],
    changes: null,
    worst: [],
    artifact: null,
    packSha256: '',
    runUrl: null,
    notes: [],
  };
}

function subjectId(row: ObservationRow): string {
  return String(row['subject_id']);
}

type SarifResult = { ruleId: string; properties: { controls: string[]; subject: string } };

function text(file: string): string {
  return readFileSync(join(folder, 'pack', file), 'utf8');
}

function csvRows(file: string): { [column: string]: string }[] {
  return parse(text(file), { bom: true, columns: true });
}

function count(counts: Counts, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** The failures that decide a control: beside an exception none against nothing but keyproof's defaults. */
function decisiveFailures(
  { outcomes, defaultFailures = 0 }: { outcomes: { fail: number }; defaultFailures?: number },
  id = '',
): number {
  const own = assessment()
    .frameworks.flatMap(({ id: framework, controls }) => controls.map((one) => ({ framework, ...one })))
    .find((one) => `${one.framework}/${one.id}` === id);
  return own?.verdict === 'exception' ? outcomes.fail - defaultFailures : outcomes.fail;
}

/** Returns every mapping of every control with its name, `framework control rule`. */
function mappings() {
  return assessment().frameworks.flatMap(({ id: framework, controls }) =>
    controls.flatMap(({ id: control, mappings: own }) =>
      own.map((mapping) => ({
        framework,
        control,
        mapping,
        name: `${framework} ${control} ${mapping.ruleId}`,
      })),
    ),
  );
}

/** Returns the paths that a check lacks, without the reasons in brackets. */
function pathsOf(row: ObservationRow): string[] {
  const paths = (row['missing'] as string[]).map((path) => path.replace(/ \(.*/, ''));
  return [...new Set(paths)];
}

type Counts = { [name: string]: number };

function countBy(values: readonly unknown[]): Counts {
  const counts: Counts = {};
  for (const value of values) counts[String(value ?? null)] = (counts[String(value ?? null)] ?? 0) + 1;
  return counts;
}

function asCounts(rows: readonly (readonly [unknown, number] | readonly unknown[])[]): Counts {
  return Object.fromEntries(rows.map(([name, count]) => [String(name ?? null), Number(count)]));
}

function line(row: ObservationRow): string {
  return [row['rule_id'], row['subject_kind'], row['subject_id'], row['severity']].join(' ');
}

function expectedLine({ rule, subject, severity }: Finding): string {
  return [rule, subject.kind, subject.id, severity].join(' ');
}

function check(copy: string) {
  return spawnSync(process.execPath, [join(copy, 'generate.mjs'), '--check'], { encoding: 'utf8' });
}
