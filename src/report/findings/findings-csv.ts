import type { Assessment, CorePack, Observation, Violation } from '../../model/index.js';
import { BYTE_ORDER_MARK, csvLine } from '../../text/csv.js';

type Cell = string | number | null;

/** What a row contains about the rule and the subject of its finding. */
type Context = {
  /** By rule id. */
  rules: ReadonlyMap<string, { title: string; controls: string; remediation: string }>;
  /** By kind and id of the subject. */
  environments: ReadonlyMap<string, string>;
};

/**
 * Columns of findings.csv, with the function that fills each. `source_*` is the first record relied on, `records`
 * their number.
 */
const COLUMNS: readonly { name: string; value: (finding: Observation, context: Context) => Cell }[] = [
  { name: 'finding_id', value: ({ id }) => id },
  { name: 'rule_id', value: ({ ruleId }) => ruleId },
  { name: 'title', value: ({ ruleId }, { rules }) => rules.get(ruleId)?.title ?? null },
  { name: 'severity', value: ({ severity }) => severity },
  { name: 'subject_kind', value: ({ subject }) => subject.kind },
  { name: 'subject_id', value: ({ subject }) => subject.id },
  {
    name: 'environment',
    value: ({ subject }, { environments }) => environments.get(nameOf(subject)) ?? null,
  },
  { name: 'message', value: ({ violations }) => violations.map(({ message }) => message).join('; ') },
  { name: 'source_file', value: ({ violations }) => firstSource(violations)?.file ?? null },
  { name: 'source_record', value: ({ violations }) => firstSource(violations)?.record ?? null },
  { name: 'source_sha256', value: ({ violations }) => firstSource(violations)?.sha256 ?? null },
  { name: 'records', value: ({ violations }) => countSources(violations) },
  { name: 'controls', value: ({ ruleId }, { rules }) => rules.get(ruleId)?.controls ?? null },
  { name: 'remediation', value: ({ ruleId }, { rules }) => rules.get(ruleId)?.remediation ?? null },
];

/**
 * Generates findings.csv in pieces: a header and one row for each failed observation, worst first, then by rule and
 * subject (UTF-8 with BOM, CRLF). Holds only the environments of the subjects in memory.
 */
export async function* findingsCsv(pack: CorePack): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${csvLine(COLUMNS.map(({ name }) => name))}`;
  const context = { rules: rulesOf(pack.assessment), environments: await environmentsOf(pack) };
  for await (const finding of pack.observations({ outcome: 'fail' }, 'worst-first'))
    yield csvLine(COLUMNS.map(({ value }) => value(finding, context)));
}

function rulesOf({ policies, frameworks }: Assessment): Context['rules'] {
  const cited = new Map<string, string[]>(policies.map(({ id }) => [id, []]));
  for (const framework of frameworks)
    for (const control of framework.controls)
      for (const { ruleId, grade } of control.mappings)
        cited.get(ruleId)?.push(`${framework.id} ${control.id} (${grade})`);
  return new Map(
    policies.map(({ id, title, remediation }) => [
      id,
      { title, remediation, controls: (cited.get(id) ?? []).join('; ') },
    ]),
  );
}

async function environmentsOf(pack: CorePack): Promise<Context['environments']> {
  const environments = new Map<string, string>();
  for await (const subject of pack.subjects()) {
    const { environment } = subject.facts;
    if (typeof environment === 'string') environments.set(nameOf(subject), environment);
  }
  return environments;
}

function nameOf({ kind, id }: Observation['subject']): string {
  return `${kind}\n${id}`;
}

function firstSource(violations: readonly Violation[]): Violation['records'][number] | undefined {
  return violations.find(({ records }) => records.length > 0)?.records[0];
}

function countSources(violations: readonly Violation[]): number {
  const sources = violations.flatMap(({ records }) => records);
  return new Set(sources.map(({ file, record, sha256 }) => JSON.stringify([file, record, sha256]))).size;
}
