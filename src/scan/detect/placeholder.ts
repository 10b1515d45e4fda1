const WORDS =
  /change[-_ ]?(?:me|it|this)|your[-_ ]?\w|(?:^|[^a-z])my[-_]?(?:secret|password|pass|token|key|api)|example|sample|placeholder|dummy|fake|replace|insert[-_]|enter[-_ ]|fill[-_ ]|todo|fixme|redacted|masked|hidden|removed|lorem|foobar|not[-_]?(?:a[-_]?)?(?:real|secret|set$)|notsecret|supersecret|secretpassword|^(?:some|any|top)[-_]?(?:password|pass|secret|token|key)$|(?:^|[-_])here$|goes[-_]?here|unset|undefined|^(?:null|none|nil|true|false|empty|required|optional|string|text|value|default)$/i;
const MASK =
  /^[xX*.\-_#?•…~=]+$|^(.)\1{3,}$|^.{0,24}?(.)\2{5,}.{0,24}$|[xX]{6,}|^[xX]{3}|^.{0,12}[xX]{4,}.{0,12}$|\*{3,}|\.{3,}|…/;
/** Keys that emulators, documentation and standards publish: Azurite, AWS, jwt.io, RFC 5849, RFC 6749, RFC 6750. */
const WELL_KNOWN =
  /^(?:kkk9d7dh3k39sjv7|hh5s93j4hdidpola|hdhd0244k9j7ao03|dpf43f3p2l4k5l03|kd94hf93k423kf44|nnch734d00sl2jdk|pfkkdhi9sl3r4s00|2YotnFZFEjr1zCsicMWpAA|tGzv3JOkF0XG5Qx2TlKWIA|czZCaGRSa3F0MzpnWDFmQmF0M2JW|mF_9\.B5f-4\.1JqM)$|^Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1|^wJalrXUtnFEMI|^AKIAIOSFODNN7|SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c$/;
const SEQUENCE =
  /(?:0?123456789|12345678|abcdef(?:gh|123)|abcdefghij|qwerty|deadbeef|aaaa1111|a1b2c3d4|1234abcd)/i;

const GUESSED_FIRST =
  /^(?:(?:root|admin|administrator|test|abc|pass|user|sa|foo|bar|toor)\d{0,4}|(?:0|1|12|123)?(?:1234|12345|123456|1234567|12345678|123456789|000000|111111)0?|password\d?|secret\d?|letmein|qwerty|p@ssw0rd)$/i;

/** Returns that a password is one that everybody tries first, so that the file tells nothing that is secret; null if it is not. */
export function commonPassword(value: string): string | null {
  return GUESSED_FIRST.test(value) ? 'the value is a common default password' : null;
}

/**
 * Returns why a value stands in for a secret and is none itself: a word that says so, a mask, or keys in their order. Null if it
 * may be one.
 */
export function placeholderReason(value: string): string | null {
  if (WELL_KNOWN.test(value)) return 'the value is published for development';
  if (value.length <= 128 && /([^A])\1{7,}/.test(value)) return 'the value is a mask';
  if (MASK.test(value)) return 'the value is a mask';
  const word = WORDS.exec(value);
  if (word) return 'the value says that it is a placeholder';
  return value.length >= 16 && SEQUENCE.test(value) ? 'the value is a sequence' : null;
}

/** Returns why the password in Base64 of `user:password` is none, as placeholderReason does; null for any other value. */
export function decodedPlaceholder(value: string): string | null {
  if (value.length > 200 || !/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value))
    return null;
  const password = /^[\x21-\x39\x3b-\x7e]+:([\x20-\x7e]+)\n?$/.exec(
    Buffer.from(value, 'base64').toString('latin1'),
  )?.[1];
  return password === undefined ? null : (placeholderReason(password) ?? commonPassword(password));
}
