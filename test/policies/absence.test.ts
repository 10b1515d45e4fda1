import { beforeAll, describe, expect, it } from 'vitest';
import { evaluatedElements } from '../../dist/evaluate/element-outcomes.js';
import { settleUnreadElements } from '../../dist/evaluate/settle-elements.js';
import { toObservation } from '../../dist/evaluate/to-observation.js';
import { unreadOf } from '../../dist/evaluate/unread.js';
import { RECORD_FIELDS } from '../../src/assets/record-fields.js';
import { schemaValidator } from '../../src/assets/schemas.js';
import type { CompiledPolicies, Policy } from '../../src/model/index.js';
import { dossierSchemaName } from '../../src/policies/dossier-schema.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { type Answer, type Answers, elementAnswers } from '../support/outcomes.js';
import { describeUnlessProved } from '../support/verdict.js';
import { builtRuleBook } from './built-rule-book.js';
import { keptAnswers } from './kept-answers.js';
import { membersNamedBy } from './named-members.js';
import { exampleDossier, policyFolders } from './rule-book.js';

/**
 * What a policy says must come from what a record says. So: whatever single value is taken from an example, a violation
 * or a gap never turns into a pass, and a pass never turns into a violation, of the policy and of each of its elements.
 */

type Json = Record<string, unknown>;

/** What a document counts by, where a rule rests on one: without it, it is no document that anybody answers for. */
const DOCUMENT =
  /^attestations\.records\.\d+\.(document_sha256|owner|approver|attestor|approved_on|next_review)\b/;

/** Where leaving a value out is a statement of its own, each for the reason given. */
const STATEMENTS: Record<string, RegExp> = {
  // Exports state of a group that it is one, and of nothing else that it is none.
  'access-personnel-limited': /^grants\.records\.\d+\.principal(\.group)?$/,
  // Live data of a kind that is not told is live data; whether it is a card number stays open.
  'env-no-live-data': /^live_data\.records\.\d+\.kind$/,
  // A right without a date of removal is held.
  'rbac-dev-no-prod': /^grants\.records\.\d+\.removed_at(\.ms)?$/,
  // A scan says of a place that clients load it, and of no other anything.
  'repo-no-hardcoded-secret': /^findings\.records\.\d+\.client_side$/,
  'rbac-ops-no-raw-read': /^grants\.records\.\d+\.principal\.group$/,
  // A topic that no document names is not covered.
  'gov-policy-current': /^attestations\.records\.\d+\.topics/,
  // Access exports list what is granted: a grant without a date of removal is in force. Holders that no record calls a group are none.
  'emergency-rotate-departure':
    /^(leavers\.records\.\d+\.grant\.removed_at|grants\.records\.\d+\.principal(\.group)?$)/,
  // `left` without a date has left.
  'inv-owner-assigned': /^owner\.principal\.departed_at/,
  // The thirty days of the log stand where the inventory names no workload.
  'inv-not-shared': /^key\.workloads$/,
  // What the record leaves out is what the rule is about; only a record without a status cannot be judged.
  'inv-required-fields':
    /^key\.(fingerprint|provider|environment|type|scopes|created|last_rotated|last_used|risk_tier|purpose)$/,
  // A suppression with a reason stands unless the inventory knows the secret; a revocation, unless a use contradicts it.
  'repo-leak-revoked': /^findings\.records\.\d+\.key(\.last_used(\.ms)?)?$/,
  // A log that marks no break-glass and names no ticket states that there was none.
  'mon-off-hours': /^hand_events\.records\.\d+\.(break_glass|ticket)$/,
  'rbac-deploy-pipeline': /^hand_events\.records\.\d+\.break_glass$/,
  // The inventory's date stands where no log says that it is out of date.
  'rotation-max-age': /^rotations(\.records(\.\d+(\..+)?)?)?$/,
};

let named: ReturnType<typeof membersNamedBy>;
let compiled: CompiledPolicies;
let ask: ReturnType<typeof keptAnswers>;
let policies: readonly Policy[];

async function compileRuleBook(): Promise<void> {
  const ruleBook = await builtRuleBook();
  ({ compiled } = ruleBook);
  ask = keptAnswers(ruleBook.engine);
  ({ policies } = ruleBook.set);
  named = membersNamedBy(ruleBook.set);
}

/** Names of the fields that a file can state. */
const FIELDS = new Set(
  Object.values(RECORD_FIELDS)
    .flatMap((fields) => fields.map(({ name }) => name))
    .filter((name) => !['source', 'unclear', 'stated_by', 'classified'].includes(name)),
);

function answer(id: string, dossier: Json): Answer {
  return ask(compiled.entrypoints.get(id) ?? '', dossier) as Answer;
}

/** Outcomes of a policy and of each of its elements, by `rule subject` and `rule#element subject`. */
function outcomes(id: string, dossier: Json): Map<string, string> {
  const whole: Answers = new Map([[`${id} it`, answer(id, dossier)]]);
  const all = [...whole, ...elementAnswers(whole, policies)];
  return new Map(all.map(([name, { outcome }]) => [name, outcome]));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

/** Paths of every value in a document, deepest last. */
function paths(value: unknown, at: string[] = []): string[][] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[...at, name], ...paths(inner, [...at, name])]);
}

/** What `ask` answers of a document while the value at a path is null, or is not there; the document is as before afterwards. */
function without<T>(dossier: Json, path: string[], lack: 'null' | 'absent', ask: (dossier: Json) => T): T {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, part) => (isObject(at) ? at[part] : undefined), dossier);
  const name = path.at(-1) ?? '';
  if (!isObject(parent)) throw new Error(`${path.join('.')}: nothing is there.`);
  const value = parent[name];
  if (lack === 'null') parent[name] = null;
  else delete parent[name];
  const answer = ask(dossier);
  parent[name] = value;
  return answer;
}

