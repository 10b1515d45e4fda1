import { isObject } from '../../../../text/is-object.js';
import { entryOf } from '../../../fields/json.js';
import { type Parsed, parsed, unparsable } from '../../../fields/parsed.js';
import { quote } from '../../../fields/quote.js';
import { type HclItem, type HclValue, parseHcl } from './hcl.js';

/** One path of a policy, with what it allows. */
export type PolicyPath = {
  /** Path as Vault matches it, without a slash at the beginning. */
  path: string;
  /** Capabilities; only `deny` if that is among them. */
  capabilities: ReadonlySet<string>;
  /** Why a request that the capabilities allow may be refused. */
  limits: readonly string[];
  /** The same, for requests that write only. */
  writeLimits: readonly string[];
  /** Line of the policy it begins on; null for JSON. */
  line: number | null;
};

/** A policy: its name if the text states one, and its paths in the order of the text. */
export type PolicyText = { name: string | null; paths: PolicyPath[] };

/** Capabilities of the old member `policy`. */
const OLD: { readonly [word: string]: readonly string[] } = {
  deny: ['deny'],
  read: ['read', 'list'],
  write: ['create', 'read', 'update', 'delete', 'list'],
  sudo: ['create', 'read', 'update', 'delete', 'list', 'sudo'],
};
const CAPABILITIES = [
  ...['create', 'read', 'update', 'patch', 'delete', 'list', 'sudo', 'deny'],
  ...['subscribe', 'recover', 'scan'],
];
/** Members of a path that limit no request for one secret. */
const HARMLESS = [
  'capabilities',
  'policy',
  'comment',
  'pagination_limit',
  'subscribe_event_types',
  'list_scan_response_keys_filter_path',
];
const LIMITS: { readonly [member: string]: string } = {
  min_wrapping_ttl: 'the answer must be wrapped (min_wrapping_ttl)',
  max_wrapping_ttl: 'the answer must be wrapped (max_wrapping_ttl)',
  control_group: 'others must approve each request (control_group)',
  mfa_methods: 'a second factor is asked for (mfa_methods)',
  expiration: 'the path counts until a time of its own (expiration)',
};
const WRITE_LIMITS = ['allowed_parameters', 'denied_parameters', 'required_parameters'];

/** Reads the text of a policy, which is HCL or JSON. */
export function parsePolicy(text: string): Parsed<PolicyText> {
  if (text.trimStart().startsWith('{')) return parseJsonPolicy(text);
  const items = parseHcl(text);
  return items.ok ? policyOf(items.value) : items;
}

/** Reads a policy as a JSON object: `{path: {"secret/data/*": {capabilities: [...]}}}`. */
export function policyOfObject(value: Record<string, unknown>): Parsed<PolicyText> {
  const items = Object.entries(value).flatMap(([name, one]) =>
    name === 'path' ? pathItems(one) : [{ keys: [name], value: one as HclValue, line: 0 }],
  );
  return policyOf(items);
}

function parseJsonPolicy(text: string): Parsed<PolicyText> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? policyOfObject(value) : unparsable('it is no object');
  } catch {
    return unparsable('it begins as JSON and is none');
  }
}

function pathItems(value: unknown): HclItem[] {
  return [value].flat().flatMap((one) =>
    Object.entries(isObject(one) ? one : { '': one }).map(([path, members]) => ({
      keys: ['path', path],
      value: isObject(members) ? itemsOf(members) : 'no object',
      line: 0,
    })),
  );
}

function itemsOf(members: Record<string, unknown>): HclItem[] {
  return Object.entries(members).map(([name, value]) => ({
    keys: [name],
    value: value as HclValue,
    line: 0,
  }));
}

function policyOf(items: readonly HclItem[]): Parsed<PolicyText> {
  const paths = new Map<string, PolicyPath>();
  let name: string | null = null;
  for (const item of items) {
    const [first = '', ...labels] = item.keys;
    if (first === 'name' && typeof item.value === 'string') name = item.value;
    else if (first !== 'path') return unparsable(`${quote(first)} is no member of a Vault policy`);
    for (const { keys, value, line } of first === 'path' ? blocksIn(item, labels) : []) {
      const path = pathOf(keys, value, line);
      if (!path.ok) return path;
      paths.set(path.value.path, together(paths.get(path.value.path), path.value));
    }
  }
  return parsed({ name, paths: [...paths.values()] });
}

/** Returns the blocks of `path "a" {...}`, or of `path = {"a" = {...}}`. */
function blocksIn(item: HclItem, labels: string[]): HclItem[] {
  if (labels.length > 0 || !isBlock(item.value)) return [{ ...item, keys: labels }];
  return item.value;
}

function isBlock(value: HclValue): value is HclItem[] {
  return Array.isArray(value) && value.every((one) => isObject(one) && Array.isArray(one.keys));
}

function pathOf(keys: readonly string[], value: HclValue, line: number): Parsed<PolicyPath> {
  const [stated = ''] = keys;
  const path = stated.replace(/^\//, '');
  if (keys.length !== 1 || path === '' || !isBlock(value)) {
    return unparsable(`a path${line > 0 ? ` on line ${line}` : ''} is no block with one path`);
  }
  if (path.includes('+*')) return unparsable(`the path ${quote(path)} has +*, which Vault refuses`);
  const capabilities = capabilitiesOf(value);
  return capabilities.ok
    ? parsed({ path, capabilities: capabilities.value, ...limitsOf(value), line: line || null })
    : unparsable(`the path ${quote(path)} ${capabilities.reason}`);
}

function capabilitiesOf(block: readonly HclItem[]): Parsed<ReadonlySet<string>> {
  const words = [...member(block, 'capabilities'), ...member(block, 'policy').flatMap(oldWord)];
  const wrong = words.find((word) => !CAPABILITIES.includes(lowered(word)));
  if (wrong !== undefined) return unparsable(`has the capability ${quote(wrong)}, which is not known`);
  const known = new Set(words.map(lowered));
  return parsed(known.has('deny') ? new Set(['deny']) : known);
}

function member(block: readonly HclItem[], name: string): unknown[] {
  return block.filter(({ keys }) => keys[0] === name).flatMap(({ value }) => [value].flat());
}

function lowered(word: unknown): string {
  return typeof word === 'string' ? word.toLowerCase() : '';
}

function oldWord(word: unknown): readonly unknown[] {
  return entryOf(OLD, lowered(word)) ?? [word];
}

function limitsOf(block: readonly HclItem[]): Pick<PolicyPath, 'limits' | 'writeLimits'> {
  const names = block.map(({ keys }) => keys[0] ?? '').filter((name) => !HARMLESS.includes(name));
  const ofWrites = names.filter((name) => WRITE_LIMITS.includes(name));
  return {
    limits: names
      .filter((name) => !ofWrites.includes(name))
      .map((name) => entryOf(LIMITS, name) ?? `its member ${quote(name)} is not worked out`),
    writeLimits: ofWrites.map((name) => `what may be written is limited (${name})`),
  };
}

/** Returns two blocks of the same path as one: a denial of either counts. */
function together(first: PolicyPath | undefined, second: PolicyPath): PolicyPath {
  if (first === undefined) return second;
  const all = new Set([...first.capabilities, ...second.capabilities]);
  return {
    ...first,
    capabilities: all.has('deny') ? new Set(['deny']) : all,
    limits: [...new Set([...first.limits, ...second.limits])],
    writeLimits: [...new Set([...first.writeLimits, ...second.writeLimits])],
  };
}
