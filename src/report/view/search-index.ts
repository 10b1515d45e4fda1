import type { Assessment, Observation } from '../../model/index.js';
import { OUTCOMES, SEVERITIES, SUBJECT_KINDS } from '../../model/index.js';
import { clip, shortHash } from '../../text/format.js';
import type { ViewContext } from './context.js';

/** What the page's script searches: rows of indexes into the lists beside them, so that 20,000 findings stay small. */
export type Register = {
  /** Policy id and link target. */
  rules: [id: string, anchor: string][];
  /** File and the start of its hash. */
  files: [path: string, sha256: string][];
  outcomes: readonly string[];
  severities: readonly string[];
  kinds: readonly string[];
  /** rule, outcome, severity (-1: none), kind, subject id, sentence, file (-1: none), record. */
  rows: [number, number, number, number, string, string, number, string][];
  /** Number of observations that failed, erred or could not be decided, including those not in the document. */
  total: number;
};

/** Returns the search data of index.html, worst first within each policy, in the document's order. */
export function makeRegister(context: ViewContext): Register {
  const { assessment, caps, policyAnchors } = context;
  const rules = assessment.policies.map(({ id }): [string, string] => [id, policyAnchors.get(id) ?? '']);
  const ruleIndex = new Map(rules.map(([id], index) => [id, index]));
  const files = makeIndex();
  const kept = worstFirst(assessment.observations).slice(0, caps.register);
  return {
    rules,
    outcomes: OUTCOMES,
    severities: SEVERITIES,
    kinds: SUBJECT_KINDS,
    rows: kept.map((item) => row(item, ruleIndex.get(item.ruleId) ?? -1, files.add)),
    files: files.list,
    total: unresolved(assessment),
  };
}

function unresolved({ outcomes }: Assessment): number {
  return outcomes.fail + outcomes['no-evidence'] + outcomes.error;
}

function row(
  item: Observation,
  rule: number,
  addFile: (path: string, hash: string) => number,
): Register['rows'][number] {
  const source = item.violations[0]?.records[0];
  return [
    rule,
    OUTCOMES.indexOf(item.outcome),
    item.severity === null ? -1 : SEVERITIES.indexOf(item.severity),
    SUBJECT_KINDS.indexOf(item.subject.kind),
    item.subject.id,
    sentence(item),
    source === undefined
      ? -1
      : addFile(source.file, source.sha256 === undefined ? '' : shortHash(source.sha256)),
    source?.record ?? '',
  ];
}

function sentence({ violations, missing, error }: Observation): string {
  if (violations.length > 0) return clip(violations.map(({ message }) => message).join(' '), 400);
  return error ?? `Unknown: ${missing.join(', ')}`;
}

function makeIndex() {
  const list: Register['files'] = [];
  const places = new Map<string, number>();
  const add = (path: string, hash: string): number => {
    const key = `${path}\n${hash}`;
    const place = places.get(key) ?? list.push([path, hash]) - 1;
    places.set(key, place);
    return place;
  };
  return { list, add };
}

function worstFirst(observations: readonly Observation[]): Observation[] {
  const rank = ({ outcome, severity }: Observation): number =>
    OUTCOMES.indexOf(outcome) * 10 + (severity === null ? 9 : SEVERITIES.indexOf(severity));
  return [...observations].sort((a, b) => rank(a) - rank(b));
}
