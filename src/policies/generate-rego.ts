import { readFileSync } from 'node:fs';
import { packageRoot } from '../assets/package-root.js';
import { type Policy, SUBJECT_KINDS, type SubjectKind } from '../model/index.js';
import type { ModuleSources } from '../opa/toolchain.js';
import { outOfScope } from './applies.js';
import { conftestSets } from './conftest.js';
import type { DeclaredPolicy } from './declared-policy.js';
import { packageOf } from './module-text.js';
import type { POLICY_SETS } from './policy-metadata.js';
import type { PolicySet } from './policy-set.js';

/** One of the sets a policy may define. */
export type PolicySetName = (typeof POLICY_SETS)[number];

/** Returns the entrypoint with the results of all policies of a subject kind. */
export function subjectEntrypoint(kind: SubjectKind): string {
  return `keyproof/subject/${kind}/evaluation`;
}

/** Returns the entrypoint with the result of one policy. */
export function policyEntrypoint(id: string): string {
  return `${generatedPackage(id).replaceAll('.', '/')}/result`;
}

/** Returns the name of the module that is generated for a policy. */
export function policyModuleName(id: string): string {
  return `keyproof/policy/${id}.rego`;
}

/** Returns the package of the Rego that is generated for a policy. */
export function generatedPackage(id: string): string {
  return `keyproof.policy.${packageName(id)}`;
}

/**
 * Returns the Rego between policies and host: turns the sets a policy defines into one result, and gathers the results
 * of a subject. A policy whose sets are not clear gets no result, which the host takes for an error.
 */
export function generatedModules(
  declared: readonly DeclaredPolicy[],
  modules: ModuleSources,
  result: (policy: Policy) => string = coveredResult,
): ModuleSources {
  const policies = declared.map(
    (one) => [policyModuleName(one.policy.id), `${policyModule(one)}${result(one.policy)}`] as const,
  );
  const subjects = SUBJECT_KINDS.map((kind) => {
    const ids = declared.filter(({ policy }) => policy.subject === kind).map(({ policy }) => policy.id);
    return [`keyproof/subject/${kind}.rego`, subjectModule(kind, ids)] as const;
  });
  return { ...libraries(modules), ...Object.fromEntries([...policies, ...subjects]) };
}

/** Returns modules of a set with those that are generated for its policies. */
export function withGenerated({ units }: Pick<PolicySet, 'units'>, modules: ModuleSources): ModuleSources {
  const declared = units.flatMap((unit) => unit.declared);
  return { ...modules, ...generatedModules(declared, modules) };
}

/** What the generated Rego uses of the library, and what that uses, for a set of policies that comes without it. */
const LIBRARIES = ['age', 'attestation', 'coverage', 'evidence', 'lifecycle'];

function libraries(modules: ModuleSources): ModuleSources {
  const present = new Set(Object.values(modules).map((source) => packageOf(source)?.join('.')));
  const absent = LIBRARIES.filter((name) => !present.has(`lib.${name}`));
  return Object.fromEntries(absent.map((name) => [`keyproof/lib/${name}.rego`, librarySource(name)]));
}

function librarySource(name: string): string {
  return readFileSync(new URL(`policies/lib/${name}.rego`, packageRoot), 'utf8');
}

function packageName(id: string): string {
  return id.replaceAll('-', '_');
}

/**
 * Returns the module with a policy's sets and those of the host: METADATA `applies` gives reasons, and documents on
 * record are judged if the policy rests on them. `verdict` has all of it but the fields that METADATA requires; it is
 * what Rego tests compare.
 */
function policyModule(declared: DeclaredPolicy): string {
  const { policy, conftest } = declared;
  const reasons = union(setsOf(declared, 'not_applicable'));
  const violations = union(setsOf(declared, 'violations'));
  const missing = setsOf(declared, 'missing');
  return `package ${generatedPackage(policy.id)}

${policy.requires.length > 0 ? 'import data.lib.evidence\n' : ''}
${hostRules(policy).join('\n')}
${missingRules(policy, missing)}
${conftest === undefined ? '' : conftestSets(`data.${policy.package}`, policy.subject, conftest)}
verdict := {
	"not_applicable": ${reasons},
	"violations": ${violations},
	"missing": ${union(missing)},
}

judged := {"outcome": "not-applicable", "reasons": why} if {
	why := ${reasons}
	count(why) > 0
} else := {"outcome": "fail", "violations": found, "missing": missing} if {
	found := ${violations}
	count(found) > 0
} else := {"outcome": "no-evidence", "missing": missing} if {
	count(missing) > 0
} else := {"outcome": "${policy.evidence === 'attestation' ? 'attested' : 'pass'}"}
`;
}

/**
 * Returns the result of a policy: what it judges, unless that rests on members from whose silence nothing may be
 * concluded. A violation found stands. Anything else must hold without them.
 */
