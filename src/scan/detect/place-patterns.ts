import { isGivenValue, type SecretPattern } from './patterns.js';
import { isMachineMade } from './random-text.js';
import { nameKind } from './secret-names.js';

/** An argument that is no option, path, plain word or name of a variable. */
const isArgument = (value: string): boolean =>
  isGivenValue(value) && !/^[-/.~\\]|^[a-z]+$|^[A-Z_]+$|[/\\]$/.test(value);
const isPasswordOfCall = (value: string): boolean =>
  isGivenValue(value) && /\d|[^A-Za-z]|.{12}/.test(value) && !/^[a-z]+[_-][a-z]+$/.test(value);
const isDrawn = (value: string): boolean => isArgument(value) && /\d/.test(value) && /[A-Za-z]/.test(value);
/** A value of a name: a password, or what a machine made. */
const isValueOfName = (value: string, groups?: Readonly<Record<string, string | undefined>>): boolean => {
  const kind = nameKind(groups?.['name'] ?? '');
  return kind === 'password' ? isArgument(value) : kind !== null && isMachineMade(value, 16);
};

const VALUE = `["']?(?<secret>[^\\s"'\`$<>|;&]{4,128})["']?`;

/** A command with a place for a password. */
function command(words: string, pattern: string): SecretPattern {
  const placed = new RegExp(pattern.replace('VALUE', VALUE), 'g');
  return {
    rule: 'command-password',
    words: words.split('|'),
    pattern: placed,
    shape: 'format',
    accepts: isArgument,
  };
}

/** A call with the name of a user and a password, or with an address, a user and a password. */
function login(words: string, call: string, before: 'user' | 'address, user'): SecretPattern {
  const text = `["'\`][^"'\`\\r\\n]{1,200}["'\`]`;
  const first = before === 'user' ? `${text}\\s*,` : `${text}\\s*,\\s*${text}\\s*,`;
  const pattern = new RegExp(`${call}\\s*${first}\\s*["'\`](?<secret>[^"'\`\\s]{6,128})["'\`]`, 'g');
  return {
    rule: 'login-call',
    words: words.split('|'),
    pattern,
    shape: 'context',
    accepts: isPasswordOfCall,
  };
}

/** Beginnings of connection strings in Base64, as a Secret of Kubernetes has them. */
const ADDRESSES =
  'cG9zdGdyZXM6Ly cG9zdGdyZXNxbDovL bXlzcWw6Ly bW9uZ29kYjovL bW9uZ29kYitzcnY6Ly cmVkaXM6Ly cmVkaXNzOi8v YW1xcDovL YW1xcHM6Ly aHR0cHM6Ly'.split(
    ' ',
  );

