import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { buildPlan } from '../../dist/config/index.js';
import { gather } from '../../dist/gather.js';
import type { PolicySet } from '../../dist/policies/index.js';
import { toObservation } from '../../src/evaluate/to-observation.js';
import type { CompiledPolicies, Policy, SubjectKind } from '../../src/model/index.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { builtRuleBook } from './built-rule-book.js';
import { type ClosedField, closedFields } from './closed-fields.js';
import { keptAnswers } from './kept-answers.js';
import { membersNamedBy } from './named-members.js';
import { exampleDossier, policyFolders } from './rule-book.js';
import { smallBank, writeBank } from './small-bank.js';

/**
 * What is unknown decides where every possible value decides alike: whatever field with a few values is not known, each element of
 * each policy has the outcome that it has by every value of the field, if these agree, and no evidence if they do not.
 */

type Dossier = { [member: string]: unknown };

/** Where no value is a statement of its own, or the statement is what the rule tests, each for the reason given. */
const STATEMENTS: readonly { rules: RegExp; place: RegExp; element?: string; why: string }[] = [
  {
    rules: /./,
    place: /^route\.status$/,
    why: 'a route in a list of routes answers calls unless its record says that it is retired',
  },
  {
    rules: /./,
    place: /^grants\.records\.\d+\.(effect|break_glass)$/,
    why: 'a grant listed allows, and without a break-glass procedure, unless its record says otherwise',
  },
  {
    rules: /./,
    place: /^(grants\.records\.\d+\.)?principal\.group$/,
    why: 'exports state of a group that it is one, and of nothing else that it is none',
  },
  {
    rules: /^mon-off-hours|^rbac-deploy-pipeline/,
    place: /^hand_events\.records\.\d+\.break_glass$/,
    why: 'an access is none by break-glass unless the log marks it',
  },
  {
    rules: /^access-readers-approved/,
    place: /^secret_readers\.records\.\d+\.actor_type$/,
    why: 'an actor of no stated kind may be a person too',
  },
  {
    rules: /^rotation-|^sod-create-deploy|^rbac-deploy-pipeline/,
    place: /^rotations\.records\.\d+\.status$/,
    why: 'a step that a log lists was taken unless the log says that it failed',
  },
  {
    rules: /^inv-required-fields/,
    place: /^key\.(risk_tier|environment|status)$/,
    why: 'that the field is filled in is what the rule tests',
  },
  { rules: /^inv-risk-tier-valid/, place: /^key\.risk_tier$/, why: 'the tier stated is what the rule tests' },
  {
    rules: /^inv-prefix-env-match/,
    place: /^key\.environment$/,
    why: 'the environment stated is what the rule tests',
  },
  {
    rules: /^vendor-regulatory-scope/,
    place: /^vendor\.aml_relevant$/,
    why: 'that the record states it is what the rule tests',
  },
  {
    rules: /^vendor-due-diligence/,
    place: /^vendor\.(carries_pan|pci_scope)$/,
    why: 'an attestation of compliance in force is on record whether the vendor needs one or not',
  },
  {
    rules: /^storage-hsm-critical/,
    place: /^key\.hsm_backed$/,
    why: 'a certificate of an HSM is on record whether the record says that an HSM protects the key or not',
  },
  {
    rules: /^rbac-dev-no-prod/,
    place: /^grants\.records\.\d+\.key\.environment$/,
    why: 'the environment of the grant stands in for that of the key',
  },
  {
    rules: /^repo-no-hardcoded-secret/,
    place: /^repository\.in_scope$/,
    why: 'a repository that is scanned is in scope unless its record says otherwise',
  },
  {
    rules: /^env-no-live-data/,
    place: /^live_data\.records\.\d+\.kind$/,
    why: 'a finding of live data of no stated kind is one of the other kinds',
  },
  {
    rules: /^log-retention/,
    place: /^log_sources\.records\.\d+\.(pci_scope|required_record)$/,
    why: 'a log that is kept long enough for a duty is, whether it has the duty or not',
  },
  {
    rules: /^ir-notification-clocks/,
    place: /^(incident|entity)\./,
    element: 'procedure',
    why: 'a procedure on record is on record whatever duties there are',
  },
  {
    rules: /^(repo-no-hardcoded-secret|gw-server-side-keys)/,
    place: /\.client_side$/,
    why: 'reading works it out of the path: without it, the path is of no such place or unknown',
  },
  {
    rules: /^emergency-rotate-compromise/,
    place: /^relations_known$/,
    why: 'the store states it of every incident whose keys it knows',
  },
];

