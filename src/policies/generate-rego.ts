import { readFileSync } from 'node:fs';
import { assetUrl } from '../assets/locate.js';
import { type Policy, type PolicyElement, SUBJECT_KINDS, type SubjectKind } from '../model/index.js';
import type { ModuleSources } from '../opa/toolchain.js';
import { alikeResult } from './alike-result.js';
import { outOfScope } from './applies.js';
import { conftestSets } from './conftest.js';
import { coveredResult } from './covered-result.js';
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
  result: (policy: Policy) => string = wholeResult,
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
const LIBRARIES = [
  'age',
  'alike',
  'attestation',
  'coverage',
  'evidence',
  'lifecycle',
  'people',
  'supposed',
  'word',
];

function libraries(modules: ModuleSources): ModuleSources {
  const present = new Set(Object.values(modules).map((source) => packageOf(source)?.join('.')));
  const absent = LIBRARIES.filter((name) => !present.has(`lib.${name}`));
  return Object.fromEntries(absent.map((name) => [`keyproof/lib/${name}.rego`, librarySource(name)]));
}

function librarySource(name: string): string {
  return readFileSync(assetUrl('policies', `lib/${name}.rego`), 'utf8');
}

function packageName(id: string): string {
  return id.replaceAll('-', '_');
}

/**
 * Returns the module with a policy's sets and those of the host, and what it says of a dossier as it is (`stated`): METADATA `applies` gives reasons, and documents on
 * record are judged if the policy rests on them. `verdict` has all of it but the fields that METADATA requires; it is
 * what Rego tests compare.
 */
function policyModule(declared: DeclaredPolicy): string {
  const { policy, conftest } = declared;
  const reasons = union(setsOf(declared, 'not_applicable'));
  const violations = union(setsOf(declared, 'violations'));
  const missing = setsOf(declared, 'missing');
  const losses = policy.absences === undefined ? [] : ['lost'];
  const found = losses.length === 0 ? violations : 'proved';
  return `package ${generatedPackage(policy.id)}

${requiredPaths(policy).length > 0 ? 'import data.lib.evidence\n' : ''}
${hostRules(policy).join('\n')}
${missingRules(policy, [...missing, ...losses])}
${losses.length === 0 ? '' : lossRules(policy, violations)}
${conftest === undefined ? '' : conftestSets(`data.${policy.package}`, policy.subject, conftest)}
verdict := {
	"not_applicable": ${reasons},
	"violations": ${violations},
	"missing": ${union(missing)},
}

${(policy.elements ?? []).length > 1 ? resultOfElements(policy, reasons, found) : resultAsOne(policy, reasons, found)}`;
}

/**
 * A violation that rests on what a member lacks (`absent`) is no violation if records of it are known to be lost, but missing
 * evidence. The members are named one by one, so that what the policy reads can be told.
 */
function lossRules({ absences = [], elements = [] }: Policy, violations: string): string {
  const losing = absences.map(
    (member) => `losing contains ["${member}", why] if some why in input.lost.${member}\n`,
  );
  const text = 'concat("", [member, " (", why, ")"])';
  const gap = elements.length > 1 ? `{"path": ${text}, "elements": [violation.element]}` : text;
  return `${losing.join('\n')}
unproved(violation) if {
	some [member, _] in losing
	member in object.get(violation, "absent", [])
}

proved := {violation | some violation in (${violations}); not unproved(violation)}

lost contains gap if {
	some violation in (${violations})
	some [member, why] in losing
	member in object.get(violation, "absent", [])
	gap := ${gap}
}
`;
}

function resultAsOne(policy: Policy, reasons: string, violations: string): string {
  return `stated := {"outcome": "not-applicable", "reasons": why} if {
	why := ${reasons}
	count(why) > 0
} else := {"outcome": "fail", "violations": found, "missing": missing} if {
	found := ${violations}
	count(found) > 0
} else := {"outcome": "no-evidence", "missing": missing} if {
	count(missing) > 0
} else := {"outcome": "${outcomeWithout(policy)}"}
`;
}

/**
 * Returns the result of a policy with several elements: the reasons are handed on as well, because those that name elements
 * concern only these. The host works out the outcome of each element. A type check would refuse to ask a text for its elements;
 * it does not look into the arguments of a function.
 */
