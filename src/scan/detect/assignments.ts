import type { Detected } from './detected.js';
import type { FileClass } from './file-class.js';
import { judgeValue, type ValueContext } from './judge-value.js';
import { type NameKind, nameKind } from './secret-names.js';

/** Words of which one stands in a line that gives a secret a name. */
export const NAME_WORDS: readonly string[] =
  'pass pwd passwd psw _pw pw= secret token apikey api_key api-key credential key auth bearer salt kennwort contrasena senha mnemonic'.split(
    ' ',
  );

/** An identifier, or a quoted or dotted one; names of more than 80 characters name nothing. */
const NAME = /[A-Za-z_][\w.-]{1,80}/g;
/** What stands between a name and a quoted value. */
const BEFORE_QUOTED =
  /\\?["'`)\]}]{0,3}\s{0,20}(?:(?::\s*[A-Za-z][\w<>[\]?.| ]{0,40}?\s*=(?![=~>])|:=|=>|->|=(?![=~])|:|,|\|\||\?\?|\()\s{0,20}(?:new\s+\w+\()?(?:["']value["']\s*[:=]\s*)?|\s+value\s*=\s*)[bru@$]{0,2}(?=\\?["'`])/y;
const QUOTED = /(\\?["'`])((?:(?!\1)[^\r\n]){1,400}?)\1/y;
/** What stands between a name and a value without quotes. */
const BEFORE_PLAIN = /["']?\s{0,20}(?::=|=>|=(?![=~])|:(?!:))[ \t]{0,20}/y;
const PLAIN = /[^\s"'`<>()[\]{}][^\s"'`<>]{0,400}/y;
/** An element of XML, with attributes. */
const BEFORE_ELEMENT = /(?:\s+[\w:]+\s*=\s*"[^"]{0,80}")*\s*>(?:<!\[CDATA\[)?/y;
const ELEMENT = /[^<>\s\]]{1,400}(?=(?:\]\]>)?\s*<\/)/y;
const AFTER_FLAG = /[ \t]+["']?/y;
const FLAG_VALUE = /[^\s"'`<>|;&]{1,200}/y;

/** What a file is for. */
export type FileKind = Pick<ValueContext, 'fileClass' | 'isSuppressed'>;

type Found = { name: string; at: number; value: string; isQuoted: boolean };

/** Returns secrets that a name gives away: `password = "..."`, `"apiKey": "..."`, `<token>...</token>`, `--password ...`. */
export function assignments(text: string, file: FileKind): Detected[] {
  const { fileClass } = file;
  if (fileClass === 'generated') return [];
  const found: Detected[] = [];
  for (const match of text.matchAll(NAME)) {
    const kind = isReference(text, match.index) ? null : nameKind(match[0]);
    if (kind === null) continue;
    const after = match.index + match[0].length;
    const value = valueAfter(text, match[0], match.index, after, fileClass);
    const detected = value === null ? null : judged({ name: match[0], ...value }, kind, file);
    if (detected !== null) found.push(detected);
  }
  return found;
}

/** Returns whether the name is inside a reference (`${NAME:...}`) or a selector (`#name`): then no value of its own follows. */
function isReference(text: string, at: number): boolean {
  return /(?:[$#%@]\{|\{\{|<%=?)\s*$|[#%]$/.test(text.slice(Math.max(0, at - 4), at));
}

type Value = Omit<Found, 'name'>;

function valueAfter(
  text: string,
  name: string,
  start: number,
  after: number,
  fileClass: FileClass,
): Value | null {
  const quoted = sticky(text, after, BEFORE_QUOTED, QUOTED, 2);
  if (quoted) return { ...quoted, isQuoted: true };
  const isFlag =
    /^-{0,2}$/.test(text.slice(Math.max(0, start - 2), start)) && text.slice(start - 2, start) === '--';
  if (isFlag) {
    const flag = sticky(text, after, AFTER_FLAG, FLAG_VALUE, 0);
    if (flag) return { ...flag, isQuoted: false };
  }
  const element =
    text[start - 1] === '<' || text[start - 1] === ':'
      ? sticky(text, after, BEFORE_ELEMENT, ELEMENT, 0)
      : null;
  if (element) return { ...element, isQuoted: true };
  if (!takesPlain(fileClass, text, start, name)) return null;
  const plain = sticky(text, after, BEFORE_PLAIN, PLAIN, 0);
  return plain ? { ...plain, value: plain.value.replace(/[,;]+$/, ''), isQuoted: false } : null;
}

function takesPlain(fileClass: FileClass, text: string, start: number, name: string): boolean {
  if (fileClass === 'config') return true;
  if (fileClass === 'shell') return text[start + name.length] === '=';
  return (
    /(?:^|[;"'`?&\s])$/.test(text.slice(0, start)) &&
    /^=[^=\s;"'`]{3,200}[;&"'`]/.test(text.slice(start + name.length))
  );
}

function sticky(
  text: string,
  after: number,
  before: RegExp,
  value: RegExp,
  group: 0 | 2,
): { at: number; value: string } | null {
  before.lastIndex = after;
  const gap = before.exec(text);
  if (!gap) return null;
  value.lastIndex = after + gap[0].length;
  const found = value.exec(text);
  if (!found) return null;
  const quote = group === 2 ? (found[1] ?? '').length : 0;
  return { at: found.index + quote, value: found[group] ?? '' };
}

function judged({ name, at, value, isQuoted }: Found, kind: NameKind, file: FileKind): Detected | null {
  const verdict = judgeValue(kind, value, { name, isQuoted, ...file });
  if (!verdict.isSecret) return null;
  return { rule: `assigned-${kind}`, at, value, shape: 'context', placeholder: verdict.placeholder };
}

const PAIR_NAME = /(?:^|[\s{,"'-])["']?(?:name|key|Name|Key)["']?\s*[:=]\s*["']?([\w.-]{3,80})["']?\s*,?\s*$/;
const PAIR_VALUE = /^\s*["']?(?:value|Value)["']?\s*[:=]\s*(["']?)([^\s"']{4,400})\1\s*,?\s*\}?,?\s*$/;

/**
 * Returns the secret of a pair on two lines, `name: DB_PASSWORD` and `value: ...`, at the end of the first.
 * @param next gives the next line
 */
export function pairedValues(text: string, file: FileKind, next: () => string): Detected[] {
  const name = file.fileClass === 'generated' ? undefined : PAIR_NAME.exec(text)?.[1];
  const kind = name === undefined ? null : nameKind(name);
  if (name === undefined || kind === null) return [];
  const value = PAIR_VALUE.exec(next())?.[2];
  if (value === undefined) return [];
  const found = judged({ name, at: text.length, value, isQuoted: true }, kind, file);
  return found === null ? [] : [found];
}
