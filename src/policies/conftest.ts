import {
  EFFORTS,
  type Effort,
  type ParamValue,
  type Policy,
  SEVERITIES,
  type Severity,
  SUBJECT_KINDS,
  type SubjectKind,
} from '../model/index.js';
import type { DeclaredRule, Inspection } from '../opa/check.js';
import type { Annotation } from '../opa/compile.js';
import type { ConftestRule, DeclaredPolicy } from './declared-policy.js';
import { dossierSchemaName, hasPath, publishedSchema } from './dossier-schema.js';
import type { PolicyProblem } from './policy-set.js';
import { writtenIn } from './policy-versions.js';
import type { PolicyFile } from './read-modules.js';

/** What METADATA states about a rule: its own, or its package's if it states nothing. */
type Said = {
  title?: string;
  description?: string;
  custom: Record<string, unknown>;
  resources: Annotation['relatedResources'];
};

const RULE = /^(deny|violation|warn)(_[a-zA-Z0-9_]+)?$/;

/**
 * Returns the rules `deny`, `violation`, `warn` (and `deny_...`) of packages without METADATA of keyproof's own, as
 * conftest knows them (https://www.conftest.dev): a policy each, on the dossier as input.
 */
export function conftestPolicies(
  inspection: Inspection,
  files: ReadonlyMap<string, PolicyFile>,
): { declared: DeclaredPolicy[]; problems: PolicyProblem[] } {
  const taken = new Set(
    inspection.annotations
      .filter(({ scope, custom }) => scope === 'package' && custom?.['id'] !== undefined)
      .map((annotation) => annotation.package),
  );
  const rules = inspection.rules
    .map(wholeRule)
    .filter(
      (rule) =>
        RULE.test(rule.name) && !taken.has(rule.package) && files.get(rule.location.file)?.builtIn === false,
    );
  const first = new Map(rules.reverse().map((rule) => [rule.path, rule]));
  const read = [...first.values()].map((rule) => conftestPolicy(rule, inspection, files));
  return {
    declared: read.flatMap(({ declared }) => declared ?? []),
    problems: read.flatMap(({ problems }) => problems),
  };
}

/** Returns the rule as a whole: `deny["some message"] if ...` declares one member of `deny`. */
function wholeRule(rule: DeclaredRule): DeclaredRule {
  const [name = rule.name] = /^\w+/.exec(rule.name) ?? [];
  return name === rule.name ? rule : { ...rule, name, path: `${rule.package}.${name}`, kind: 'object' };
}

function conftestPolicy(
  rule: DeclaredRule,
  inspection: Inspection,
  files: ReadonlyMap<string, PolicyFile>,
): { declared?: DeclaredPolicy; problems: PolicyProblem[] } {
  const file = files.get(rule.location.file);
  if (file === undefined) return { problems: [] };
  const policy = policyOf(rule, saidOf(rule, inspection), file);
  const wrong = policyProblems(policy, rule);
  if (wrong.length > 0)
    return { problems: wrong.map((message) => ({ file: file.module, row: rule.location.row, message })) };
  const exceptions = inspection.rules.some((one) => one.package === rule.package && one.name === 'exception');
  const conftest = { name: rule.name, kind: rule.kind, exceptions };
  return { declared: { policy, module: file.module, sets: [], typed: true, conftest }, problems: [] };
}

function saidOf(rule: DeclaredRule, { annotations }: Inspection): Said {
  const own = annotations.find(({ scope, path }) => scope !== 'package' && path === rule.path);
  const outer = annotations.find((one) => one.scope === 'package' && one.package === rule.package);
  const title = own?.title;
  const description = own?.description ?? outer?.description;
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    custom: { ...outer?.custom, ...own?.custom },
    resources: own?.relatedResources ?? outer?.relatedResources,
  };
}

function policyOf(rule: DeclaredRule, said: Said, file: PolicyFile): Policy {
  const name = rule.package.replace(/^data\./, '');
  const { custom } = said;
  return {
    id: typeof custom['id'] === 'string' ? custom['id'] : idOf(name, rule.name),
    title: said.title ?? rule.name,
    description: said.description ?? `The rule ${rule.name} of package ${name}, in the manner of conftest.`,
    severity: (custom['severity'] as Severity | undefined) ?? (rule.name.startsWith('warn') ? 'low' : 'high'),
    subject: (custom['subject'] as SubjectKind | undefined) ?? 'key',
    domain: 'custom',
    requires: (custom['requires'] as string[] | undefined) ?? [],
    params: (custom['params'] as { [name: string]: ParamValue } | undefined) ?? {},
    evidence: 'data',
    ...(typeof custom['action'] === 'string' ? { action: custom['action'] } : {}),
    remediation:
      typeof custom['remediation'] === 'string'
        ? custom['remediation']
        : 'See the message; the policy gives no remediation.',
    ...(custom['effort'] === undefined ? {} : { effort: custom['effort'] as Effort }),
    ...(typeof custom['closed_by'] === 'string' ? { closedBy: custom['closed_by'] } : {}),
    package: name,
    file: file.path,
    relatedResources: said.resources ?? [],
    ...writtenIn(file),
  };
}

