import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { publishedSchema, type Schema } from '../../src/policies/dossier-schema.js';
import { policiesRoot } from './rule-book.js';

/** What a dossier holds is there for a rule: a field that no rule names is evidence that nobody looks at. */

const UNREAD: { [field: string]: string } = {
  'as_of.iso': 'is the as-of date in words; rules count with ms',
  'key.stated_by': 'says what states a field, for classify and the reports',
  'key.account_kind': 'is a fact that mappings ask for',
  'key.interactive_login_capable': 'is a fact that mappings ask for',
  'key.rotation_enabled': 'is a setting of the store; rules judge the rotations',
  'key.rotation_interval_days': 'is a setting of the store; rules judge the rotations',
  'principal.members_listed': 'gives what a group holds to its members before rules look',
  'principal.member_of': 'gives what a group holds to its members before rules look',
  'principal.department': 'is for rules of scope and for reports',
  owned_keys: 'is for rules of a bank on people who own keys',
  'repository.visibility': 'is for reports: a private repository is judged as a public one',
  'vendor.vendor_id': 'is the name of the subject',
};

it.each(
  readdirSync(new URL('../../src/model/schemas/', import.meta.url)).filter((name) => /^dossier-/.test(name)),
)('every field of %s is named by a rule, or says what it is for', (file) => {
  const schema = publishedSchema(file.replace('.json', ''));
  expect(fieldsOf(schema).filter((field) => !isRead(field))).toEqual([]);
});

const rego = textOf(policiesRoot);
const scopes = new Set(
  namesIn(publishedSchema('config'), publishedSchema('config').properties?.applicability),
);

function isRead(field: string): boolean {
  const [member = '', name = member] = field.split('.');
  return field in UNREAD || member === 'entity' || scopes.has(name) || new RegExp(`\\b${name}\\b`).test(rego);
}

/** Members, and the fields of those that are objects; what lists hold is left out. */
function fieldsOf(root: Schema): string[] {
  return namesIn(root, root).flatMap((member) => [
    member,
    ...namesIn(root, root.properties?.[member]).map((field) => `${member}.${field}`),
  ]);
}

function namesIn(root: Schema, schema: Schema | undefined): string[] {
  if (schema === undefined) return [];
  const { $ref, anyOf = [], properties = {} } = schema;
  const referred = $ref === undefined ? [] : namesIn(root, root.definitions?.[$ref.split('/').at(-1) ?? '']);
  return [...referred, ...anyOf.flatMap((each) => namesIn(root, each)), ...Object.keys(properties)];
}

/** The rules and libraries, tests left out. */
function textOf(folder: URL): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.rego') && !name.endsWith('_test.rego'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
}
