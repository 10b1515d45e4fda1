import { isObject } from '../../../../text/is-object.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { parseInstant } from '../../../fields/instants.js';
import { textOf } from '../../../fields/json.js';
import { below, type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { constantsOf } from '../../../fields/stated-in-config.js';
import { keysIn, meaningOfRole, type RoleMeaning } from './roles.js';

const AGAIN = 'export again with gcloud projects get-iam-policy --format=json.';
const MEMBER =
  /^(deleted:)?(user|serviceAccount|group|domain|principal|principalSet|projectOwner|projectEditor|projectViewer):(.+)$/;
const LIMITS =
  'Policies of folders and the organisation, policies of single secrets, deny policies and members of groups are not in the export, and conditions other than an end are taken to hold.';
const NO_PROJECT =
  'A policy does not say of which project it is: its grants are counted for keys of every Google Cloud project. State it in keyproof.yaml (constants: {key_id: projects/<project>}).';
const UNKNOWN_PROJECT = 'the export does not say which project the policy is of';
const NO_CONDITIONS = 'a table of roles and members has no conditions';
const CONDITION_HOLDS = 'a condition of the binding is taken to hold';
const LEFT_OUT = 'leaves out bindings of custom roles, whose definitions it does not have';
const UNKNOWN_ROLES =
  'What some roles allow is in their definitions, which the export does not have (gcloud iam roles describe): their bindings are left out.';

/**
 * Google Cloud IAM policy of a project, folder or organisation: `gcloud projects get-iam-policy --format=json` or
 * `getIamPolicy` of the REST API. Follows https://cloud.google.com/iam/docs/reference/rest/v1/Policy
 * - `--flatten=bindings[].members` gives one member a row: `bindings` is an object then, and `--format="csv(bindings.role,bindings.members)"`
 *   a table without the conditions.
 * - Only roles that reach keys become grants, one for each member; others are left out and counted. A custom role with
 *   "secret", "apiKey" or "serviceAccountKey" in its name does something that is not known.
 *   A binding of another custom role is a gap of the export.
 * - The policy does not name its resource: `constants: {key_id: projects/<project>}` does.
 * - A condition `request.time < timestamp(...)` is when the grant ends. A deleted member is left out and counted.
 */
export const adapter: Adapter = {
  id: 'gcp-iam-policy',
  title: 'Google Cloud IAM policy (JSON, CSV of get-iam-policy)',
  recognisedBy: '`bindings` with `role` and `members`; columns `role`, `members`',
  proves: 'to whom roles that reach keys are bound, and until when if a condition says so',
  cannot:
    'of which project it is, inherited and secret-level policies, deny policies, members of groups, what custom roles allow',
  produces: ['grants', 'principals'],
  formats: ['json', 'csv'],
  signature: ['bindings', 'etag', 'version', 'auditConfigs'],
  recognise,
  open,
};

function recognise({ keys, head, header }: FileSample): { version: string | null } | null {
  if (header !== null) {
    const isTable = header.length === 2 && header.includes('role') && header.includes('members');
    return isTable && /(?:^|,)"?(?:projects\/[^,]+\/|organizations\/[^,]+\/)?roles\//m.test(head)
      ? { version: 'table of gcloud' }
      : null;
  }
  return keys.includes('bindings') && /"role"\s*:\s*"(?:roles\/|projects\/|organizations\/)/.test(head)
    ? { version: null }
    : null;
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const stated = textOf(constantsOf('grants', context)['key_id']);
  const scope: PolicyScope =
    stated === null
      ? { scope: 'projects/*', doubts: [UNKNOWN_PROJECT] }
      : { scope: stated.replace(/\/\*?$/, '') };
  const doubts = [...(scope.doubts ?? []), ...(file.header === null ? [] : [NO_CONDITIONS])];
  const known = new Set<string>();
  return {
    items: ['$.bindings', '$', ''],
    convert(raw) {
      context.warn(LIMITS);
      if (stated === null) context.warn(NO_PROJECT);
      return bindingGrants(bindingOf(raw), [{ ...scope, doubts }], known, context);
    },
  };
}

/** Returns the binding that a record is, or holds if it was flattened. */
function bindingOf(raw: RawRecord): RawRecord {
  const { bindings } = raw.value;
  return isObject(bindings) ? { ...raw, record: below(raw.record, ['bindings']), value: bindings } : raw;
}

/** What a policy is of. */
export type PolicyScope = {
  /** The project, `projects/<project>`, every project (`projects/*`), or one secret. */
  scope: string;
  /** Projects that are not in it. */
  except?: readonly string[];
  /** Why it may be more than the policy is of. */
  doubts?: readonly string[];
};

/**
 * Returns the grants of a binding in each scope that it counts for, and its members as principals once.
 * @param known members that are principals already
 */
export function bindingGrants(
  raw: RawRecord,
  scopes: readonly PolicyScope[],
  known: Set<string>,
  context: AdapterContext,
): Emit[] {
  const r = reading(raw, context, AGAIN);
  const role = r.need('role', r.text('role'), 'There is no role: every binding has one.') ?? '';
  const members = r.need('members', r.list('members'), 'There are no members: every binding has some.') ?? [];
  if (r.failed) return [];
  const meaning = meaningOfRole(role);
  if (!meaning) return leaveOut(meaning === undefined, role, context);
  return members.flatMap((member) => {
    const principal = principalOf(member);
    if (principal === null) {
      context.skip('grant of a deleted member');
      return [];
    }
    const isNew = !known.has(member);
    known.add(member);
    return [
      ...(isNew ? r.emit('principals', principal) : []),
      ...scopes.flatMap((scope) => grantsIn(r, scope, principal.principal_id, { role, meaning })),
    ];
  });
}

function leaveOut(isUnknown: boolean, role: string, context: AdapterContext): Emit[] {
  if (isUnknown) context.warn(UNKNOWN_ROLES);
  if (isUnknown && !role.startsWith('roles/')) context.lacks('grants', LEFT_OUT);
  context.skip(isUnknown ? 'role whose definition is not in the export' : 'role that reaches no key');
  return [];
}

function grantsIn(
  r: Reading,
  { scope, except = [], doubts = [] }: PolicyScope,
  holder: string,
  { role, meaning }: { role: string; meaning: RoleMeaning },
): Emit[] {
  const all = [...doubts, ...(isConditional(r) ? [CONDITION_HOLDS] : [])];
  return meaning.flatMap(({ action, keys }) =>
    r.emit('grants', {
      principal_id: holder,
      key_id: keysIn(scope, keys),
      action,
      effect: 'allow',
      role,
      removed_at: () => r.read('condition.expression', endOf),
      justification: () => r.text(['condition.description', 'condition.title']),
      ...(except.length > 0 ? { except_keys: except.map((project) => `${project}/*`) } : {}),
      ...(all.length > 0 ? { over_approximation: all } : {}),
    }),
  );
}

type Principal = Draft<'principals'> & { principal_id: string };

/** Returns a member as a principal; null if it was deleted. */
function principalOf(member: string): Principal | null {
  const [, deleted, type, name = ''] = MEMBER.exec(member) ?? [];
  if (deleted !== undefined) return null;
  if (type === undefined || !['user', 'serviceAccount', 'group'].includes(type))
    return { principal_id: member };
  const kind = type === 'user' ? 'human' : type === 'serviceAccount' ? 'service' : null;
  return { principal_id: name, aliases: [member], kind, ...(type === 'group' ? { group: true } : {}) };
}

/** Returns whether a condition limits the binding by more than an end. */
function isConditional(r: Reading): boolean {
  return r.states('condition.expression') && !ENDS.test(textOf(r.value('condition.expression')) ?? '');
}

const ENDS = /^\s*request\.time\s*<=?\s*timestamp\(['"]([^'"]+)['"]\)\s*$/;

/** Returns when a condition ends the grant; null if it says nothing about an end, or is more than that. */
function endOf(expression: unknown): ReturnType<typeof parseInstant> {
  const text = ENDS.exec(textOf(expression) ?? '')?.[1];
  return text === undefined ? { ok: true, value: null } : parseInstant(text);
}
