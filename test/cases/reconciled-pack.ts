import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import type { Assessment, MappingResult, PolicyResult } from '../../src/model/index.js';

/** One number of a pack: where it stands, what stands there, and what the query of the tables counts. */
type Compared = { where: string; stated: unknown; counted: unknown };

type Row = { [column: string]: unknown };
type Csv = { [column: string]: string };

/** A pack as it is compared: its assessment, its files, and the answer of DuckDB to a query over its tables. */
type Opened = {
  assessment: Assessment;
  csv: (file: string) => Csv[];
  page: string;
  /** Lists for people, by file. */
  text: { [file: string]: string };
  query: (sql: string) => Promise<Row[]>;
};

/**
 * Compares what a pack says with what SQL written for this test counts in observations.parquet: the assessment, each policy, element, mapping, control
 * and line of the checklist, findings.csv and the page.
 * @returns the numbers compared, and those that differ
 */
export async function reconciled(pack: string): Promise<{ compared: number; differences: Compared[] }> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const opened: Opened = {
    assessment: JSON.parse(readFileSync(join(pack, 'assessment.json'), 'utf8')) as Assessment,
    csv: (file) => parse(readFileSync(join(pack, file), 'utf8'), { bom: true, columns: true }),
    page: readFileSync(join(pack, 'index.html'), 'utf8'),
    text: Object.fromEntries(
      readdirSync(pack)
        .filter((file) => LISTS.test(file))
        .map((file) => [file, readFileSync(join(pack, file), 'utf8')]),
    ),
    query: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson() as Row[],
  };
  await connection.run(`CREATE VIEW observed AS FROM read_parquet('${pack}/observations.parquet')`);
  const parts = [
    totals,
    policies,
    elements,
    mappings,
    checklist,
    findings,
    observations,
    plan,
    chapters,
    reasons,
    sentences,
  ];
  const all = (await Promise.all(parts.map((part) => part(opened)))).flat();
  connection.closeSync();
  const differences = all.filter(({ stated, counted }) => JSON.stringify(stated) !== JSON.stringify(counted));
  return { compared: all.length, differences };
}

/** Files for people, beside the page. */
const LISTS = /\.(md|csv|sarif)$/;

const FAILED = `observed WHERE outcome = 'fail'`;

async function totals({ assessment, query }: Opened): Promise<Compared[]> {
  const outcomes = await counts(
    query,
    'SELECT outcome AS name, count(*) AS count FROM observed GROUP BY ALL',
  );
  const severities = await counts(
    query,
    `SELECT severity AS name, count(*) AS count FROM ${FAILED} GROUP BY ALL`,
  );
  const verdicts = assessment.frameworks.flatMap(({ id, verdicts: stated, controls }) =>
    Object.entries(stated).map(([verdict, count]) => ({
      where: `${id} ${verdict}`,
      stated: count,
      counted: controls.filter((control) => control.verdict === verdict).length,
    })),
  );
  return [
    ...against('outcomes', assessment.outcomes, outcomes),
    ...against('severities', assessment.severities, severities),
    ...verdicts,
  ];
}

async function policies({ assessment, query }: Opened): Promise<Compared[]> {
  const rows = await counts(
    query,
    `SELECT concat(rule_id, ' ', outcome) AS name, count(*) AS count FROM observed GROUP BY ALL`,
  );
  return assessment.policies.flatMap(({ id, outcomes }) =>
    against(id, outcomes, rows, (outcome) => `${id} ${outcome}`),
  );
}

/** An observation without results of elements has the same for each. */
async function elements({ assessment, query }: Opened): Promise<Compared[]> {
  const rows = await counts(
    query,
    `SELECT concat_ws(' ', rule_id, one.element, one.outcome) AS name, count(*) AS count
      FROM (SELECT rule_id, unnest(elements) AS one FROM observed) GROUP BY ALL
      UNION ALL SELECT concat_ws(' ', rule_id, outcome), count(*) FROM observed WHERE len(elements) = 0 GROUP BY ALL`,
  );
  const several = assessment.policies.filter((policy) => policy.elements.length > 1);
  return several.flatMap((policy) =>
    policy.elements.flatMap(({ id, outcomes }) =>
      (['fail', 'no-evidence'] as const).map((outcome) => ({
        where: `${policy.id} ${id} ${outcome}`,
        stated: outcomes[outcome],
        counted: of(rows, `${policy.id} ${id} ${outcome}`) + of(rows, `${policy.id} ${outcome}`),
      })),
    ),
  );
}

async function mappings({ assessment, query }: Opened): Promise<Compared[]> {
  const rows = await counts(
    query,
    `SELECT concat_ws(' ', one.framework, one.control, rule_id, one.grade) AS name, count(*) AS count
      FROM (SELECT rule_id, unnest(controls) AS one FROM ${FAILED}) GROUP BY ALL`,
  );
  const failures = await failuresByElement(query);
  const byId = new Map(assessment.policies.map((policy) => [policy.id, policy]));
  return everyMapping(assessment).flatMap(({ control, mapping }) => {
    const name = `${control} ${mapping.ruleId}`;
    const grades = ['direct', 'partial', 'supporting'];
    const counted = grades.reduce((sum, grade) => sum + of(rows, `${name} ${grade}`), 0);
    const population = Object.values(mapping.outcomes).reduce((sum, count) => sum + count, 0);
    return [
      { where: name, stated: mapping.outcomes.fail, counted },
      { where: `${name} population`, stated: mapping.population, counted: population },
      ...defaults(name, mapping, byId.get(mapping.ruleId), failures.get(name) ?? []),
    ];
  });
}

