import { isIP } from 'node:net';
import type { Instant } from '../../model/index.js';
import { canBeKept, FINGERPRINT_KEY, keptHash } from '../../secrets/fingerprint-key.js';
import { isObject } from '../../text/is-object.js';
import { type InstantOptions, knownInstant, parseInstant, statedInstant } from './instants.js';
import type { Decimals, DurationUnit } from './numbers.js';
import { type Parsed, parsed, unparsable } from './parsed.js';
import { quote } from './quote.js';
import type { CanonicalField } from './record-fields.js';
import {
  isKnownNone,
  parseBoolean,
  parseEnum,
  parseList,
  parseNumber,
  parseQuotedText,
  parseText,
} from './values.js';

/** A value of a canonical record. */
export type FieldValue = string | number | boolean | string[] | Instant;

/** What a reader knows about the values of a file. */
export type ValueOptions = InstantOptions & {
  /** Sign before decimals in its numbers; null or absent if it does not state it. */
  decimals?: Decimals;
};

type Rule = (value: unknown, options: ValueOptions) => Parsed<FieldValue | null>;

/** Fields that need more than their type states. */
const RULES: { [field: string]: Rule } = {
  fingerprint: fingerprintStated,
  secret_sha256: (value) => mapped(hex(64, 'a SHA-256, 64 hex characters')(value), keptHash),
  document_sha256: hex(64, 'a SHA-256, 64 hex characters'),
  sha256: hex(64, 'a SHA-256, 64 hex characters'),
  prefix: shortPrefix,
  ip_allowlist: networks,
  roles: (value) => mapped(parseList(value), (roles) => roles.map((role) => role.toLowerCase())),
  scopes: (value) => parseList(value, [' ']),
  approved_scopes: (value) => parseList(value, [' ']),
  client_scopes: (value) => parseList(value, [' ']),
  upstream_scopes: (value) => parseList(value, [' ']),
  ciphers: (value) => parseList(value, [':']),
  min_tls: (value) => (isWord(value, 'none') ? parsed('none') : mapped(parseText(value), tlsVersion)),
  purpose: parseQuotedText,
  basis_ref: parseQuotedText,
  consent_basis: parseQuotedText,
  transfer_mechanism: parseQuotedText,
  root_cause: (value) => (isWord(value, 'unknown') ? parsed('') : parseText(value)),
  rate_limit_rps: zeroWhereNone,
  burst_rps: zeroWhereNone,
};

/** Texts of which there is always one, so that `""` states nothing. */
const NEVER_NONE = new Set(['fingerprint', 'secret_sha256', 'document_sha256', 'sha256']);

const NO_LIMIT =
  /^(\*|any|all|unrestricted|beliebig|alle|alles|tous|cualquiera|qualsiasi|qualquer|dowolny)$/i;

/**
 * Reads one field. Null if nothing is stated; `""` and `[]` if it is known to be none.
 * @param stated cell or member
 * @param cell whether it is a CSV cell: there an empty text states nothing; in JSON and YAML `""` means "known to be
 * none"
 */
export function readField(
  field: CanonicalField,
  stated: unknown,
  cell: boolean,
  options: ValueOptions,
): Parsed<FieldValue | null> {
  if (stated === '' && !cell && field.type === 'text' && !NEVER_NONE.has(field.name)) return parsed('');
  const rule = Object.hasOwn(RULES, field.name) ? RULES[field.name] : undefined;
  return rule ? rule(stated, options) : byType(field, stated, options);
}

function byType(field: CanonicalField, value: unknown, options: ValueOptions): Parsed<FieldValue | null> {
  switch (field.type) {
    case 'text':
      return parseText(value);
    case 'list':
      return parseList(value);
    case 'boolean':
      return parseBoolean(value);
    case 'number':
      return parseNumber(value, unitOf(field.name), options.decimals ?? null);
    case 'enum':
      return parseEnum(value, field.values);
    case 'instant':
      return isObject(value) ? instantObject(value) : parseInstant(value, options);
  }
}

/** Returns the unit that a field's name ends in. */
function unitOf(name: string): DurationUnit | null {
  if (name.endsWith('_days')) return 'days';
  if (name.endsWith('_hours')) return 'hours';
  return name.endsWith('_s') ? 'seconds' : null;
}

/** Returns an Instant written out, as keyproof itself writes it. */
function instantObject(value: Record<string, unknown>): Parsed<Instant> {
  const { state, ms, tolerance_ms: tolerance = 0, day } = value;
  if (
    state === 'known' &&
    Number.isSafeInteger(ms) &&
    Number.isSafeInteger(tolerance) &&
    Number(tolerance) >= 0
  ) {
    const written = typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null;
    return parsed(knownInstant(Number(ms), Number(tolerance), written));
  }
  if (state === 'never' || state === 'not-tracked' || state === 'not-applicable')
    return parsed(statedInstant(state));
  return unparsable(`${quote(value)} is not a date: expected a text or {state, ms, tolerance_ms}`);
}

/** Returns a reader of hex digits; what is no hash may be the secret itself, so it is never shown. */
function hex(digits: number, expected: string): (value: unknown) => Parsed<string | null> {
  return (value) => {
    const text = mapped(parseText(value), (stated) => stated.replace(/^sha-?256[:=]/i, ''));
    if (!text.ok || !text.value) return text.ok ? parsed(null) : unparsable(`not ${expected}`);
    const right = /^[0-9a-f]+$/i.test(text.value) && text.value.length >= digits && text.value.length <= 64;
    return right
      ? parsed(text.value.toLowerCase())
      : unparsable(`not ${expected} (the value is not shown, it may be a secret)`);
  };
}

function fingerprintStated(value: unknown): Parsed<string | null> {
  const start = mapped(hex(16, 'the first 16 or more hex characters of a SHA-256')(value), (digits) =>
    digits.slice(0, 32),
  );
  if (start.ok && start.value !== null && !canBeKept(start.value))
    return unparsable(
      `shorter than 32 hex characters: with ${FINGERPRINT_KEY} it can be joined with nothing`,
    );
  return mapped(start, keptHash);
}

function shortPrefix(value: unknown): Parsed<string | null> {
  const text = parseText(value);
  if (!text.ok || (text.value?.length ?? 0) <= 12) return text;
  return unparsable(
    'longer than 12 characters (not shown, it may be a secret); give only the visible prefix',
  );
}

function networks(value: unknown): Parsed<string[] | null> {
  const list = parseList(value, [' ']);
  if (!list.ok || list.value === null) return list;
  if (list.value.every((network) => NO_LIMIT.test(network))) return parsed([]);
  const wrong = list.value.find((network) => !isNetwork(network));
  if (wrong === undefined) return list;
  return unparsable(
    `${quote(wrong)} is not a network: expected an address or CIDR range such as 203.0.113.0/24, or "any"`,
  );
}

function isNetwork(text: string): boolean {
  const [address = '', length, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128));
}

function tlsVersion(text: string): string {
  return /^tls\s*v?\s*(1)[._](\d)$/i.exec(text)?.slice(1).join('.') ?? text;
}

function zeroWhereNone(value: unknown, { decimals = null }: ValueOptions): Parsed<number | null> {
  return typeof value === 'string' && isKnownNone(value) ? parsed(0) : parseNumber(value, null, decimals);
}

function isWord(value: unknown, word: string): boolean {
  return typeof value === 'string' && value.trim().toLowerCase() === word;
}

function mapped<T>(result: Parsed<T | null>, change: (value: T) => T): Parsed<T | null> {
  return result.ok && result.value !== null ? parsed(change(result.value)) : result;
}