let set: PolicySet;
let compiled: CompiledPolicies;
let ask: ReturnType<typeof keptAnswers>;
let named: ReturnType<typeof membersNamedBy>;

beforeAll(async () => {
  const ruleBook = await builtRuleBook();
  ({ set, compiled } = ruleBook);
  ask = keptAnswers(ruleBook.engine);
  named = membersNamedBy(set);
});

describeUnlessProved(
  'what is unknown decides as every value it may have decides',
  import.meta.url,
  [...PROGRAM_FILES, 'examples/northbridge/exports/**', 'test/policies/small-bank.json'],
  () => {
    it.each(policyFolders())('$name, on its examples', (folder) => {
      const policy = policyOf(folder.metadata.custom.id);
      const wrong = folder.examples.flatMap((file) =>
        unlikeAnswers(policy, exampleDossier(folder, file), firstOfLists).map((one) => `${file}: ${one}`),
      );
      expect(wrong).toEqual([]);
    });

    it('with two fields unknown at once, nothing is said that some pair of values denies', () => {
      const cases = policyFolders().flatMap(casesOf);
      const chosen = fc
        .constantFrom(...cases)
        .chain((one) =>
          fc.record({ one: fc.constant(one), pair: fc.subarray(one.fields, { minLength: 2, maxLength: 2 }) }),
        );
      fc.assert(
        fc.property(chosen, ({ one, pair }) => {
          expect(saysTooMuch(one, pair)).toEqual([]);
        }),
        { numRuns: 600 },
      );
    });

    it('every policy, on the subjects of the example bank', async () => {
      const wrong = (await bankDossiers()).flatMap(({ kind, dossier }) =>
        set.policies
          .filter(({ subject }) => subject === kind)
          .flatMap((policy) => unlikeAnswers(policy, dossier, ({ path }) => path.length === 2)),
      );
      expect([...new Set(wrong)]).toEqual([]);
    });
  },
);

it('tests every policy, and every value that is a statement somewhere', () => {
  expect(set.policies.map(({ id }) => id).sort()).toEqual(
    policyFolders()
      .map(({ metadata }) => metadata.custom.id)
      .sort(),
  );
});

function policyOf(id: string): Policy {
  const found = set.policies.find((policy) => policy.id === id);
  if (found === undefined) throw new Error(`There is no policy ${id}.`);
  return found;
}

/** Records of a list are alike: the first one stands for all. */
function firstOfLists({ path }: ClosedField): boolean {
  return path.every((name) => name === '0' || !/^\d+$/.test(name));
}

function unlikeAnswers(policy: Policy, whole: Dossier, which: (field: ClosedField) => boolean): string[] {
  const dossier = named(policy.id, whole);
  return closedFields(`dossier-${policy.subject}`, dossier)
    .filter((field) => which(field) && reads(policy, field) && !isStatement(policy, field))
    .flatMap((field) => unlike(policy, dossier, field));
}

/** An example of a policy, with the fields of few values that the policy reads and whose silence is no statement. */
type Case = { policy: Policy; dossier: Dossier; fields: ClosedField[] };

function casesOf(folder: ReturnType<typeof policyFolders>[number]): Case[] {
  const policy = policyOf(folder.metadata.custom.id);
  return folder.examples
    .map((file) => {
      const dossier = named(policy.id, exampleDossier(folder, file));
      const fields = closedFields(`dossier-${policy.subject}`, dossier).filter(
        (field) => firstOfLists(field) && reads(policy, field) && !isStatement(policy, field),
      );
      return { policy, dossier, fields };
    })
    .filter(({ fields }) => fields.length >= 2);
}

