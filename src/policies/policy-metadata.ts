import type { ErrorObject } from 'ajv';
import { schemaValidator } from '../assets/schemas.js';
import type { Policy, PolicyCustom, PolicyDomain, SubjectKind } from '../model/index.js';
import type { DeclaredRule, Inspection } from '../opa/check.js';
import type { Annotation } from '../opa/compile.js';
import { byText } from '../text/compare-text.js';
import { appliesOf, appliesProblems } from './applies.js';
import { conftestPolicies } from './conftest.js';
import type { DeclaredPolicy } from './declared-policy.js';
import { dossierSchemaName, hasPath, publishedSchema, valuesAt } from './dossier-schema.js';
import { elementProblems } from './element-problems.js';
import type { PolicyProblem } from './policy-set.js';
import { writtenIn } from './policy-versions.js';
import type { PolicyFile } from './read-modules.js';

/** The sets a policy's package may define; the catalog's generated Rego reads them. */
export const POLICY_SETS = ['not_applicable', 'violations', 'missing'] as const;

const DOMAINS: readonly string[] = [
  'inventory',
  'repository',
  'storage',
  'transport',
  'rotation',
  'emergency',
  'access',
  'roles',
  'environment',
  'gateway',
  'logging',
  'monitoring',
  'incident',
  'vendor',
  'governance',
] satisfies PolicyDomain[];

/** Reads the policies out of what the toolchain reports about their sources. */
export function declaredPolicies(
  inspection: Inspection,
  files: ReadonlyMap<string, PolicyFile>,
): { declared: DeclaredPolicy[]; problems: PolicyProblem[] } {
  const annotations = inspection.annotations.filter(
    ({ scope, custom }) => scope === 'package' && custom?.['id'] !== undefined,
  );
  const declared: DeclaredPolicy[] = [];
  const problems = withoutMetadata(inspection, annotations);
  for (const annotation of annotations) {
    const file = files.get(annotation.location.file);
    const rules = inspection.rules.filter((rule) => rule.package === annotation.package);
    const wrong = file === undefined ? [] : problemsOf(annotation, file, rules);
    problems.push(
      ...wrong.map((message) => ({ file: annotation.location.file, row: annotation.location.row, message })),
    );
    if (file !== undefined && wrong.length === 0)
      declared.push({
        policy: policyOf(annotation, file),
        module: file.module,
        sets: setsOf(rules),
        typed: isTyped(annotation),
      });
  }
  const conftest = conftestPolicies(inspection, files);
  problems.push(...conftest.problems);
  const { first, later } = byId([...declared, ...conftest.declared]);
  return { declared: first, problems: [...problems, ...later] };
}

function policyOf(annotation: Annotation, file: PolicyFile): Policy {
  const custom = annotation.custom as PolicyCustom;
  return {
    id: custom.id,
    title: annotation.title ?? '',
    description: annotation.description ?? '',
    severity: custom.severity,
    subject: custom.subject,
    domain: file.builtIn ? (domainOf(file) as PolicyDomain) : 'custom',
    ...(custom.applies === undefined ? {} : { applies: appliesOf(custom) }),
    requires: custom.requires,
    ...(custom.supposes === undefined ? {} : { supposes: custom.supposes }),
    ...(custom.presence === undefined ? {} : { presence: custom.presence }),
    ...(custom.absences === undefined ? {} : { absences: custom.absences }),
    params: custom.params ?? {},
    evidence: custom.evidence ?? 'data',
    ...(custom.elements === undefined ? {} : { elements: custom.elements }),
    ...(custom.criterion === undefined ? {} : { criterion: custom.criterion }),
    ...(custom.action === undefined ? {} : { action: custom.action }),
    remediation: custom.remediation,
    ...(custom.effort === undefined ? {} : { effort: custom.effort }),
    ...(custom.closed_by === undefined ? {} : { closedBy: custom.closed_by }),
    package: annotation.package.replace(/^data\./, ''),
    file: file.path,
    relatedResources: annotation.relatedResources ?? [],
    ...writtenIn(file),
  };
}

function domainOf(file: PolicyFile): string {
  return file.path.split('/')[0] ?? '';
}

function setsOf(rules: readonly DeclaredRule[]): string[] {
  return POLICY_SETS.filter((name) => rules.some((rule) => rule.name === name));
}

function problemsOf(annotation: Annotation, file: PolicyFile, rules: readonly DeclaredRule[]): string[] {
  const validator = schemaValidator('policy');
  if (!validator(annotation.custom)) return (validator.errors ?? []).map(customSentence);
  const custom = annotation.custom as PolicyCustom;
  return [
    ...textProblems(annotation, custom),
    ...pathProblems(custom),
    ...appliesProblems(custom),
    ...elementProblems(custom),
    ...ruleProblems(rules),
    ...(file.builtIn ? ruleBookProblems(annotation, custom, file) : []),
  ];
}

function customSentence(error: ErrorObject): string {
  const extra =
    error.keyword === 'additionalProperties' ? ` (${String(error.params['additionalProperty'])})` : '';
  const allowed =
    error.keyword === 'enum' ? `: ${(error.params['allowedValues'] as string[]).join(', ')}` : '';
  return `METADATA custom${error.instancePath.replaceAll('/', '.')} ${error.message ?? 'is invalid'}${extra}${allowed}.`;
}

