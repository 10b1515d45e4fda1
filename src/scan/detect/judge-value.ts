import { entropyOf } from './entropy.js';
import type { FileClass } from './file-class.js';
import { commonPassword, decodedPlaceholder, placeholderReason } from './placeholder.js';
import { isMachineMade } from './random-text.js';
import { type NameKind, wordsOf } from './secret-names.js';

/** Where a value stands. */
export type ValueContext = {
  /** Name it is given. */
  name: string;
  /** Whether it is in quotes. */
  isQuoted: boolean;
  /** What the file is for. */
  fileClass: FileClass;
  /** Whether it belongs to tests or documentation: a word is a password there too, and suppressed with the reason. */
  isSuppressed: boolean;
};

/** Whether a value is a secret; with the reason if it is a placeholder for one. */
export type Verdict = { isSecret: false } | { isSecret: true; placeholder: string | null };

const NO: Verdict = { isSecret: false };
/** Words of a language that are no value. */
const LITERAL =
  /^(?:null|none|nil|true|false|undefined|yes|no|on|off|NaN|void|auto|optional|required|disabled|enabled|utf-?8|utf-?16|ascii|latin-?1|base64(?:url)?|hex|iso-8859-\d+)$/i;

/** Text that stands for a value known elsewhere or for many: variables, templates, calls, references to a vault, patterns. */
const REFERENCE =
  /^[$@%&!](?![\w!@#%^&*-]{0,60}[!@#%^&*\d][\w!@#%^&*-]*$)|^\$[\w{(]|[$#%]\{|\{\{|\}\}|<%|%>|%\(|^(?:%[sdv])+$|%[A-Z_]{2,40}%|^<[^>]*>?$|^\[[^\]]*\]$|^\{[^}]*\}?$|^(?:process\.|os\.|env\.|ENV\b|System\.|config\.|this\.|self\.|settings\.|vault:|ssm:|arn:|secret:|secrets?\/|projects\/|file:|\.?\.?\/|~\/|[A-Za-z]:\\)|^ENC\(|^(?:#{2,}|@|__|%%)\w+(?:#{2,}|@|__|%%)$|^['"]\$[\w{(]|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:PASSWORD|PASSWD|PWD|PASS|TOKEN|SECRET|KEY)$|^!|^\\|\][{]\d+(?:,\d*)?[}]|\$\(|\w\((?:.*\)|$)|::|=>|->|&&|\|\|/;
const LOOKS_LIKE_OTHER =
  /^https?:|^(?:pk|pub|cs)_(?:live|test|prod|sandbox)_\w+$|^(?:pi|seti|src|cs)_\w+_secret_\w+$|^[a-z_]+(?::[\w,.]+)?(?:\|[a-z_]+(?::[\w,.]+)?)+$|^[\w.+-]+@[\w-]+\.[\w.]+$|^\d{4}-\d\d-\d\d|^(?:hmac-)?(?:sha\d+|md5)[-:]|^[\d.,:/\- ]+$(?<!^\d{4,12}$)|^[~^]?\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?$|^\w+:\d+$|^#[0-9a-f]{3,8}$|^[a-z_/]+#[a-z_]+[?!]?$|^(?:application|text)\/|^[\w-]+\.(?:pem|key|crt|cer|p12|jks|json|ya?ml|txt|env|js|ts|py|rb|php|html?|vue|java|go|svg|png|md|com|org|net|io)$|^(?:int|bool|boolean|char|varchar|void|self|var|let|const|str|bytes|object|any|number|Optional|String)\b[\w()[\]?<>|, ]*$/i;
const SECRET_TEXT = /^[A-Za-z0-9+/=_\-.:~!@#$%^&*,|?]+$/;

/** Judges whether the value that a name of this kind is given is a secret. */
export function judgeValue(kind: NameKind, value: string, context: ValueContext): Verdict {
  const text = value.trim();
  if (kind === 'secret' && context.isQuoted && isRandomText(text))
    return { isSecret: true, placeholder: null };
  if (
    text.length < 4 ||
    /\s/.test(text) ||
    LITERAL.test(text) ||
    REFERENCE.test(text) ||
    LOOKS_LIKE_OTHER.test(text)
  )
    return NO;
  if (repeatsItsName(text, context.name)) return NO;
  if (!IS_PLAUSIBLE[kind](text, context)) return NO;
  return {
    isSecret: true,
    placeholder:
      placeholderReason(text) ?? commonPassword(text) ?? decodedPlaceholder(text) ?? namedForTests(context),
  };
}

/** Returns whether a text of any characters is too mixed to be written by a person, as the keys and salts of web frameworks are. */
function isRandomText(text: string): boolean {
  const marks = text.match(/[^A-Za-z0-9\s]/g)?.length ?? 0;
  return (
    /^[\x20-\x7e]+$/.test(text) &&
    text.length >= 32 &&
    text.length <= 128 &&
    marks >= 6 &&
    /\d/.test(text) &&
    entropyOf(text) >= 4.4 &&
    !isPath(text) &&
    !/[A-Za-z_]{9,}|\][{]\d|[{][{]|[$]\w*\W?[{]|https?:|\s\w+\s\w+\s/.test(text)
  );
}

const IS_PLAUSIBLE: { readonly [K in NameKind]: (text: string, context: ValueContext) => boolean } = {
  password: isPassword,
  secret: isMachineSecret,
  key: (text) => isMachineMade(text, LEAST_KEY),
};
/** Longer values are data, characters. */
const MOST_SECRET = 1_200;
/** From this length a word shows whether a machine made it. */
const LEAST_MADE = 16;
/** A value of a name that may be that of a record is a secret from this length. */
const LEAST_KEY = 20;

const FOR_TESTS = new Set([
  'test',
  'tests',
  'testing',
  'mock',
  'mocked',
  'fake',
  'dummy',
  'stub',
  'sample',
  'example',
]);

/** Returns that a name in a file of tests says that its value is for tests; null if it does not. */
function namedForTests({ name, isSuppressed }: ValueContext): string | null {
  const isForTests = isSuppressed && wordsOf(name).some((word) => FOR_TESTS.has(word));
  return isForTests ? 'the name says that the value is for tests' : null;
}

const NAMING = new Set(
  'password passwd pwd pass passphrase secret token key api apikey apitoken accesstoken authtoken accesskey secretkey auth access client user username id name value private public credentials credential new old confirm current the db database app admin test refresh bearer basic oauth jwt session encrypted hash hashed plain string field type input required text session field default not null'.split(
    ' ',
  ),
);

/** Returns whether a value consists of words about secrets only: `client_secret`, `newPassword`. */
function repeatsItsName(text: string, name: string): boolean {
  const words = wordsOf(text);
  if (words.length === 0) return true;
  const named = new Set(wordsOf(name));
  if (/\d/.test(text) && !words.every((word) => named.has(word))) return false;
  return words.every((word) => NAMING.has(word) || named.has(word));
}

function isPassword(text: string, { name, isQuoted, fileClass, isSuppressed }: ValueContext): boolean {
  if (text.length > 128 || !isTyped(text) || /\\$|\w\[\w+[~^$*|]?=/.test(text)) return false;
  if (/^pass$/i.test(name) && !/\d/.test(text)) return false;
  if (fileClass === 'config' || fileClass === 'shell')
    return isQuoted || !/^[A-Za-z_]+(?:[./:][A-Za-z_]+)+$/.test(text);
  if (!isQuoted) return /\d/.test(text);
  return isSuppressed || isLongWord(text) || /\d/.test(text) || /[^A-Za-z0-9_.\- ]/.test(text);
}

/** Returns whether a text is of ASCII, or has a digit among other letters, so that it is no word of a translation. */
function isTyped(escaped: string): boolean {
  const text = escaped.replace(/\\u([0-9a-fA-F]{4})/g, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return (
    /^[\x21-\x7e]+$/.test(text) ||
    (/\d/.test(text) && /[A-Za-z]/.test(text) && !/[\p{C}\p{Z}\ufffd]/u.test(text))
  );
}

/** Returns whether a text is small letters only, more than a word of a language has, and says nothing of passwords as labels do. */
function isLongWord(text: string): boolean {
  return (
    /^[a-z]{12,40}$/.test(text) &&
    !/pass|word|secret|login|user|confirm|requi|valid|field|input|kennw|contras/.test(text)
  );
}

function isMachineSecret(text: string, context: ValueContext): boolean {
  if (text.length < 8 || text.length > MOST_SECRET || !SECRET_TEXT.test(text)) return false;
  if (isPath(text)) return false;
  if (isMachineMade(text, LEAST_MADE)) return true;
  if (isIdentifierPath(text)) return false;
  const bits = entropyOf(text);
  if (text.length < 16)
    return context.fileClass !== 'document' && /\d/.test(text) && /[A-Za-z]/.test(text) && bits >= 2.8;
  return bits >= 3 && (/\d/.test(text) || bits >= 4.2);
}

/** Returns whether a text is made of words: `kube-system.default`, `userTokenService`, `com.example.Key`. */
export function isIdentifierPath(text: string): boolean {
  if (/^\d+$/.test(text)) return false;
  const words = wordsOf(text);
  if (/[^\w.\-/:]/.test(text)) return false;
  const isWordy = words.every(
    (word) => /^[a-z]{1,24}$/.test(word) || /^\d{1,4}$/.test(word) || /^v?\d$/.test(word),
  );
  return isWordy && (words.length > 1 || /[._\-/:]/.test(text)) && entropyOf(text) < 4.3;
}

/** Returns whether a text is a path of names, as vaults and key managers have them: `prod/payments/api-key-F8uJ`. */
function isPath(text: string): boolean {
  const parts = text.split('/').filter((part) => part !== '');
  if (parts.length < 2 || /[+=]/.test(text)) return false;
  const names = parts.filter((part) => /^[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*$/.test(part));
  return names.length * 2 >= parts.length;
}
