import { isObject } from '../../../../text/is-object.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { objectOf, textOf } from '../../../fields/json.js';
import type { Parsed } from '../../../fields/parsed.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { type PolicyPath, type PolicyText, parsePolicy, policyOfObject } from './policy-paths.js';
import { type PolicyRight, policyRights } from './policy-rights.js';

const AGAIN = 'export again with vault policy read NAME > NAME.hcl.';
const LIMITS =
  'Who holds a policy is not in the export: its rights are those of a group named vault-policy:NAME. If a token holds several policies, a more specific path of another one counts before these, which is not worked out.';
const ESCALATES =
  'A policy may write policies, tokens or roles of auth methods: who holds it can give itself any other right, which is not counted.';
const NO_NAME =
  'The policy has no name: name the file after it (payments-read.hcl), or read it with vault read -format=json sys/policies/acl/NAME.';
const WRITES = ['create', 'update', 'patch', 'sudo'];
const RIGHTS_ON_RIGHTS =
  /^(?!.*\{\{)(?:[*+]|sys\/?\*|sys\/polic|auth\/(?:\*|[^/]+\/(?:\*|(?:roles?|users?|groups?|map|certs?)\b))|identity\/(?:\*|entity|group))/;

/**
 * HashiCorp Vault and OpenBao: ACL policies as `vault policy read NAME` writes them (HCL, a file a policy, named after it) or `vault read
 * -format=json sys/policies/acl/NAME` (one document a policy, or a list of them). Follows
 * https://developer.hashicorp.com/vault/docs/concepts/policies
 * - A policy is a group `vault-policy:<name>`, which has a grant for each of its paths and each right on secrets of KV. Keys are named as
 *   the export of KV metadata names them: `secret/data/payments/*` is `secret/payments/*`.
 * - On `data` and in version 1 `read` reads the value, `create` makes, `update` and `patch` replace, `delete` revokes it; on `metadata`
 *   only `delete`, on `delete` and `destroy` only `update` counts. `list` shows names, `sudo` opens nothing of KV.
 * - Of several paths that match, the most specific counts alone, and `deny` before others on the same path: what it takes away is in
 *   `except_keys`. A denial of one secret without wildcards is a grant of its own.
 * - A policy does not state the version of a mount. One path with `/data/` proves version 2; otherwise a path below the mount counts with
 *   a reason in `over_approximation`, as do templates, `+`, parameters, wrapping and control groups.
 * - Paths of the system and of other engines give nothing and are counted.
 */
export const adapter: Adapter = {
  id: 'vault-policies',
  title: 'HashiCorp Vault or OpenBao ACL policies (HCL or JSON)',
  recognisedBy: 'blocks `path "..." {` with `capabilities`, alone or as text in `policy` or `rules`',
  proves: 'who may read, write or delete secrets of KV by a policy, which paths it leaves out or denies',
  cannot:
    'who holds a policy, what another policy of the same token takes away, the version of a mount, rights on other engines, and policies that were not exported',
  produces: ['grants', 'principals'],
  formats: ['text', 'json', 'ndjson'],
  signature: ['data', 'name', 'policy', 'rules', 'path', 'capabilities'],
  recognise,
  open,
};

const BLOCK = /^[ \t]*"?path"?\s*(?:=\s*)?(?:"[^"\n]+"\s*)?\{/m;
const MEMBERS = /\b(?:capabilities"?\s*=|policy"?\s*=\s*"(?:deny|read|write|sudo)")/;

function recognise({ kind, head, first, partial }: FileSample): { version: string | null } | null {
  if (kind === 'text') return BLOCK.test(head) && MEMBERS.test(head) ? { version: null } : null;
  const [element] = [first ?? partial].flat();
  return isPolicy(objectOf(element)) ? { version: null } : null;
}

/** Returns whether an object is a policy: one with its text, or one that is written in JSON itself. */
function isPolicy(value: Record<string, unknown>): boolean {
  const { policy, text } = partsOf(value);
  if (text !== null) return looksLikePolicy(text) || (text === '' && policy['name'] === 'root');
  const [paths] = [policy['path']].flat();
  const [block] = Object.values(objectOf(paths)).map(objectOf);
  return block !== undefined && (Array.isArray(block['capabilities']) || typeof block['policy'] === 'string');
}

function looksLikePolicy(text: string): boolean {
  return (BLOCK.test(text) && MEMBERS.test(text)) || /^\s*\{\s*"path"\s*:/.test(text);
}

/** Returns the object that holds a policy, and its text; null if it is written in JSON. */
function partsOf(value: Record<string, unknown>): { policy: Record<string, unknown>; text: string | null } {
  const policy = isObject(value['data']) ? value['data'] : value;
  const text = policy['policy'] ?? policy['rules'] ?? value['text'];
  return { policy, text: typeof text === 'string' ? text : null };
}

function open({ kind }: FileSample, context: AdapterContext): AdapterReader {
  const isAlone = (raw: RawRecord) => kind !== 'ndjson' && raw.list === '';
  return { items: ['$', ''], convert: (raw) => convert(raw, isAlone(raw) ? context.file : '', context) };
}

/** @param file path of the file that is named after the policy; empty if it may hold several */
function convert(raw: RawRecord, file: string, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const { policy, text } = partsOf(raw.value);
  const read = text === null ? policyOfObject({ path: policy['path'] }) : parsePolicy(text);
  const name = nameOf(policy, read, file);
  r.need(['data.name', 'name'], name, NO_NAME);
  if (!read.ok) r.reject(null, `The policy cannot be read: ${read.reason}; ${AGAIN}`);
  if (r.failed || !read.ok || name === null) return [];
  return rightsOf(r, name, read.value.paths, context);
}

function nameOf(policy: Record<string, unknown>, read: Parsed<PolicyText>, file: string): string | null {
  const ofFile = /([^/]+?)(?:\.(?:hcl|txt|policy|json|ndjson|jsonl|ya?ml))*(?:\.gz)?$/i.exec(file)?.[1] ?? '';
  const isNamed = /\.(?:hcl|txt|policy|json|ndjson|jsonl|ya?ml)(?:\.gz)?$/i.test(file);
  const stated = textOf(policy['name']) ?? (read.ok ? textOf(read.value.name) : null);
  return (stated ?? (isNamed ? textOf(ofFile) : null))?.toLowerCase() ?? null;
}

function rightsOf(r: Reading, name: string, paths: readonly PolicyPath[], context: AdapterContext): Emit[] {
  if (name === 'root') context.skip('policy root, which may do everything in Vault');
  if (paths.some(givesRights)) context.warn(ESCALATES);
  const rights = policyRights(paths);
  const stating = new Set(rights.map(({ path }) => path));
  for (const path of paths)
    if (!stating.has(path)) context.skip('path that gives no right on a secret of KV');
  if (rights.length === 0) return [];
  context.warn(LIMITS);
  const principal_id = `vault-policy:${name}`;
  return [
    ...r.emit('principals', { principal_id, name, group: true }),
    ...rights.flatMap((right) => grant(at(r, right, context), principal_id, name, right)),
  ];
}

/** Returns whether a path lets its holder change what it or others may do. */
function givesRights({ path, capabilities }: PolicyPath): boolean {
  return RIGHTS_ON_RIGHTS.test(path) && WRITES.some((word) => capabilities.has(word));
}

/** Returns a reading for a path of a file in HCL, with its line as the locator. */
function at(r: Reading, { path }: PolicyRight, context: AdapterContext): Reading {
  const isFile = 'text' in r.raw.value && path.line !== null;
  return isFile ? reading({ ...r.raw, record: `line ${path.line}` }, context, AGAIN) : r;
}

function grant(r: Reading, principal_id: string, name: string, right: PolicyRight): Emit[] {
  return r.emit('grants', {
    principal_id,
    key_id: right.keys,
    action: right.action,
    effect: right.effect,
    role: name,
    via: [`policy ${name}`, `path ${right.path.path}`],
    ...(right.except.length > 0 ? { except_keys: [...right.except] } : {}),
    ...(right.doubts.length > 0 ? { over_approximation: [...right.doubts] } : {}),
  });
}