/** Failures against nothing but defaults of keyproof; those of elements whose number a law gives itself are not told here. */
function defaults(
  where: string,
  { defaultFailures, elements: taken, limits }: MappingResult,
  policy: PolicyResult | undefined,
  failures: readonly string[][],
): Compared[] {
  if (defaultFailures === undefined || limits.some(({ text }) => text.includes('no stricter'))) return [];
  const ids = taken.map(({ id }) => id);
  const ofKeyproof = (id: string) =>
    policy?.elements.find((one) => one.id === id)?.limit.whose === 'keyproof';
  const byDefault = failures.filter((failed) =>
    failed.filter((id) => ids.length === 0 || ids.includes(id)).every(ofKeyproof),
  );
  return [{ where: `${where} defaults`, stated: defaultFailures, counted: byDefault.length }];
}

/** The elements of each failure that counts for a mapping. */
async function failuresByElement(query: Opened['query']): Promise<Map<string, string[][]>> {
  const rows = await query(
    `SELECT concat_ws(' ', one.framework, one.control, rule_id) AS name, list(failed) AS failures FROM (SELECT rule_id, unnest(controls) AS one,
      list_distinct([v.element FOR v IN violations IF v.element IS NOT NULL]) AS failed FROM ${FAILED}) GROUP BY ALL`,
  );
  return new Map(rows.map(({ name, failures }) => [String(name), failures as string[][]]));
}

/** Beside an exception, failures that are observations are not counted. */
async function checklist({ assessment, csv }: Opened): Promise<Compared[]> {
  const rows = new Map(csv('gap-checklist.csv').map((row) => [row['ID'], row]));
  const decided = new Map<string, number>();
  for (const { control, verdict, mapping } of everyMapping(assessment)) {
    const id = control.replace(' ', '/');
    const apart = verdict === 'exception' ? (mapping.defaultFailures ?? 0) : 0;
    const own = mapping.grade === 'supporting' ? 0 : mapping.outcomes.fail - apart;
    decided.set(id, (decided.get(id) ?? 0) + own);
  }
  return assessment.gaps.flatMap(({ id, failed }) => [
    { where: `gap ${id}`, stated: failed, counted: decided.get(id) ?? 0 },
    ...(rows.get(id)?.['Failed']
      ? [{ where: `gap-checklist.csv ${id}`, stated: Number(rows.get(id)?.['Failed']), counted: failed }]
      : []),
  ]);
}

async function findings({ csv, query }: Opened): Promise<Compared[]> {
  const rows = await query(
    `SELECT id, rule_id, severity, [concat(c.framework, ' ', c.control, ' (', c.grade, ')') FOR c IN coalesce(controls, [])] AS controls FROM ${FAILED}`,
  );
  const byId = new Map(rows.map((row) => [row['id'], row]));
  const table = csv('findings.csv');
  return [
    { where: 'findings.csv', stated: table.length, counted: rows.length },
    ...table.map((row) => {
      const found = byId.get(row['finding_id']);
      const named = (row['controls'] ?? '').replaceAll(', observation)', ')').split('; ').filter(Boolean);
      return {
        where: `findings.csv ${row['finding_id']}`,
        stated: [row['rule_id'], row['severity'], named],
        counted: [found?.['rule_id'], found?.['severity'], found?.['controls']],
      };
    }),
  ];
}

/** A failure that is an observation in a control says so in findings.csv. */
async function observations({ assessment, csv }: Opened): Promise<Compared[]> {
  const named = csv('findings.csv').flatMap((row) =>
    (row['controls'] ?? '')
      .split('; ')
      .filter((control) => control.endsWith(', observation)'))
      .map((control) => `${control.replace(/ \([^(]*$/, '')} ${row['rule_id']}`),
  );
  return everyMapping(assessment).map(({ control, mapping }) => {
    const where = `${control} ${mapping.ruleId}`;
    const stated = named.filter((name) => name === where).length;
    return { where: `${where} observations`, stated, counted: mapping.defaultFailures ?? 0 };
  });
}

async function plan({ assessment, query }: Opened): Promise<Compared[]> {
  const rows = await query(
    `SELECT rule_id, count(*) FILTER (outcome = 'fail')::INTEGER AS failed, count(*) FILTER (outcome IN ('pass', 'fail'))::INTEGER AS tested
      FROM observed GROUP BY ALL HAVING failed > 0`,
  );
  const byRule = new Map(rows.map(({ rule_id: id, failed, tested }) => [id, [failed, tested]]));
  return [
    { where: 'plan of work', stated: assessment.actions.length, counted: rows.length },
    ...assessment.actions.map(({ ruleId, failed, tested }) => ({
      where: `plan of work ${ruleId}`,
      stated: [failed, tested],
      counted: byRule.get(ruleId),
    })),
  ];
}