describeUnlessProved('what is absent proves nothing', import.meta.url, PROGRAM_FILES, () => {
  beforeAll(compileRuleBook);

  describe.each(policyFolders())('$name', (folder) => {
    const { custom } = folder.metadata;
    const validate = schemaValidator(dossierSchemaName(custom.subject));
    /** Whether leaving a value out is a statement. */
    const isStatement = (place: string) =>
      STATEMENTS[custom.id]?.test(place) || (custom.evidence === 'attestation' && DOCUMENT.test(place));
    /** Whether the schema lets this value be null: only then can a dossier lack it. */
    const mayBeUnknown = (dossier: Json, path: string[]) => {
      validate(dossier);
      return !(validate.errors ?? []).some(({ instancePath }) => instancePath === `/${path.join('/')}`);
    };

    it.each(folder.examples)('%s: no value taken away changes what is proved', (file) => {
      const whole = exampleDossier(folder, file);
      const dossier = named(custom.id, whole);
      const before = outcomes(custom.id, dossier);
      expect(file.startsWith(before.get(`${custom.id} it`) ?? 'none')).toBe(true);
      expect(outcomes(custom.id, whole)).toEqual(before);
      const turned: string[] = [];
      for (const path of paths(dossier)) {
        const place = path.join('.');
        if (/^(as_of|period|subject)\b|\.\d+$/.test(place) || isStatement(place)) continue;
        if (!without(dossier, path, 'null', (one) => mayBeUnknown(one, path))) continue;
        for (const lack of ['null', 'absent'] as const) {
          const after = without(dossier, path, lack, (one) => outcomes(custom.id, one));
          turned.push(...notAllowed(before, after).map((one) => `${place}: ${one}`));
        }
      }
      expect(turned).toEqual([]);
    });

    it.each(folder.examples)('%s: no value that cannot be read counts as one that nobody stated', (file) => {
      const dossier = named(custom.id, exampleDossier(folder, file));
      const before = outcomes(custom.id, dossier);
      const turned: string[] = [];
      for (const path of paths(dossier)) {
        if (!isFieldOfRecord(dossier, path)) continue;
        if (!without(dossier, path, 'null', (one) => mayBeUnknown(one, path))) continue;
        const lost = without(dossier, path, 'null', (one) => outcomes(custom.id, one));
        if (differing(before, lost).length === 0) continue;
        const found = unreadOutcomes(custom.id, dossier, path);
        turned.push(...differing(before, found).map((one) => `${path.join('.')}: ${one}`));
      }
      expect(turned).toEqual([]);
    });
  });
});

/** Whether a path is that of a field that a record states and a file can have. */
function isFieldOfRecord(dossier: Json, path: readonly string[]): boolean {
  const name = path.at(-1) ?? '';
  const record = path.slice(0, -1).reduce<unknown>((at, part) => (isObject(at) ? at[part] : null), dossier);
  return isObject(record) && isObject(record['source']) && FIELDS.has(name) && record[name] !== null;
}

/** Outcomes as the evaluator settles them if the field at a path is stated and cannot be read. */
function unreadOutcomes(id: string, dossier: Json, path: string[]): Map<string, string> {
  const copy = structuredClone(dossier);
  const name = path.at(-1) ?? '';
  const record = path.slice(0, -1).reduce<Json>((at, part) => at[part] as Json, copy);
  Object.assign(record, { [name]: null, unclear: [name] });
  const policy = policies.find((one) => one.id === id) as Policy;
  const evaluated = { id, severity: policy.severity, ...evaluatedElements(policy) };
  const observe = (one: Json) => toObservation(evaluated, { kind: policy.subject, id: '' }, answer(id, one));
  const unread = unreadOf(Buffer.from(JSON.stringify(copy)));
  if (unread === null) throw new Error(`${path.join('.')}: nothing is tried for it.`);
  const found = unread.readings.map((reading) => ({
    reading,
    observation: observe(JSON.parse(Buffer.from(reading.dossier).toString()) as Json),
  }));
  const settled = settleUnreadElements(evaluated, observe(copy), unread, found);
  const elements = (policy.elements ?? []).map(({ id: element }): [string, string] => {
    const own = settled.elements.find((one) => one.element === element);
    return [`${id}#${element} it`, own?.outcome ?? settled.outcome];
  });
  return new Map([[`${id} it`, settled.outcome], ...elements]);
}

/** What has another outcome than before, and not "no evidence". */
function differing(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...before].flatMap(([name, was]) => {
    const is = after.get(name) ?? was;
    return is === was || is === 'no-evidence' || is === 'none'
      ? []
      : [`${name.replace(/ it$/, '')} ${was} -> ${is}`];
  });
}

function notAllowed(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...before].flatMap(([name, was]) => {
    const is = after.get(name) ?? 'none';
    return allowed(was, is) ? [] : [`${name.replace(/ it$/, '')} ${was} -> ${is}`];
  });
}

function allowed(before: string, after: string): boolean {
  const good = ['pass', 'attested'];
  if (good.includes(before)) return after !== 'fail';
  if (before === 'not-applicable') return true;
  return !good.includes(after) && after !== 'not-applicable';
}

it('looks at every example', () => {
  expect(policyFolders().flatMap(({ examples }) => examples).length).toBeGreaterThan(140);
});