function resultOfElements(policy: Policy, reasons: string, violations: string): string {
  return `reasons := ${reasons}

concerns_all(reason) if is_string(reason)

elements_of(reason) := reason.elements if is_object(reason)

excused contains element if {
	some reason in reasons
	some element in elements_of(reason)
}

stated := {"outcome": "not-applicable", "reasons": why} if {
	why := {reason | some reason in reasons; concerns_all(reason)}
	count(why) > 0
} else := {"outcome": "fail", "violations": found, "missing": missing, "reasons": reasons} if {
	found := ${violations}
	count(found) > 0
} else := {"outcome": "no-evidence", "missing": missing, "reasons": reasons} if {
	count(missing) > 0
} else := {"outcome": "not-applicable", "reasons": reasons} if {
	count(reasons) > 0
	count(excused & ${setOf(policy.elements ?? [])}) == ${(policy.elements ?? []).length}
} else := {"outcome": "${outcomeWithout(policy)}", "reasons": reasons}
`;
}

/** Returns what a policy judges on values that it may have to suppose, and its result where the evidence may not cover it. */
function wholeResult(policy: Policy): string {
  return `${alikeResult(policy, outcomeWithout(policy))}\n${coveredResult(policy)}`;
}

function outcomeWithout({ evidence }: Policy): string {
  return evidence === 'attestation' ? 'attested' : 'pass';
}

function setOf(elements: readonly PolicyElement[]): string {
  return elements.length === 0 ? 'set()' : `{${elements.map(({ id }) => `"${id}"`).join(', ')}}`;
}

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
  const excused = `not_applicable contains reason if some reason in ${judge('excused')}\n`;
  const { elements = [] } = policy;
  if (elements.length > 1) return [excused, ...rulesOfDocumentElement(elements, judge)];
  return [
    excused,
    `violations contains violation if some violation in ${judge('refused')}\n`,
    `unrecorded contains path if some path in ${judge('unrecorded')}\n`,
  ];
}

/** A document that does not count fails its own element; elements that rest on a document then have no evidence. */
function rulesOfDocumentElement(
  elements: readonly PolicyElement[],
  judge: (name: string) => string,
): string[] {
  const resting = elements.filter(({ evidence = 'attestation' }) => evidence === 'attestation');
  const about = elements.filter(({ evidence }) => evidence === 'document');
  const names = (some: readonly PolicyElement[]) => JSON.stringify(some.map(({ id }) => id));
  const unsupported = `unrecorded contains {
	"path": "attestations (no document of this rule counts)",
	"elements": ${names(resting)},
} if count(${judge('refused')}) > 0\n`;
  return [
    ...about.map(
      ({ id }) => `violations contains object.union(violation, {"element": "${id}"}) if {
	some violation in ${judge('refused')}
}\n`,
    ),
    `unrecorded contains {"path": path, "elements": ${names([...about, ...resting])}} if {
	some path in ${judge('unrecorded')}
}\n`,
    ...(resting.length > 0 ? [unsupported] : []),
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
  const required = requiredPaths(policy).flatMap(({ path, term }, index) => [
    `known_${index} if evidence.known(input.${path})\n`,
    `missing contains ${term} if not known_${index}\n`,
  ]);
  const conditional = sets.map((set) => `missing contains path if some path in ${set}\n`);
  const rules = [...required, ...conditional];
  return rules.length === 0 ? 'missing := set()\n' : rules.join('\n');
}

/** Returns the paths that a policy and its elements require, each with the term that `missing` has of it. */
function requiredPaths({ requires, elements = [] }: Policy): { path: string; term: string }[] {
  const whole = requires.map((path) => ({ path, term: `"${path}"` }));
  const own = elements.flatMap(({ id, requires: paths = [] }) =>
    paths.map((path) => ({ path, term: `{"path": "${path}", "elements": ["${id}"]}` })),
  );
  return [...whole, ...own];
}

function subjectModule(kind: SubjectKind, ids: readonly string[]): string {
  const results = ids.map(
    (id) => `results[id] := result if {
	id := "${id}"
	result := data.keyproof.policy.${packageName(id)}.result
}
`,
  );
  return `package keyproof.subject.${kind}

${results.length === 0 ? 'results := {}\n' : results.join('\n')}
evaluation := {"id": input.subject.id, "results": results}
`;
}