/** The chapters of the page on policies state their failures. */
async function chapters({ page, query }: Opened): Promise<Compared[]> {
  const rows = await counts(query, `SELECT rule_id AS name, count(*) AS count FROM ${FAILED} GROUP BY ALL`);
  const stated = [...page.matchAll(/id="([^"]+)" data-listed data-failed="(\d+)"/g)];
  const sum = stated.reduce((total, [, , failed]) => total + Number(failed), 0);
  const all = [...rows.values()].reduce((total, count) => total + count, 0);
  return [{ where: 'chapters of policies', stated: sum, counted: all }];
}

/** A part of those that were tested: `13 of 48 tested keys`, `13 of 48 keys tested`, `13 of 48 tested`. */
const OF_TESTED =
  /([\d,]+) of ([\d,]+) (?:tested\b|(?:keys?|principals?|repositor(?:y|ies)|routes?|vendors?|incidents?) tested\b)/g;

/** A part of subjects that are not said to be those tested. */
const OF_OTHERS =
  /[\d,]+ of [\d,]+ (?!tested)(?:[a-z-]+ )?(?:keys?|principals?|repositor(?:y|ies)|routes?|vendors?|incidents?)\b(?! tested)[^.;<]{0,30}/g;

function sharesIn(text: string): string[] {
  return [...text.matchAll(OF_TESTED)].map(([, part, whole]) => `${part} of ${whole}`.replaceAll(',', ''));
}

/** What states why a control has its verdict counts a part of what its mappings tested. */
async function reasons({ assessment }: Opened): Promise<Compared[]> {
  return assessment.frameworks.flatMap(({ id, controls }) =>
    controls.flatMap(({ id: control, because, mappings: own }) =>
      sharesIn(because).map((stated) => ({
        where: `${id} ${control}, reason`,
        stated,
        counted: own.flatMap(sharesOf).find((share) => share === stated) ?? own.flatMap(sharesOf),
      })),
    ),
  );
}

/** Every share that the page and the lists for people state is one of those tested, and one that the tables count. */
async function sentences({ assessment, page, text, query }: Opened): Promise<Compared[]> {
  const kinds = await query(
    `SELECT concat_ws(' of ', count(DISTINCT subject_id) FILTER (outcome = 'fail' AND severity = 'critical'), tested) AS critical,
        concat_ws(' of ', count(DISTINCT subject_id) FILTER (outcome = 'fail'), tested) AS failed
      FROM observed JOIN (SELECT subject_kind, count(DISTINCT subject_id) AS tested FROM observed WHERE outcome IN ('pass', 'fail') GROUP BY ALL)
        USING (subject_kind) GROUP BY subject_kind, tested`,
  );
  const known = new Set([
    ...kinds.flatMap(({ critical, failed }) => [String(critical), String(failed)]),
    ...everyMapping(assessment).flatMap(({ mapping }) => sharesOf(mapping)),
    ...assessment.actions.map(({ failed, tested }) => `${failed} of ${tested}`),
    ...assessment.policies.flatMap(({ outcomes, elements: parts }) =>
      [outcomes, ...parts.map((part) => part.outcomes)].map(({ fail, pass }) => `${fail} of ${fail + pass}`),
    ),
  ]);
  const texts = { 'index.html': page.replace(/<[^>]+>/g, ' '), ...text };
  return Object.entries(texts).flatMap(([where, said]) => [
    {
      where: `${where}, shares of others`,
      stated: said.replace(/\s+/g, ' ').match(OF_OTHERS) ?? [],
      counted: [],
    },
    ...sharesIn(said.replace(/\s+/g, ' ')).map((stated) => ({
      where,
      stated,
      counted: known.has(stated) ? stated : 'no such share',
    })),
  ]);
}

/** Shares of what a mapping tested: failures, those that are more than observations, and passes. */
function sharesOf({ outcomes: { fail, pass }, defaultFailures = 0 }: MappingResult): string[] {
  return [fail, fail - defaultFailures, pass].map((part) => `${part} of ${fail + pass}`);
}

function everyMapping({ frameworks }: Assessment) {
  return frameworks.flatMap(({ id, controls }) =>
    controls.flatMap((one) =>
      one.mappings.map((mapping) => ({ control: `${id} ${one.id}`, verdict: one.verdict, mapping })),
    ),
  );
}

async function counts(query: Opened['query'], sql: string): Promise<Map<string, number>> {
  return new Map((await query(sql)).map(({ name, count }) => [String(name), Number(count)]));
}

function of(rows: ReadonlyMap<string, number>, name: string): number {
  return rows.get(name) ?? 0;
}

function against(
  where: string,
  stated: { readonly [name: string]: number },
  counted: ReadonlyMap<string, number>,
  key: (name: string) => string = (name) => name,
): Compared[] {
  return Object.entries(stated).map(([name, count]) => ({
    where: `${where} ${name}`,
    stated: count,
    counted: of(counted, key(name)),
  }));
}
