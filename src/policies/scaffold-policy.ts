import { KeyproofError, type Severity, type SubjectKind } from '../model/index.js';
import { dossierSchemaName, publishedSchema, type Schema } from './dossier-schema.js';

/** What a new policy is to be. */
export type ScaffoldRequest = {
  /** Rule id: lower-case words with hyphens. */
  id: string;
  /** Kind of subject it examines. */
  subject: SubjectKind;
  /** Severity of its violations. */
  severity: Severity;
};

/** A text of each kind of subject that the first rule can look at. */
const TEXT_FIELD: { [K in SubjectKind]: string } = {
  key: 'name',
  principal: 'name',
  repository: 'owner',
  route: 'url',
  vendor: 'name',
  incident: 'title',
  organisation: 'name',
};

const AS_OF = { ms: 1790812799999, iso: '2026-09-30T23:59:59.999Z' };

/**
 * The files of a new policy, by path: a rule with METADATA, its test and its examples. They pass `policy check` and
 * `policy test` as they are, so that whoever changes them sees at once what a change does.
 *
 * @throws KeyproofError for an id that is none.
 */
export function scaffoldPolicy(request: ScaffoldRequest): { [path: string]: string } {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(request.id))
    throw new KeyproofError(
      `"${request.id}": a rule id is lower-case words with hyphens, such as key-naming.`,
    );
  const name = request.id.replaceAll('-', '_');
  const examples = Object.entries(examplesOf(request.subject)).map(
    ([example, value]) =>
      [`${name}/examples/${example}.json`, `${JSON.stringify(value, null, 2)}\n`] as const,
  );
  return {
    [`${name}/${name}.rego`]: ruleText(request, name),
    [`${name}/${name}_test.rego`]: testText(request, name),
    ...Object.fromEntries(examples),
  };
}

function ruleText({ id, subject, severity }: ScaffoldRequest, name: string): string {
  const field = `${subject}.${TEXT_FIELD[subject]}`;
  const records = subject === 'organisation' ? '[]' : `[input.${subject}.source]`;
  return `# METADATA
# title: The ${field} follows the naming rule
# description: >-
#   Say why this matters, the exact condition, and the reading chosen where the practice is vague.
# schemas:
#   - input: schema["${dossierSchemaName(subject)}"]
# custom:
#   id: ${id}
#   severity: ${severity}
#   subject: ${subject}
#   requires: [${field}]
#   params:
#     pattern: ^nb-
#   remediation: Say what to do about a violation, in one or two sentences.
package custom.${name}

# A reason that a record states: it concerns this subject, and the rule does not.
not_applicable contains "it is named as an exception" if input.subject.id in exceptions

# What a record proves. A value that is not there must not break the rule: METADATA requires makes it missing evidence.
violations contains {
	"message": sprintf("%s does not match %s", [input.${field}, pattern]),
	"facts": {"${TEXT_FIELD[subject]}": input.${field}, "pattern": pattern},
	"records": ${records},
} if {
	is_string(input.${field})
	not regex.match(pattern, input.${field})
}

pattern := data.params["${id}"].pattern

exceptions := {"the-exception"}
`;
}

function testText({ subject }: ScaffoldRequest, name: string): string {
  const field = TEXT_FIELD[subject];
  return `package custom.${name}_test

import data.custom.${name} as rule

dossier(text) := {
	"subject": {"kind": "${subject}", "id": "subject-1"},
	"${subject}": {"${field}": text, "source": {"file": "export.csv", "record": "row 2"}},
}

test_pass_matching if {
	rule.violations == set() with input as dossier("nb-example")
}

test_fail_not_matching if {
	some violation in rule.violations with input as dossier("example")
	violation.message == "example does not match ^nb-"
}

test_no_violation_where_unknown if {
	rule.violations == set() with input as dossier(null)
}

test_not_applicable_exception if {
	exempt := object.union(dossier("example"), {"subject": {"id": "the-exception"}})
	count(rule.not_applicable) == 1 with input as exempt
}
`;
}

function examplesOf(subject: SubjectKind): { [name: string]: unknown } {
  const unknown =
    subject === 'organisation' ? {} : { 'no-evidence-unknown': dossier(subject, 'subject-1', null) };
  return {
    'pass-matching': dossier(subject, 'subject-1', 'nb-example'),
    'fail-not-matching': dossier(subject, 'subject-1', 'example'),
    'not-applicable-exception': dossier(subject, 'the-exception', 'example'),
    ...unknown,
  };
}

function dossier(subject: SubjectKind, id: string, text: string | null): Record<string, unknown> {
  const schema = publishedSchema(dossierSchemaName(subject));
  const blank = smallest(schema, schema) as Record<string, unknown>;
  const own = blank[subject] as Record<string, unknown>;
  const key = `${subject}_id` in own ? { [`${subject}_id`]: id } : {};
  const source = 'source' in own ? { source: { file: 'export.csv', record: 'row 2' } } : {};
  return {
    ...blank,
    as_of: AS_OF,
    subject: { kind: subject, id },
    [subject]: { ...own, ...key, ...source, [TEXT_FIELD[subject]]: text },
  };
}

/** The smallest value a schema allows: null, else an empty one. */
function smallest(root: Schema, schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum.includes(null) ? null : schema.enum[0];
  const shapes = schema.anyOf ?? [];
  if (shapes.length > 0) return smallest(root, shapes.find(({ type }) => type === 'null') ?? shapes[0] ?? {});
  if (schema.$ref !== undefined) {
    const name = decodeURIComponent(schema.$ref.replace('#/definitions/', ''));
    return smallest(root, root.definitions?.[name] ?? {});
  }
  const types = [schema.type].flat();
  if (types.includes('null') || types.includes(undefined)) return null;
  if (types.includes('object')) return smallestObject(root, schema);
  if (types.includes('array')) return [];
  return types.includes('boolean') ? false : types.includes('string') ? 'example' : 0;
}

function smallestObject(root: Schema, { properties = {}, required = [] }: Schema): Record<string, unknown> {
  return Object.fromEntries(required.map((name) => [name, smallest(root, properties[name] ?? {})]));
}