function textProblems(annotation: Annotation, custom: PolicyCustom): string[] {
  const lacking = [
    annotation.title ? undefined : 'title',
    annotation.description ? undefined : 'description',
    custom.remediation.trim() ? undefined : 'custom.remediation',
    custom.closed_by === undefined || custom.closed_by.trim() ? undefined : 'custom.closed_by',
  ].filter((name) => name !== undefined);
  const id = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(custom.id)
    ? []
    : [`METADATA custom.id "${custom.id}" must be lower-case words with hyphens.`];
  return [...lacking.map((name) => `METADATA has no ${name}.`), ...id];
}

function pathProblems(custom: PolicyCustom): string[] {
  const schema = publishedSchema(dossierSchemaName(custom.subject));
  const unknown = (name: string, paths: readonly string[]) =>
    paths
      .filter((path) => !/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*$/.test(path) || !hasPath(schema, path))
      .map((path) => `METADATA custom.${name}: a ${custom.subject} dossier has no "${path}".`);
  const ofElements = (custom.elements ?? []).flatMap(({ requires = [] }) => requires);
  return [
    ...unknown('requires', [...custom.requires, ...ofElements]),
    ...unknown('presence', custom.presence ?? []),
    ...unknown('absences', custom.absences ?? []),
    ...supposesProblems(custom),
  ];
}

function supposesProblems({ subject, supposes = [] }: PolicyCustom): string[] {
  const schema = publishedSchema(dossierSchemaName(subject));
  return supposes
    .filter((path) => path.split('.').length !== 2 || valuesAt(schema, path).length === 0)
    .map(
      (path) =>
        `METADATA custom.supposes: "${path}" is no field of a member of a ${subject} dossier that has one of a few values.`,
    );
}

function ruleProblems(rules: readonly DeclaredRule[]): string[] {
  const wrong = rules
    .filter(({ name, kind }) => POLICY_SETS.some((set) => set === name) && kind !== 'set')
    .map(({ name }) => `${name} must be a set: write "${name} contains ... if { ... }".`);
  const none = rules.some(({ name }) => name === 'violations') ? [] : ['The policy defines no violations.'];
  return [...new Set([...wrong, ...none])];
}

/** Checks what holds for keyproof's own policies only: folder, package, id and schema agree. */
function ruleBookProblems(annotation: Annotation, custom: PolicyCustom, file: PolicyFile): string[] {
  const name = custom.id.replaceAll('-', '_');
  const path = `${domainOf(file)}/${name}/${name}.rego`;
  return [
    DOMAINS.includes(domainOf(file)) ? undefined : `${domainOf(file)} is no group of the rule book.`,
    file.path === path ? undefined : `The policy ${custom.id} belongs in ${path}.`,
    annotation.package === `data.policies.${domainOf(file)}.${name}`
      ? undefined
      : `Its package must be policies.${domainOf(file)}.${name}.`,
    isTyped(annotation) ? undefined : schemaSentence(custom.subject),
    custom.action === undefined ? 'METADATA has no custom.action.' : undefined,
    custom.effort === undefined ? 'METADATA has no custom.effort.' : undefined,
    custom.closed_by === undefined ? 'METADATA has no custom.closed_by.' : undefined,
  ].filter((message) => message !== undefined);
}

/** Returns the sentence on what METADATA must state for a misspelt field to be found. */
export function schemaSentence(subject: SubjectKind): string {
  return `METADATA schemas must say "- input: schema["${dossierSchemaName(subject)}"]".`;
}

function isTyped({ schemas = [], custom }: Annotation): boolean {
  const schema = `schema["${dossierSchemaName((custom as PolicyCustom).subject)}"]`;
  return schemas.some((one) => one.path === 'input' && one.schema === schema);
}

/**
 * Finds packages without METADATA. A package with violations is meant to be a policy: without its METADATA it would be
 * left out in silence.
 */
function withoutMetadata(inspection: Inspection, annotations: readonly Annotation[]): PolicyProblem[] {
  const known = new Set(annotations.map((annotation) => annotation.package));
  const rules = inspection.rules.filter((rule) => rule.name === 'violations' && !known.has(rule.package));
  const first = new Map(rules.reverse().map((rule) => [rule.package, rule.location]));
  return [...first.entries()].map(([name, { file, row }]) => ({
    file,
    row,
    message: `Package ${name.replace(/^data\./, '')} has violations but no METADATA with custom.id above its package line.`,
  }));
}

/**
 * Returns the policies sorted by id, and those whose id is taken: by keyproof's own, or by the file that comes first.
 */
function byId(declared: readonly DeclaredPolicy[]): { first: DeclaredPolicy[]; later: PolicyProblem[] } {
  const first = new Map<string, DeclaredPolicy>();
  const isOwn = ({ policy }: DeclaredPolicy) => policy.domain !== 'custom';
  const inOrder = [...declared.filter(isOwn), ...declared.filter((one) => !isOwn(one))];
  const later = inOrder.flatMap((one) => {
    const earlier = first.get(one.policy.id);
    if (earlier === undefined) first.set(one.policy.id, one);
    const message = `The id ${one.policy.id} is taken by ${earlier?.policy.package}.`;
    return earlier === undefined ? [] : [{ file: one.module, row: 1, message }];
  });
  return { first: [...first.values()].sort(byText(({ policy }) => policy.id)), later };
}
