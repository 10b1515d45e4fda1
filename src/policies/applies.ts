import { didYouMean, type Policy, type PolicyCustom, type SubjectKind } from '../model/index.js';
import { dossierSchemaName, publishedSchema, valuesAt } from './dossier-schema.js';

/** The fields of a subject that METADATA `applies` may name: `lib.lifecycle` has a reason for every value of theirs. */
export const APPLIES_FIELDS: { [K in SubjectKind]?: readonly string[] } = {
  key: ['status', 'environment'],
  route: ['status', 'environment', 'external'],
  repository: ['in_scope'],
};

/** Returns the values that a policy concerns, by field of its subject. */
export function appliesOf({ applies = {} }: PolicyCustom): NonNullable<Policy['applies']> {
  return Object.fromEntries(Object.entries(applies).map(([field, value]) => [field, [value].flat()]));
}

/** Returns what is wrong with METADATA `applies`, a sentence each. */
export function appliesProblems(custom: PolicyCustom): string[] {
  const fields = APPLIES_FIELDS[custom.subject] ?? [];
  return Object.entries(appliesOf(custom)).flatMap(([field, values]) => {
    if (!fields.includes(field)) return [unknownField(custom.subject, field, fields)];
    const known = valuesAt(publishedSchema(dossierSchemaName(custom.subject)), `${custom.subject}.${field}`);
    return values
      .filter((value) => !known.includes(value))
      .map((value) => `METADATA custom.applies.${field}: "${value}" is none of ${known.join(', ')}.`);
  });
}

function unknownField(subject: SubjectKind, field: string, fields: readonly string[]): string {
  if (fields.length === 0)
    return `METADATA custom.applies: a ${subject} has no field for it; write not_applicable instead.`;
  return `METADATA custom.applies: a ${subject} has no "${field}" for it${didYouMean(field, fields)}`;
}

/** Returns the Rego that states why a policy does not concern its subject. */
export function outOfScope({ subject, applies = {} }: Policy): string[] {
  return Object.entries(applies).map(
    ([field, values]) => `not_applicable contains reason if {
${values.map((value) => `	input.${subject}.${field} != ${JSON.stringify(value)}\n`).join('')}	reason := data.lib.lifecycle.reasons.${subject}.${field}[input.${subject}.${field}]
}
`,
  );
}