/** Passwords where commands, calls, configuration of devices and files of directories have a place for them. */
export const PLACE_PATTERNS: readonly SecretPattern[] = [
  command('chpasswd', `echo\\s+(?:-e\\s+)?["']?[\\w.-]{1,40}:VALUE\\s*\\|\\s*(?:sudo\\s+)?chpasswd`),
  command('sudo -', `echo\\s+VALUE\\s*\\|\\s*sudo\\s+-(?:S|kS)\\b`),
  command('net use', `\\bnet\\s+use\\s[^\\r\\n]{0,120}?\\\\\\\\\\S+\\s+VALUE\\s+/user:`),
  command('net user', `\\bnet\\s+user\\s+["']?[\\w.-]{1,60}["']?\\s+VALUE\\s+/add`),
  command('openssl enc', `\\bopenssl\\s+enc\\b[^\\r\\n]{0,120}?\\s-k\\s+VALUE`),
  command(
    'ldapsearch|ldapadd|ldapmodify|ldapdelete',
    `\\bldap(?:search|add|modify|delete)\\b[^\\r\\n]{0,200}?\\s-w\\s+VALUE`,
  ),
  command('smbclient', `\\bsmbclient\\b[^\\r\\n]{0,120}?\\s-U\\s+["']?[\\w.\\\\-]{1,60}%VALUE`),
  command('sqlplus', `\\bsqlplus\\s+(?:-\\w+\\s+)*["']?\\w{1,60}/(?<secret>[^\\s"'\`$<>|;&/@]{4,128})@`),
  command('htpasswd', `\\bhtpasswd\\s+-\\w*b\\w*\\s+\\S+\\s+[\\w.-]{1,60}\\s+VALUE`),
  command('useradd ', `\\buseradd\\b[^\\r\\n]{0,120}?\\s-p\\s+VALUE`),
  command('sqlcmd|bcp ', `\\b(?:sqlcmd|bcp)\\b[^\\r\\n]{0,200}?\\s-P\\s+VALUE`),
  command('az login', `\\baz\\s+login\\b[^\\r\\n]{0,200}?\\s-p\\s+VALUE`),
  login('basicauth(|basic_auth(|basicauthentication(', `\\b\\w*[Bb]asic_?[Aa]uth(?:entication)?\\(`, 'user'),
  login('basic_auth ', `\\bbasic_auth\\s+`, 'user'),
  login('auth=(', `\\bauth\\s*=\\s*\\(`, 'user'),
  login('directoryentry(', `\\bDirectoryEntry\\(`, 'address, user'),
  login('getconnection(', `\\bgetConnection\\(`, 'address, user'),
  login(
    'mysqli(|mysqli_connect(|mysql_connect(|new pdo(',
    `\\b(?:mysqli?_connect|new\\s+mysqli|new\\s+PDO)\\(`,
    'address, user',
  ),
  login(
    'mysqldb.connect(|pymysql.connect(|dbi->connect(',
    `\\b(?:MySQLdb\\.|pymysql\\.|DBI->)connect\\(`,
    'address, user',
  ),
  {
    rule: 'assigned-password',
    words: ['env '],
    files: /(?:^|\/)[^/]*(?:docker|container)file[^/]*$/i,
    pattern: /^\s*ENV\s+(?<name>[A-Za-z_]\w{2,80})\s+["']?(?<secret>[^\s"'`$=]{4,200})["']?\s*$/gi,
    shape: 'context',
    accepts: isValueOfName,
  },
  {
    rule: 'default-of-reference',
    words: ['password:', 'passwd:', 'secret:', 'token:', 'key:'],
    pattern: /\$\{(?<name>[\w.-]{3,80}):-?(?<secret>[^\s${}"'`]{12,200})\}/g,
    shape: 'context',
    accepts: (value, groups) => isDrawn(value) && isValueOfName(value, groups),
  },
  {
    rule: 'directory-password',
    words: ['userpassword:'],
    files: /\.ldif$/i,
    pattern: /^userPassword:\s+(?!\{)(?<secret>\S{4,128})\s*$/gi,
    shape: 'format',
    accepts: isGivenValue,
  },
  {
    rule: 'device-password',
    words: ['username ', 'enable '],
    pattern:
      /^\s*(?:username\s+\S{1,60}\s+(?:privilege\s+\d+\s+)?(?:password|secret)|enable\s+(?:password|secret))\s+[0579]\s+(?<secret>[^\s"'`$<>]{4,100})\s*$/g,
    shape: 'format',
    accepts: isGivenValue,
  },
  {
    rule: 'device-password',
    words: ['snmp-server community'],
    pattern: /^\s*snmp-server\s+community\s+(?!public\b|private\b)(?<secret>\S{4,64})\s+(?:RO|RW)\b/gi,
    shape: 'format',
    accepts: isGivenValue,
  },
  {
    rule: 'wireless-passphrase',
    words: ['psk="'],
    pattern: /^\s*psk="(?<secret>[^"\s]{8,63})"\s*$/g,
    shape: 'format',
    accepts: isGivenValue,
  },
  {
    rule: 'sql-password',
    words: ['identified by'],
    pattern:
      /\b(?:create|alter)\s+user\s+["\w.]{1,60}\s+identified\s+by\s+(?<secret>[A-Za-z][\w#]{5,60})(?=[\s;]|$)/gi,
    shape: 'format',
    accepts: isDrawn,
  },
  {
    rule: 'connection-string',
    words: ADDRESSES.map((word) => word.toLowerCase()),
    pattern: new RegExp(
      `(?<![A-Za-z0-9+/])(?<secret>(?:${ADDRESSES.join('|')})[A-Za-z0-9+/]{12,600}={0,2})`,
      'g',
    ),
    shape: 'format',
    accepts: hasPassword,
  },
];

function hasPassword(base64: string): boolean {
  const text = Buffer.from(base64, 'base64').toString('latin1');
  const password = /^[a-z+]+:\/\/[^\s:@/]{0,100}:([^\s:@/]{4,200})@[\w.[-]+/.exec(text)?.[1];
  return password !== undefined && isGivenValue(password);
}
