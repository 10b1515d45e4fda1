/**
 * What a name says of its value: a password, which a person may have chosen, a secret made by a machine, or a key, which may as well be
 * that of a record.
 */
export type NameKind = 'password' | 'secret' | 'key';

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const PASSWORD = list(
  'password passwd pwd pass passphrase passcode passw psw pword pw passwort kennwort contrasena senha mdp requirepass masterauth',
);
const NOT_PASSWORD = list('bypass compass trespass surpass encompass overpass underpass');
const SECRET = list(
  'secret token apikey apitoken authtoken accesstoken refreshtoken secretkey accesskey privatekey authkey appsecret appkey clientsecret jwtsecret bottoken licensekey signingkey encryptionkey masterkey sharedkey secretid keypass storepass accountkey sessionkey apisecret credential credentials oauth bearer mnemonic otpsecret totp webhooksecret skey',
);
/** Words that make a secret of the word `key` after them. */
const QUALIFIES_KEY = list(
  'api access secret private auth authorization encryption encrypt crypt crypto signing sign signature master app application account storage service license licence jwt hmac aes des rsa session security shared client consumer server write admin deploy subscription cookie webhook merchant in secure nonce push bot rest dev prod live test partner bank payment psp cipher hash salt db database ssh server wallet sdk maps',
);
const QUALIFIES_SALT = list('auth secure in nonce logged password hash jwt session cookie app secret');
/** Words that may follow the word that counts. */
const MAY_FOLLOW = list(
  'prod production dev development test testing live staging stage sandbox uat qa local base value val str string plain plaintext default old new current primary secondary backup db hex b64 base64 raw main root admin user key env account phrase code digest one two a b c cbc ecb iv',
);
const NEVER = list(
  'public csrf xsrf next page continuation cancellation cancel forgot reset show hide has is no not use enable enabled disable max min num count pagination foreign partition sort i18n error invalid incorrect mismatch wrong bad missing message label text title description header prefix suffix policy strength placeholder regex pattern rule field input type url uri link path file filename dir directory length size expires expiry expiration timeout ttl ref arn lookup parser lexer node match matches without with if when requires require require required optional cached cache parse get fetch confirm update',
);

/** Words beside which `key` names a record, a place or a public value. */
const NOT_A_SECRET_KEY = list(
  'cache primary object storage record row item entry map group react route event trace query site publishable publish fingerprint hash checksum id idempotency idempotent locale bucket s3 metric feature module chunk vendor dataset column unique composite attribute property setting config react test tests encrypted wrapped sha md signature uuid guid',
);

/** What AWS calls a token that makes a request idempotent, what Postman sends with each request, and the name of who signed a link. */
const NO_SECRET = /^client_?request_?token$|^postman-token$|^x-(?:amz|goog)-credential$/i;

/** Names that were judged: versions of a file have the same ones. */
const JUDGED = new Map<string, NameKind | null>();
const MOST_JUDGED = 50_000;

/** Returns what a name says of its value; null if it does not say that it is a secret. */
export function nameKind(name: string): NameKind | null {
  const known = JUDGED.get(name);
  if (known !== undefined) return known;
  const kind = judgedKind(name);
  if (JUDGED.size >= MOST_JUDGED) JUDGED.clear();
  JUDGED.set(name, kind);
  return kind;
}

function judgedKind(name: string): NameKind | null {
  const words = wordsOf(name);
  if (words.some((word) => NEVER.has(word)) || NO_SECRET.test(name)) return null;
  const at = words.findLastIndex((word, index) => kindAt(words, index, word) !== null);
  if (at < 0) return isPlainKey(words) ? 'key' : null;
  if (!words.slice(at + 1).every((word) => MAY_FOLLOW.has(word) || /^\d+$/.test(word))) return null;
  return kindAt(words, at, words[at] ?? '');
}

function isPlainKey(words: readonly string[]): boolean {
  return (
    /^(?:key|.{2,}key|pat|psk|jwt|auth|creds?)$/.test(words.at(-1) ?? '') &&
    !words.some((word) => NOT_A_SECRET_KEY.has(word))
  );
}

/** Returns the words of an identifier, lower case: `dbPassword2` is `db`, `password`. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase().replace(/(?<=[a-z])\d+$/, ''))
    .filter((word) => word !== '');
}

function kindAt(words: readonly string[], index: number, word: string): NameKind | null {
  if (
    PASSWORD.has(word) ||
    (/(?:password|passwd|pwd|passphrase|.{2}pass|.{2}pw)$/.test(word) && !NOT_PASSWORD.has(word))
  )
    return 'password';
  if (SECRET.has(word) || /(?:secret|apikey|token|secretkey|accesskey)$/.test(word)) return 'secret';
  const before = words[index - 1] ?? '';
  if (word === 'key' && QUALIFIES_KEY.has(before)) return 'secret';
  return word === 'salt' && QUALIFIES_SALT.has(before) ? 'secret' : null;
}
