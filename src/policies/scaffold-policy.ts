import { KeyproofError, type Severity, type SubjectKind } from '../model/index.js';
import { dossierSchemaName } from './dossier-schema.js';
import type { JsonChange } from './json-patch.js';

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

/**
 * Returns the files of a new policy, by path: a rule with METADATA, its test and its examples. They pass `policy check`
 * and `policy test` as they are, so that whoever changes them sees at once what a change does.
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
    ([example, changes]) => [`${name}/examples/${example}.json`, exampleText(changes)] as const,
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
#   action: Say in a line what to do
#   remediation: Say what to do about a violation, in one or two sentences.
#   effort: configuration
#   closed_by: Say which export shows that it is mended.
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

/** Returns what the examples change in `policies/examples/<subject>.json`. */
function examplesOf(subject: SubjectKind): { [name: string]: JsonChange[] } {
  const named = (value: string | null): JsonChange => ({
    op: 'replace',
    path: `/${subject}/${TEXT_FIELD[subject]}`,
    value,
  });
  const exception: JsonChange = { op: 'replace', path: '/subject/id', value: 'the-exception' };
  return {
    'pass-matching': [named('nb-example')],
    'fail-not-matching': [named('example')],
    'not-applicable-exception': [exception, named('example')],
    ...(subject === 'organisation' ? {} : { 'no-evidence-unknown': [named(null)] }),
  };
}

function exampleText(changes: readonly JsonChange[]): string {
  const lines = changes.map((change) => `  ${spaced(change)}`);
  return `[\n${lines.join(',\n')}\n]\n`;
}

/** Returns a change in one line, as a formatter leaves it. */
function spaced(change: JsonChange): string {
  const members = Object.entries(change).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
  return `{ ${members.join(', ')} }`;
}