function idOf(name: string, rule: string): string {
  const words = `${name}-${rule}`.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const id = words.join('-');
  return /^[a-z]/.test(id) ? id : `policy-${id}`;
}

function policyProblems(
  { id, severity, subject, requires, params, effort }: Policy,
  rule: DeclaredRule,
): string[] {
  const at = `METADATA of ${rule.name}: custom`;
  const kindKnown = SUBJECT_KINDS.includes(subject);
  const schema = kindKnown ? publishedSchema(dossierSchemaName(subject)) : {};
  const paths = Array.isArray(requires) ? requires : [requires];
  return [
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)
      ? undefined
      : `${at}.id "${id}" must be lower-case words with hyphens.`,
    SEVERITIES.includes(severity) ? undefined : `${at}.severity must be one of ${SEVERITIES.join(', ')}.`,
    effort === undefined || EFFORTS.includes(effort)
      ? undefined
      : `${at}.effort must be one of ${EFFORTS.join(', ')}.`,
    kindKnown ? undefined : `${at}.subject must be one of ${SUBJECT_KINDS.join(', ')}.`,
    typeof params === 'object' ? undefined : `${at}.params must be a mapping of names to values.`,
    rule.kind === 'function' ? `${rule.name} takes arguments: a policy is a set of messages.` : undefined,
    ...paths.map((path) =>
      kindKnown && !hasPath(schema, String(path))
        ? `${at}.requires: a ${subject} dossier has no "${path}".`
        : undefined,
    ),
  ].filter((message) => message !== undefined);
}

/**
 * Returns the Rego that turns a conftest rule into a policy's sets: a message or an object with `msg`, whose further
 * fields are the facts; anything else is shown as it is. The record examined is the evidence. conftest's exceptions
 * make it not apply.
 */
export function conftestSets(
  at: string,
  subject: SubjectKind,
  { name, kind, exceptions }: ConftestRule,
): string {
  const suffix = name.replace(/^(deny|violation|warn)_?/, '');
  const parts = [
    ...foundBy(kind, `${at}.${name}`, name),
    `violation(found) := {"message": found, "facts": {}, "records": records} if is_string(found)

else := {"message": found.msg, "facts": facts(found), "records": records} if is_string(found.msg)

else := {"message": sprintf("%v", [found]), "facts": {}, "records": records}
`,
    `facts(found) := {name: fact(value) | some name, value in object.remove(found, {"msg"})}\n`,
    'fact(value) := value if not is_object(value)\n\nelse := sprintf("%v", [value])\n',
    `default records := []\n\nrecords := [input.${subject}.source]\n`,
    exceptions
      ? `conftest_not_applicable contains "the policy's exceptions name this rule" if {\n\tsome names in ${at}.exception\n\t"${suffix}" in names\n}\n`
      : 'conftest_not_applicable := set()\n',
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function foundBy(kind: ConftestRule['kind'], value: string, name: string): string[] {
  return kind === 'set'
    ? [`conftest_violations contains violation(found) if some found in ${value}\n`]
    : [`answer := json.unmarshal(json.marshal(${value}))\n`, ONE_VALUE.replaceAll('NAME', name)];
}

/**
 * The value of a rule that is no set: true, a message, a list of messages, `deny[message] if ...` (true by message),
 * messages by name. It is asked by way of JSON, since OPA knows the type of a constant and refuses to ask for another.
 */
const ONE_VALUE = `conftest_violations contains violation("NAME") if answer == true

conftest_violations contains violation(answer) if is_string(answer)

conftest_violations contains violation(answer) if is_message

conftest_violations contains violation(found) if {
	is_array(answer)
	some found in answer
}

conftest_violations contains violation(found) if {
	is_object(answer)
	not is_message
	some found, held in answer
	held == true
}

conftest_violations contains violation(found) if {
	is_object(answer)
	not is_message
	some found in answer
	not is_boolean(found)
}

is_message if is_string(answer.msg)
`;
