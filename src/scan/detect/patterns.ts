import type { Detected, Shape } from './detected.js';
import { isIdentifierPath } from './judge-value.js';
import { commonPassword, decodedPlaceholder, placeholderReason } from './placeholder.js';
import { isMachineMade } from './random-text.js';

/** A pattern with a place for a secret; the group `secret` is that place. */
export type SecretPattern = {
  /** Rule id. */
  rule: string;
  /** Words of which one stands in its line, lower case. Those of one character are looked for in its own files only. */
  words: readonly string[];
  /** Files it is for; all if left out. */
  files?: RegExp;
  /** Pattern with a group `secret` (or group 1, or all of it). */
  pattern: RegExp;
  /** How sure its shape is. */
  shape: Shape;
  /** Whether a matched value may be one; with the groups of the pattern. */
  accepts?: (value: string, groups?: Readonly<Record<string, string | undefined>>) => boolean;
};

/** Returns whether a value is one, and not a reference to it or a word that stands for it. */
export const isGivenValue = (value: string): boolean =>
  value.length >= 3 &&
  !/^[$%{<[(]|[{}<>]|\$[\w{(]|%[sdv(]|^\*+$|^:|\s|\.\.\./.test(value) &&
  !/^(?:pass(?:word|wd)?|pw|pwd|(?:client_?|app_?)?secret|(?:access_?|auth_?)?token|api_?key|user(?:name)?|xxx+|your\w*)$/i.test(
    value,
  );

/** Length of what follows the mark of a token. */
const LEAST_MARKED = 20;
/** Keys that are published with a page, and the ids of Checkout sessions at Stripe, which go to the browser. */
const PUBLIC_MARK = /^(?:pk|pub|public|publishable|cs)[_-]/i;
/** Length of a token where one is expected. */
const LEAST_TOKEN = 16;

/** Formats that have a place for a secret: connection strings, headers, commands, password files. */
export const FORMAT_PATTERNS: readonly SecretPattern[] = [
  {
    rule: 'connection-string',
    words: ['://'],
    pattern:
      /\b[a-z][a-z0-9+.-]{1,30}:\/\/(?:[^\s:@/"'`<>{}()[\]|,;]{0,100}):(?<secret>[^\s:/"'`<>{}()[\]|,;]{3,200}?)@(?=[\w.[-])[\w.[\]-]{1,200}/gi,
    shape: 'format',
    accepts: isGivenValue,
  },
  {
    rule: 'connection-string',
    words: ['password=', 'pwd='],
    pattern:
      /(?:server|data source|host|initial catalog|database|uid|user id|user)\s*=[^"'`\r\n]{1,300}?;\s*(?:password|pwd)\s*=\s*(?<secret>[^;"'`\s]{3,128})/gi,
    shape: 'format',
    accepts: isGivenValue,
  },
  {
    rule: 'url-parameter',
    words: ['token=', 'key=', 'secret=', 'password=', 'passwd=', 'appid='],
    pattern:
      /[?&#](?:access[-_]?(?:token|key)|api[-_]?(?:key|token)|auth[-_]?(?:token|key)|client_secret|secret(?:[-_]?key)?|password|passwd|token|key|appid|app_?key|private_token|subscription-key)=(?<secret>[\w.~+/=-]{12,200})(?=[&\s"'`<>)\\#]|$)/gi,
    shape: 'context',
    accepts: isToken,
  },
  {
    rule: 'authorization-header',
    words: ['authorization', 'bearer'],
    pattern: /\bBearer\s+(?<secret>[A-Za-z0-9_\-.~+/]{16,600}=*)(?![\w}>])/g,
    shape: 'format',
    accepts: isToken,
  },
  {
    rule: 'authorization-header',
    words: ['basic '],
    pattern: /\bBasic\s+(?<secret>[A-Za-z0-9+/]{12,300}={0,2})(?![\w}>])/g,
    shape: 'format',
    accepts: isUserAndPassword,
  },
  {
    rule: 'authorization-header',
    words: ['authorization', 'x-api-key', 'x-auth-token', 'private-token', 'x-vault-token', 'apikey:'],
    pattern:
      /(?:authorization|x-api-key|x-auth-token|private-token|x-vault-token|apikey)["'`]?\s*[:,=]\s*["'`]?(?:(?!basic|bearer|digest)[a-z][\w-]{1,20}(?:\s+|=)){0,2}(?<secret>[A-Za-z0-9_\-.~+/=]{16,400})(?=["'`\s\\,]|$)/gi,
    shape: 'format',
    accepts: isToken,
  },
  {
    rule: 'command-password',
    words: ['curl ', 'wget '],
    pattern:
      /\bcurl\b[^|;\r\n]{0,300}?\s(?:-u|--user)[\s=]*["']?(?:[\w.@-]{0,80}:["']?(?<secret>[^\s"'`<>]{3,128})|(?<other>(?=[^\s"':]{0,80}\d)[^\s"'`<>:$]{12,128}):?["'\s])/g,
    shape: 'format',
    accepts: isGivenValue,
  },
  {
    rule: 'command-password',
    words: ['-u ', '--user '],
    pattern:
      /(?:^|\s)(?:-u|--user)\s+["']?[\w.@+-]{1,80}:["']?(?<secret>[A-Za-z0-9_.~+/=-]{16,128})(?=["'\s]|$)/g,
    shape: 'format',
    accepts: (value) => isMachineMade(value, LEAST_TOKEN),
  },
  {
    rule: 'command-password',
    words: ['mysql', 'mongo', 'sshpass', 'redis-cli', 'docker login', 'expect '],
    pattern:
      /\b(?:mysql(?:dump|admin)?|mongo(?:dump|restore)?|sshpass|redis-cli|docker login)\b[^|;\r\n]{0,200}?\s(?:-p|-a )\s?["']?(?<secret>(?=[^\s"'`<>$-]*[A-Za-z])[^\s"'`<>$-][^\s"'`<>$]{3,128})(?=["'`\s]|$)/g,
    shape: 'format',
    accepts: (value) => isGivenValue(value) && !/^\d+:\d+$/.test(value) && !/^[a-z]+$/.test(value),
  },
  {
    rule: 'sql-password',
    words: ['identified by', 'password'],
    pattern:
      /(?:\b(?:grant|create|alter|set)\b[^\r\n]{0,300}?\s|^[\s"'`(-]*)(?:identified\s+(?:with\s+\w+\s+)?by|with\s+(?:login\s+|encrypted\s+)?password|alter\s+(?:user|role)\s+\S+\s+(?:with\s+)?(?:encrypted\s+)?password|PASSWORD\s*\()\s*=?\s*(?:password\s+)?\\?["'](?<secret>[^"'\\\s]{4,128})\\?["']/gi,
    shape: 'format',
    accepts: isGivenValue,
  },
  {
    rule: 'command-password',
    words: ['convertto-securestring'],
    pattern:
      /ConvertTo-SecureString\s+(?:-String\s+)?["'](?<secret>[^"'$\s]{4,128})["'][^\r\n]*-AsPlainText/gi,
    shape: 'format',
    accepts: isGivenValue,
  },
  {
    rule: 'command-password',
    words: ['-password ', 'psexec'],
    pattern:
      /\s-Password\s+["']?(?<secret>[^\s"'$()<>-][^\s"'$()<>]{3,128})|\bpsexec(?:\.exe)?\s[^\r\n]{0,120}?\s-p\s+(?<other>[^\s"'$%<>-][^\s"'$%<>]{3,128})/gi,
    shape: 'format',
    accepts: isGivenValue,
  },
  {
    rule: 'login-call',
    words: ['networkcredential(', 'directoryentry(', 'directoryservices'],
    pattern:
      /\b(?:NetworkCredential\(|DirectoryEntry\(\s*"[^"]{1,200}"\s*,)\s*"[^"\s]{1,80}"\s*,\s*"(?<secret>[^"\s]{6,128})"/gi,
    shape: 'context',
    accepts: isGivenValue,
  },
  {
    rule: 'sql-password',
    words: ['password'],
    pattern:
      /\b(?:create|alter)\s+(?:user|role|login)\b[^;\r\n]{1,160}?\bpassword\s*=?\s*N?\\?["'](?<secret>[^"'\\\s]{4,128})\\?["']/gi,
    shape: 'format',
    accepts: isGivenValue,
  },
  {
    rule: 'command-password',
    words: ['pass:', 'storepass', 'keypass'],
    pattern:
      /\s-(?:pass|passin|passout)\s+["']?pass:(?<secret>[^\s"'`$<>]{4,128})|\s-(?:(?:src|dest)?storepass|(?:src|dest)?keypass)\s+["']?(?<other>[^\s"'`$<>]{4,128})/g,
    shape: 'format',
    accepts: isGivenValue,
  },
  {
    rule: 'private-key-der',
    words: ['mii', 'mighageamb', 'mhccaqeei', 'mc4caqawbqydk2vwbciei'],
    pattern:
      /(?<=\S.{0,120})(?<![A-Za-z0-9+/])(?<secret>(?:MII[A-J][A-Za-z0-9+/]{2}IBA(?:AK|DAN)[A-Za-z0-9+/]{100,8000}|MIGHAgEAMB[A-Za-z0-9+/]{100,240}|MHcCAQEEI[A-Za-z0-9+/]{100,240}|MC4CAQAwBQYDK2VwBCIEI[A-Za-z0-9+/]{43,50})={0,2})/g,
    shape: 'format',
  },
  {
    rule: 'marked-token',
    words:
      'live_ test_ prod_ sandbox_ staging_ dev_ rest_ uat_ sk_ rk_ ak_ tk_ pri_ priv_ sec_ secret_ key_ token_ api_ admin_ bot_ oauth_ pat_ sat_ oat_ live- prod- sk- key- token- secret- pat- apikey-'.split(
        ' ',
      ),
    pattern:
      /(?<![\w/.-])(?<secret>(?:[A-Za-z][A-Za-z0-9]{0,11}[_-]){0,2}(?:live|test|prod|production|sandbox|staging|dev|rest|uat|sk|rk|ak|tk|priv?|sec|secret|key|token|api|apikey|admin|bot|oauth|pat|sat|oat)[_-](?:[a-z]{1,8}_)?(?<random>[A-Za-z0-9]{20,200}))(?![\w.:/-])/g,
    shape: 'context',
    accepts: (value, groups) =>
      !PUBLIC_MARK.test(value) && isMachineMade(groups?.['random'] ?? '', LEAST_MARKED),
  },
  {
    rule: 'jwk-private',
    words: [' d:', "'d'"],
    pattern:
      /(?<=[\s{,](?:d|'d')\s{0,3}:\s{0,3}["'])(?<secret>[\w-]{43}|[\w-]{64}|[\w-]{86,88}|[\w-]{170,700})(?=["'])/g,
    shape: 'format',
    accepts: (value) => /\d/.test(value) && /[A-Z]/.test(value),
  },
  {
    rule: 'private-key-base64',
    words: ['ls0tls1crudjti'],
    pattern: /(?<secret>LS0tLS1CRUdJTi[A-Za-z0-9+/]{60,8000}={0,2})/g,
    shape: 'format',
    accepts: isPrivateKey,
  },
  {
    rule: 'wireguard-private-key',
    words: ['privatekey'],
    pattern: /^\s*PrivateKey\s*=\s*(?<secret>[A-Za-z0-9+/]{43}=)\s*$/g,
    shape: 'format',
  },
  {
    rule: 'vault-unseal-key',
    words: ['unseal'],
    pattern:
      /\bunseal\s+(?:key(?:\s+\d{1,2})?\s*[:=]\s*)?(?<secret>[A-Za-z0-9+/]{43}[A-Za-z0-9+/=])(?![\w+/=])/gi,
    shape: 'format',
    accepts: isToken,
  },
  {
    rule: 'docker-registry-auth',
    words: ['"auth"', 'auth\\'],
    pattern: /"auth\\{0,3}"\s*:\s*\\{0,3}"(?<secret>[A-Za-z0-9+/]{12,6000}={0,2})\\{0,3}"/g,
    shape: 'format',
    accepts: isUserAndPassword,
  },
  {
    rule: 'netrc-password',
    words: ['machine '],
    pattern: /\bmachine\s+[\w.-]{3,120}\s+login\s+\S{1,80}\s+password\s+"?(?<secret>[^\s"'`$<>{}]{4,128})/g,
    shape: 'format',
    accepts: isGivenValue,
  },
  {
    rule: 'password-hash',
    words: ['$8$', '$9$', '$krb5asrep$', '$krb5tgs$'],
    pattern:
      /(?<secret>\$[89]\$[./A-Za-z0-9]{14}\$[./A-Za-z0-9]{43}|\$krb5(?:asrep|tgs)\$\d\d\$[^\s$]{0,200}\$[^\s]{32,4000})/g,
    shape: 'issuer',
  },
  {
    rule: 'password-hash',
    words: ['$1$', '$5$', '$6$', '$y$', '$2a$', '$2b$', '$2y$', '$apr1$', '{ssha}', 'pbkdf2_sha256$'],
    pattern:
      /(?<secret>\$(?:1|apr1)\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|\$[56]\$(?:rounds=\d+\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{43,86}|\$y\$[./A-Za-z0-9]+\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}|\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}|\{SSHA\}[A-Za-z0-9+/]{28,60}={0,2}|pbkdf2_sha256\$\d+\$[\w]+\$[A-Za-z0-9+/]{43}=)(?![./A-Za-z0-9])/g,
    shape: 'format',
  },
  // Files of their own format
  {
    rule: 'netrc-password',
    words: ['password'],
    files: /(?:^|\/)[._]netrc$|\.netrc$/i,
    pattern: /\bpassword\s+"?(?<secret>[^\s"]+)/gi,
    shape: 'format',
  },
  {
    rule: 'pgpass-password',
    words: [':'],
    files: /(?:^|\/)\.?pgpass(?:\.conf)?$/i,
    pattern: /^[^#:\s][^:]*:(?:\d+|\*):[^:]*:[^:]*:(?<secret>(?:\\.|[^:\\\s])+)\s*$/g,
    shape: 'format',
  },
  {
    rule: 'git-credentials',
    words: ['://'],
    files: /(?:^|\/)\.git-credentials$/i,
    pattern: /^https?:\/\/[^:/]+:(?<secret>[^\s]+)@[^@\s/]+\s*$/g,
    shape: 'format',
  },
  {
    rule: 'docker-registry-auth',
    words: ['auth'],
    files:
      /(?:^|\/)(?:\.docker\/config\.json|\.?dockercfg|\.dockerconfigjson|docker-?config\.json|auth\.json)$/i,
    pattern: /"(?:auth|identitytoken|registrytoken)"\s*:\s*"(?<secret>[^"\s]{8,})"/g,
    shape: 'format',
  },
  {
    rule: 'npm-registry-auth',
    words: ['_auth', '_password'],
    pattern: /(?:^|[:\s])_(?:auth|authToken|password)\s*=\s*"?(?<secret>[^\s"'$][^\s"']{5,})/g,
    files: /npmrc|\.ya?ml$|dockerfile|\.sh$/i,
    shape: 'format',
  },
  {
    rule: 'jenkins-secret',
    words: ['{aqaaab'],
    pattern: /\{(?<secret>AQAAAB[A-Za-z0-9+/]{30,4000}={0,2})\}/g,
    shape: 'format',
  },
  {
    rule: 'filezilla-password',
    words: ['<pass'],
    pattern: /<Pass(?:\s+encoding="\w+")?>(?<secret>[^<\s]{3,})<\/Pass>/g,
    shape: 'format',
  },
  {
    rule: 'browser-login',
    words: ['encryptedpassword', 'encryptedusername'],
    pattern: /"encrypted(?:Password|Username)"\s*:\s*"(?<secret>[A-Za-z0-9+/=]{24,})"/g,
    shape: 'format',
  },
  {
    rule: 'dotfile-password',
    words: ['password', 'passphrase', 'pass'],
    files:
      /(?:^|\/)(?:\.?(?:esmtp|mutt|msmtp|fetchmail|offlineimap|mbsync|getmail|wget|curl|lftp|irssi|weechat|my|pypi|boto|s3cfg|dbshell|psql|mongo|redis)(?:rc|\.cnf|\.conf)?|\.my\.cnf|redis\.conf|[^/]*vnc[^/]*|wpa_supplicant\.conf)$/i,
    pattern:
      /^(?!\s*[#;]).*?\b(?:password|passphrase|pass|requirepass|masterauth|psk)[ \t=]+"?(?<secret>[^\s"';#]{4,})/gi,
    shape: 'format',
  },
  {
    rule: 'rails-master-key',
    words: '0 1 2 3 4 5 6 7 8 9'.split(' '),
    files: /(?:^|\/)(?:config\/)?(?:credentials\/)?(?:master|production|staging|development)\.key$/i,
    pattern: /^(?<secret>[0-9a-f]{32})\s*$/g,
    shape: 'format',
  },
  {
    rule: 'token-object',
    words: ['token'],
    pattern:
      /token\\?["']?\s*[:=]\s*\\?["']\{[^{}]{0,120}?\\?"(?:sig|signature|secret|key|token|value)\\?"\s*:\s*\\?"(?<secret>[A-Za-z0-9+/=_-]{24,200})\\?"/gi,
    shape: 'context',
    accepts: (value) => /\d/.test(value),
  },
  {
    rule: 'login-call',
    words: ['login(', 'authenticate(', 'connect('],
    pattern:
      /\b(?:login|logIn|signIn|authenticate)\(\s*["'`][\w.+@-]{2,80}["'`]\s*,\s*["'`](?<secret>[^"'`\s]{6,128})["'`]/g,
    shape: 'context',
    accepts: (value) => isGivenValue(value) && /\d|[^A-Za-z]|.{12}/.test(value),
  },
];

function isUserAndPassword(base64: string): boolean {
  const text = Buffer.from(base64, 'base64').toString('latin1').trim();
  if (/^_json_key(?:_base64)?:\s*\S/.test(text)) return true;
  return (
    /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(text) &&
    isGivenValue(text.slice(text.indexOf(':') + 1).replaceAll(' ', '-'))
  );
}

/** Returns whether base64 begins with the first line of a private key. */
function isPrivateKey(base64: string): boolean {
  return /^-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/.test(
    Buffer.from(base64.slice(0, 80), 'base64').toString('latin1'),
  );
}

/** Returns what patterns find in a text. */
export function matchPatterns(text: string, path: string, patterns: Iterable<SecretPattern>): Detected[] {
  const found: Detected[] = [];
  for (const { rule, files, pattern, shape, accepts } of patterns) {
    if (files && !files.test(path)) continue;
    for (const match of text.matchAll(pattern)) {
      const value = match.groups?.['secret'] ?? match.groups?.['other'] ?? match[1] ?? match[0];
      if (accepts && !accepts(value, match.groups)) continue;
      const at = match.index + match[0].lastIndexOf(value);
      const common = shape === 'context' || rule === 'connection-string' ? commonPassword(value) : null;
      const placeholder =
        placeholderReason(value) ??
        common ??
        decodedPlaceholder(value) ??
        exampleHost(match[0]) ??
        sameUser(rule, match[0], value) ??
        formPlaceholder(text.slice(0, at));
      found.push({ rule, at, value, shape, placeholder });
    }
  }
  return found;
}

/** Returns that a password in a connection string or a command of SQL is the name of its user; null if it is not. */
function sameUser(rule: string, text: string, password: string): string | null {
  const user =
    rule === 'connection-string'
      ? /:\/\/([^:@/]+):/.exec(text)?.[1]
      : rule === 'sql-password'
        ? /\b(?:user|role|login)\s+(?:if\s+not\s+exists\s+)?["'`]?(\w+)/i.exec(text)?.[1]
        : undefined;
  return user === password ? 'the value is the name of the user' : null;
}

/** Returns that a value is the text that a field of a form shows before anything is typed; null if it is not. */
function formPlaceholder(before: string): string | null {
  return /placeholder["']?\s*[:=]\s*\{?["'`]$/i.test(before) ? 'the value is shown in an empty field' : null;
}

/** Returns that a host is reserved for examples (RFC 2606, RFC 6761); null if it is not. */
function exampleHost(text: string): string | null {
  const isExample =
    /@(?:[\w-]+\.)*(?:example(?:\.\w+)?|invalid|test|host(?:name)?|foo\.\w+|bar\.\w+)(?=[:/?#"'\s]|$)/i.test(
      text,
    );
  return isExample ? 'the host is an example' : null;
}

function isToken(value: string): boolean {
  return (
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    isGivenValue(value) &&
    !isIdentifierPath(value) &&
    !/^[A-Za-z_]+\.[A-Za-z_]+/.test(value)
  );
}
