import { type Policy, SUBJECT_KINDS, type SubjectKind } from '../model/index.js';
import type { ModuleSources } from '../opa/toolchain.js';
import { conftestSets } from './conftest.js';
import type { DeclaredPolicy } from './declared-policy.js';

/** Entrypoint with the results of all policies of a subject kind. */
export function subjectEntrypoint(kind: SubjectKind): string {
  return `keyproof/subject/${kind}/evaluation`;
}

/** Entrypoint with the result of one policy. */
export function policyEntrypoint(id: string): string {
  return `keyproof/policy/${packageName(id)}/result`;
}

/**
 * The Rego between policies and host: turns the sets a policy defines into one result, and gathers the results of a
 * subject. A policy whose sets do not say anything clear gets no result, which the host takes for an error.
 */
export function generatedModules(declared: readonly DeclaredPolicy[], modules: ModuleSources): ModuleSources {
  const policies = declared.map(
    (one) => [`keyproof/policy/${one.policy.id}.rego`, policyModule(one)] as const,
  );
  const subjects = SUBJECT_KINDS.map((kind) => {
    const ids = declared.filter(({ policy }) => policy.subject === kind).map(({ policy }) => policy.id);
    return [`keyproof/subject/${kind}.rego`, subjectModule(kind, ids)] as const;
  });
  const hasLibrary = Object.values(modules).some((source) => /^package lib\.evidence\s*$/m.test(source));
  const library = hasLibrary ? [] : [['keyproof/evidence.rego', EVIDENCE] as const];
  return Object.fromEntries([...policies, ...subjects, ...library]);
}

const EVIDENCE = `package lib.evidence

known(value) if {
	value != null
	not value.state == "not-tracked"
}
`;

function packageName(id: string): string {
  return id.replaceAll('-', '_');
}

function policyModule({ policy, sets, conftest }: DeclaredPolicy): string {
  const at = `data.${policy.package}`;
  const own = (name: string) => {
    if (conftest !== undefined) return `conftest_${name}`;
    return sets.includes(name) ? `${at}.${name}` : 'set()';
  };
  return `package keyproof.policy.${packageName(policy.id)}

${policy.requires.length > 0 ? 'import data.lib.evidence\n' : ''}
${missingRules(policy, sets.includes('missing') ? `${at}.missing` : undefined)}
${conftest === undefined ? '' : conftestSets(at, policy.subject, conftest)}
result := {"outcome": "not-applicable", "reasons": reasons} if {
	reasons := ${own('not_applicable')}
	count(reasons) > 0
} else := {"outcome": "fail", "violations": violations, "missing": missing} if {
	violations := ${own('violations')}
	count(violations) > 0
} else := {"outcome": "no-evidence", "missing": missing} if {
	count(missing) > 0
} else := {"outcome": "${policy.evidence === 'attestation' ? 'attested' : 'pass'}"}
`;
}

/**
 * A rule of its own says that a field is known, because `not known(input.x)` is undefined, and not true, where there is
 * no `input.x` at all.
 */
function missingRules(policy: Policy, own: string | undefined): string {
  const required = policy.requires.flatMap((path, index) => [
    `known_${index} if evidence.known(input.${path})\n`,
    `missing contains "${path}" if not known_${index}\n`,
  ]);
  const conditional = own === undefined ? [] : [`missing contains path if some path in ${own}\n`];
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