function coveredResult({ reads, presence = [] }: Policy): string {
  const members = reads === undefined ? null : membersOf(reads);
  if (members?.length === 0) return 'result := judged\n';
  const uncovered = members === null ? 'all' : `those(${setOf(members)})`;
  return `uncovered := data.lib.coverage.${uncovered}

${doubted(presence)}
result := judged if {
	count(doubted) == 0
} else := judged if {
	judged.outcome == "fail"
} else := {"outcome": "no-evidence", "missing": data.lib.coverage.explained(judged.missing, doubted)} if {
	judged.outcome == "no-evidence"
} else := without if {
	without := judged with input as data.lib.coverage.without(doubted)
	without.outcome in {"pass", "attested", "not-applicable"}
} else := {"outcome": "no-evidence", "missing": data.lib.coverage.reasons(doubted)} if {
	judged.outcome
}
`;
}

/** A pass may rest on what was found in a member that is not covered, if METADATA says so; a reason for not applying may not. */
function doubted(presence: readonly string[]): string {
  if (presence.length === 0) return 'doubted := uncovered\n';
  return `doubted := uncovered - ${setOf(presence)} if {
	judged.outcome in {"pass", "attested"}
} else := uncovered
`;
}

function setOf(names: readonly string[]): string {
  return `{${names.map((name) => `"${name}"`).join(', ')}}`;
}

/** The result of a policy where coverage does not matter. */
export function plainResult(): string {
  return 'result := judged\n';
}

function membersOf(reads: readonly string[]): string[] {
  const names = reads.map((path) => path.split('.')[0] ?? '');
  return [...new Set(names)].filter((name) => !EVERY_DOSSIER.includes(name));
}

/** Members of every dossier, which state the question and no evidence. */
const EVERY_DOSSIER = ['as_of', 'period', 'subject', 'not_covered'];

/** Returns the sets that make up one of the three: the policy's own, if it has it, and the host's. */
function setsOf({ policy, sets, conftest }: DeclaredPolicy, name: PolicySetName): string[] {
  if (conftest !== undefined) return name === 'missing' ? [] : [`conftest_${name}`];
  const own = sets.includes(name) ? [`data.${policy.package}.${name}`] : [];
  return [...own, ...hostSets(policy, name)];
}

function union(sets: readonly string[]): string {
  return sets.length === 0 ? 'set()' : sets.join(' | ');
}

/** Returns names of the rules of a policy's generated module that add to one of its sets. */
export function hostSets(policy: Policy, set: PolicySetName): string[] {
  const adds = judgesDocuments(policy) || (set === 'not_applicable' && policy.applies !== undefined);
  return adds ? [HOST_SETS[set]] : [];
}

/** `missing` is the name of all that is missing, from the policy or the host. */
const HOST_SETS: { [S in PolicySetName]: string } = {
  not_applicable: 'not_applicable',
  violations: 'violations',
  missing: 'unrecorded',
};

function hostRules(policy: Policy): string[] {
  return [...(policy.applies === undefined ? [] : outOfScope(policy)), ...documentRules(policy)];
}

function documentRules(policy: Policy): string[] {
  if (!judgesDocuments(policy)) return [];
  const judge = (name: string) =>
    `data.lib.attestation.${name}("${policy.id}", data.params["${policy.id}"].max_age_days)`;
  return [
    `not_applicable contains reason if some reason in ${judge('excused')}\n`,
    `violations contains violation if some violation in ${judge('refused')}\n`,
    `unrecorded contains path if some path in ${judge('unrecorded')}\n`,
  ];
}

function judgesDocuments({ evidence, params }: Policy): boolean {
  return evidence === 'attestation' && 'max_age_days' in params;
}

/**
 * Returns the rules for missing fields. A separate rule tests that a field is known, because `not known(input.x)` is
 * undefined, and not true, if there is no `input.x` at all.
 */
function missingRules(policy: Policy, sets: readonly string[]): string {
  const required = policy.requires.flatMap((path, index) => [
    `known_${index} if evidence.known(input.${path})\n`,
    `missing contains "${path}" if not known_${index}\n`,
  ]);
  const conditional = sets.map((set) => `missing contains path if some path in ${set}\n`);
  const rules = [...required, ...conditional];
  return rules.length === 0 ? 'missing := set()\n' : rules.join('\n');
}

function subjectModule(kind: SubjectKind, ids: readonly string[]): string {
  const results = ids.map((id) => `results["${id}"] := data.keyproof.policy.${packageName(id)}.result\n`);
  return `package keyproof.subject.${kind}

${results.length === 0 ? 'results := {}\n' : results.join('\n')}
evaluation := {"id": input.subject.id, "results": results}
`;
}