/** Elements that fail, pass or do not apply with both fields unknown, and have another outcome by some pair of values. */
function saysTooMuch({ policy, dossier }: Case, pair: readonly ClosedField[]): string[] {
  const [first, second] = pair;
  if (first === undefined || second === undefined) throw new Error('A pair has two fields.');
  const by = (one: unknown, other: unknown) =>
    withValue(dossier, first.path, one, () => outcomes(policy, dossier, second.path, other));
  const each = first.values.flatMap((one) => second.values.map((other) => by(one, other)));
  return Object.entries(by(null, null)).flatMap(([element, outcome]) => {
    const found = [...new Set(each.map((answer) => answer[element] ?? ''))].sort();
    const exempt = pair.some((field) => isStatement(policy, field, element));
    const place = `${policy.id}/${element}, ${pair.map(({ path }) => path.join('.')).join(' and ')}`;
    return outcome === 'no-evidence' || exempt || (found.length === 1 && found[0] === outcome)
      ? []
      : [`${place}: ${found.join(' or ')} -> ${outcome}`];
  });
}

/** Asks with a value at a path; the dossier is as before afterwards. */
function withValue<T>(dossier: Dossier, path: readonly string[], value: unknown, ask: () => T): T {
  const parent = path.slice(0, -1).reduce<Dossier>((at, name) => at[name] as Dossier, dossier);
  const name = path.at(-1) ?? '';
  const before = parent[name];
  parent[name] = value;
  const answer = ask();
  parent[name] = before;
  return answer;
}

function reads({ reads: read }: Policy, { path }: ClosedField): boolean {
  if (read === undefined) return true;
  const [member = '', field = ''] = path;
  return read.includes(member) || read.includes(`${member}.${field}`);
}

/** Whether a value is a statement, for an element; for all of them if none is given. */
function isStatement({ id }: Policy, { path }: ClosedField, element?: string): boolean {
  return STATEMENTS.some(
    (one) =>
      one.rules.test(id) &&
      one.place.test(path.join('.')) &&
      (one.element === undefined || one.element === element),
  );
}

/** Elements whose outcome without the value is not what all values have in common. */
function unlike(policy: Policy, dossier: Dossier, field: ClosedField): string[] {
  const { path, values } = field;
  const each = values.map((value) => outcomes(policy, dossier, path, value));
  const unknown = outcomes(policy, dossier, path, null);
  return Object.entries(unknown).flatMap(([element, outcome]) => {
    const found = [...new Set(each.map((one) => one[element] ?? ''))].sort();
    const expected = found.length === 1 ? found[0] : 'no-evidence';
    const place = `${policy.id}/${element}, ${path.join('.')}`;
    return outcome === expected || isStatement(policy, field, element)
      ? []
      : [`${place}: ${found.join(' or ')} -> ${outcome}`];
  });
}

/** Outcome of each element of a policy, with a value at a path; the dossier is as before afterwards. */
function outcomes(
  policy: Policy,
  dossier: Dossier,
  path: readonly string[],
  value: unknown,
): { [element: string]: string } {
  const answer = withValue(dossier, path, value, () =>
    ask(compiled.entrypoints.get(policy.id) ?? '', dossier),
  );
  const ids = policy.elements?.map(({ id }) => id) ?? [policy.id];
  const elements = ids.map((id) => ({ id, clean: 'pass' as const }));
  const subject = { kind: policy.subject, id: 'any' };
  const observation = toObservation({ id: policy.id, severity: policy.severity, elements }, subject, answer);
  const own = new Map(observation.elements.map((one) => [one.element, one.outcome]));
  return Object.fromEntries(ids.map((id) => [id, own.get(id) ?? observation.outcome]));
}

async function bankDossiers(): Promise<{ kind: SubjectKind; dossier: Dossier }[]> {
  const folder = mkdtempSync(join(tmpdir(), 'alike-'));
  const found: { kind: SubjectKind; dossier: Dossier }[] = [];
  try {
    writeBank(folder, await smallBank());
    const plan = buildPlan({ paths: [folder], cwd: folder, nowMs: 0, workers: 1 });
    await gather(plan, set, { onProgress: () => undefined }, async ({ store, workDir, context }) => {
      for (const { kind, path } of await store.writeBuckets(workDir, plan, context)) {
        const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
        found.push(...lines.map((line) => ({ kind, dossier: JSON.parse(line) as Dossier })));
      }
    });
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
