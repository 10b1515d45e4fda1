import type { Policy } from '../model/index.js';
import { dossierSchemaName, publishedSchema, valuesAt } from './dossier-schema.js';

/** A field by which a policy chooses, and what it may be. */
type Choice = {
  path: string;
  values: readonly (string | boolean)[];
};

/**
 * Returns the Rego for what a policy judges (`judged`): what it says of the dossier as it is (`stated`), and, if a field by
 * which it chooses a limit or a duty is unknown, what it says by every value that the field may have. Of a field of METADATA
 * `applies` only the values that the policy concerns are tried: by any other it does not apply.
 *
 * @param clean outcome if nothing is wrong and nothing is missing.
 */
export function alikeResult(policy: Policy, clean: string): string {
  const scope = scopeChoices(policy);
  const choices = [...scope, ...supposedChoices(policy)];
  if (choices.length === 0) return 'judged := stated\n';
  const names = choices.map((_, index) => `part_${index}`);
  return `by_value := [{"supposed": part.supposed, "answer": answer} |
${choices.map((choice, index) => `\tsome part_${index} in data.lib.alike.choices(${pathOf(choice)}, ${JSON.stringify(choice.values)})`).join('\n')}
	part := object.union_n([{"supposed": {}}, ${names.join(', ')}])
	answer := stated with input as object.union(input, part)
]

${beyond(scope)}

judged := data.lib.alike.settled(stated, answers, ${asked(policy, clean)}) if {
	count(stated.missing) > 0
	data.lib.alike.asks(stated, [${choices.map(pathOf).join(', ')}])
} else := stated
`;
}

/** Returns the fields of METADATA `applies` without which the policy cannot decide. */
function scopeChoices({ subject, applies = {}, requires }: Policy): Choice[] {
  return Object.entries(applies)
    .map(([field, values]) => ({ path: `${subject}.${field}`, values }))
    .filter(({ path }) => requires.includes(path));
}

function supposedChoices({ subject, supposes = [] }: Policy): Choice[] {
  const schema = publishedSchema(dossierSchemaName(subject));
  return supposes.map((path) => ({ path, values: valuesAt(schema, path) }));
}

/** Returns the answers by the values that the policy judges, and by those that it does not concern: a list, since a set hashes every answer. */
function beyond(scope: readonly Choice[]): string {
  if (scope.length === 0) return 'answers := by_value';
  const paths = scope.map(pathOf).join(', ');
  return `answers := array.concat(by_value, [answer |
	some path in [${paths}]
	answer := data.lib.alike.beyond(path)
])`;
}

function pathOf({ path }: Choice): string {
  return JSON.stringify(path.split('.'));
}

function asked({ id, severity, elements = [] }: Policy, clean: string): string {
  const ids = elements.length === 0 ? [id] : elements.map((element) => element.id);
  return JSON.stringify({ elements: ids, severity, clean });
}
