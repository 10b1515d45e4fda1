import type { Detected } from './detected.js';
import type { FileClass } from './file-class.js';
import { judgeValue, type ValueContext } from './judge-value.js';
import { isMachineMade } from './random-text.js';
import { type NameKind, nameKind } from './secret-names.js';

/** Words of which one stands in a line that gives a secret a name. */
export const NAME_WORDS: readonly string[] =
  'pass pwd passwd psw _pw pw= secret token apikey api_key api-key cred key auth bearer psk jwt _pat salt kennwort contrasena senha mnemonic'.split(
    ' ',
  );

/** An identifier, or a quoted or dotted one; names of more than 80 characters name nothing. */
const NAME = /[A-Za-z_][\w.-]{1,80}/g;
/** What stands between a name and a quoted value. */
const BEFORE_QUOTED = new RegExp(
  [
    '\\\\?["\'`)\\]}]{0,3}\\s{0,20}(?:',
    '(?:(?::\\s*[A-Za-z&][\\w<>[\\]?.|& ]{0,40}?|\\s+[Aa]s\\s+[A-Z]\\w{1,20})\\s*=(?![=~>])|<-|,\\s*default\\s*=|:{1,3}=|[?.]=|={2,3}|=>|->|=(?![=~])|:|,|\\|\\||\\?\\?|\\(|;s:\\d{1,5}:|string\\s*=)\\s{0,20}',
    '(?:new\\s+\\w+\\(|\\[\\]byte\\(|[\\w.]{0,40}(?:[Dd]ecode|[Ff]rom|[Bb]ytes|[Ss]tring|Spec|unhexlify)\\w{0,20}\\()?',
    '(?:"(?=\\\\"))?(?:["\']value["\']\\s*[:=]\\s*)?|\\s+value\\s*=\\s*)[bru@$]{0,2}(?=\\\\?["\'`])',
  ].join(''),
  'y',
);
const QUOTED = /(\\?["'`])((?:(?!\1)[^\r\n]){1,1200}?)\1/y;
/** What stands between a name and a value without quotes. */
const BEFORE_PLAIN = /["']?\s{0,20}(?::{1,3}=|\?=|=>|=(?![=~])|:(?!:))[ \t]{0,20}/y;
const PLAIN = /[^\s"'`<>()[\]{},;|&][^\s"'`<>]{0,1200}/y;
/** An element of XML, with attributes. */
const BEFORE_ELEMENT = /(?:\s+[\w:]+\s*=\s*"[^"]{0,80}")*\s*>(?:<!\[CDATA\[)?/y;
const ELEMENT = /[^<>\s\]]{1,400}(?=(?:\]\]>)?\s*<\/)/y;
/** What stands between a name and a word that a machine made, in a text of any kind. */
const BEFORE_NEAR =
  /["'`)\]}]{0,3}[ \t]{0,8}(?:(?:is|was|as)\b|=>|->|[:=|(~-]{1,3})?[ \t]{0,8}["'`(|]{0,2}(?=\w)(?<=\W)/y;
const NEAR = /[A-Za-z0-9][\w+/=~-]{15,1200}(?![\w.(:@\\[])/y;
const BEFORE_WORD = /[ \t]+(?:(?:is|was)[ \t]+)?(?=["'])/y;
/** A word near a name is taken for its value from this length. */
const LEAST_NEAR = 20;
const AFTER_FLAG = /(?:[ \t]+|=)["']?/y;
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
    const name = { name: match[0], start: match.index, after: match.index + match[0].length };
    const detected = judgedValue(valueAfter(text, name, fileClass), name, kind, file);
    const near = () => machineMadeNear(text, name.after) ?? quotedNear(text, name.after);
    const either = detected ?? judgedValue(near(), name, kind, file);
    if (either !== null)
      found.push({ ...either, placeholder: either.placeholder ?? sameAsUser(text, either) });
  }
  return found;
}

/** Returns that a value is the name of the user in the same line, which everybody tries; null if it is not. */
function sameAsUser(text: string, { at, value }: Detected): string | null {
  if (value.length > 24 || !/^\w+$/.test(value)) return null;
  const users = new RegExp(`user\\w{0,12}["']?\\s?[:=]\\s?["']?${value}\\b`, 'gi');
  // The name of the password may have the word in it, too: DB_USER_PASSWORD.
  const isSame = [...text.matchAll(users)].some(
    ({ 0: all, index }) => index + all.length !== at + value.length,
  );
  return isSame ? 'the value is the name of the user' : null;
}

/** Returns the value in quotes after a name, as Gradle and sentences have it: a word with digits. */
function quotedNear(text: string, after: number): Value | null {
  const found = sticky(text, after, BEFORE_WORD, { value: QUOTED, group: 2 });
  return found !== null &&
    /^(?=\D*\d)(?=.*[A-Za-z])\S{6,128}$/.test(found.value) &&
    !IMPORTED.test(found.value)
    ? { ...found, isQuoted: true }
    : null;
}

/** What a name is given by an import: `userpass "github.com/northbridge/auth/v2/userpass"`. */
const IMPORTED = /^(?:\.{1,2}\/|[\w-]+(?:\.[\w-]+)+\/)[\w./@-]+$/;
/** The begin of a sentence, as a list of changes has it: `userpass: Remove the second look`. */
const SENTENCE = /[A-Z][a-z]+(?:[ \t]+[\w'-]+)*[ \t]+[a-z]+[ \t]+[a-z]+/y;

type Name = { name: string; start: number; after: number };

function judgedValue(value: Value | null, { name }: Name, kind: NameKind, file: FileKind): Detected | null {
  return value === null ? null : judged({ name, ...value }, kind, file);
}

/** Returns the word after a name if it is made by a machine: then it does not matter what stands between. */
function machineMadeNear(text: string, after: number): Value | null {
  const found = sticky(text, after, BEFORE_NEAR, { value: NEAR, group: 0 });
  return found !== null && isMachineMade(found.value, LEAST_NEAR) ? { ...found, isQuoted: true } : null;
}

/** Returns whether the name is inside a reference (`${NAME:...}`) or a selector (`#name`): then no value of its own follows. */
function isReference(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 4), at);
  if (before.endsWith(':') && WHOLE_NAME.test(text.slice(Math.max(0, at - 80), at))) return true;
  return /(?:[$#%@]\{|\{\{|<%=?)\s*$|[#%]$/.test(before) && text.slice(0, at).trim() !== '#';
}

/** What stands in a name with colons before the word in it: in that of a secret of AWS, and of a machine in .netrc. */
const WHOLE_NAME = /:secretsmanager:[\w*-]{0,24}:[\w*]{0,12}:$|(?:^|\s)machine\s+[^\s"'=]{1,64}:$/;

type Value = Omit<Found, 'name'>;

function valueAfter(text: string, { name, start, after }: Name, fileClass: FileClass): Value | null {
  const quoted = sticky(text, after, BEFORE_QUOTED, { value: QUOTED, group: 2 });
  if (quoted && !isNextKey(text, after, quoted) && !isNextColumn(text, start, after, quoted.at))
    return { ...withoutInnerQuotes(quoted), isQuoted: true };
  const isFlag = text.slice(Math.max(0, start - 2), start) === '--' && !text.slice(0, start).endsWith('<!--');
  if (isFlag) {
    const flag = sticky(text, after, AFTER_FLAG, { value: FLAG_VALUE, group: 0 });
    if (flag) return { ...flag, isQuoted: false };
  }
  const element =
    text[start - 1] === '<' || text[start - 1] === ':'
      ? sticky(text, after, BEFORE_ELEMENT, { value: ELEMENT, group: 0 })
      : null;
  if (element) return { ...element, isQuoted: true };
  if (!takesPlain(fileClass, text, start, name)) return null;
  const plain = sticky(text, after, BEFORE_PLAIN, { value: PLAIN, group: 0 });
  return plain && !isSentence(text, plain.at)
    ? { ...plain, value: plain.value.replace(/\\[nrt].*$|[,;]+$/, ''), isQuoted: false }
    : null;
}

function isSentence(text: string, at: number): boolean {
  SENTENCE.lastIndex = at;
  return SENTENCE.test(text);
}

/** Returns a value without the quotes in it, which the code that it is written into has: `'"..."'`. */
function withoutInnerQuotes({ at, value }: { at: number; value: string }): { at: number; value: string } {
  const inner = /^\\?(["'])([^"']+?)\\?\1$/.exec(value);
  return inner ? { at: at + value.indexOf(inner[2] ?? ''), value: inner[2] ?? '' } : { at, value };
}

/** Returns whether a text in quotes is the key after a variable: `{ password: first, "repeat": second }`. */
function isNextKey(text: string, after: number, { at, value }: { at: number; value: string }): boolean {
  return /^["'`)\]}]?\s*,/.test(text.slice(after, at)) && /^["'`]\s*:/.test(text.slice(at + value.length));
}

/** Returns whether a text in backticks is the next name of a list in SQL: (`password`, `email`). */
function isNextColumn(text: string, start: number, after: number, at: number): boolean {
  return text[start - 1] === '`' && /^`\s*[,(]\s*`$/.test(text.slice(after, at));
}

function takesPlain(fileClass: FileClass, text: string, start: number, name: string): boolean {
  if (fileClass === 'config') return true;
  if (fileClass === 'shell') return text[start + name.length] === '=';
  if (fileClass === 'document' && (isAlone(text, start) || isOptionOfCommand(text, start))) return true;
  return (
    /(?:^|[;"'`?&\s])$/.test(text.slice(0, start)) &&
    /^=[^=\s;"'`]{3,200}[;&"'`]/.test(text.slice(start + name.length))
  );
}

/** Returns whether a name is that of a variable that a command in a document sets: `docker run -e DB_PASSWORD=...`. */
function isOptionOfCommand(text: string, start: number): boolean {
  return /\s(?:-e|--env|-D|--build-arg|--set)[ =]?["']?$/.test(text.slice(0, start));
}

/** Returns whether a name is the first word of its line, as in a configuration that a document shows. */
function isAlone(text: string, start: number): boolean {
  return /^[\s*>]*(?:[$-]\s+|(?:export|set|setx|ENV|ARG|-e)\s+)*["'`]?(?:[\w-]+\.)*$/.test(
    text.slice(0, start),
  );
}

function sticky(
  text: string,
  after: number,
  before: RegExp,
  { value, group }: { value: RegExp; group: 0 | 2 },
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
const ELEMENT_NAME = /<([\w:.-]{3,80})>\s*$/;
const ELEMENT_VALUE = /^\s*([^<>\s]{4,400})\s*$/;
const VARIABLE_NAME = /^\s*variable\s+"?([\w-]{3,80})"?\s*\{\s*$/;
const VARIABLE_VALUE = /^(?:(?!\s*\})[^\n]*\n){0,6}?\s*default\s*=\s*"([^"\s]{4,400})"/;
const OPENED_NAME = /([A-Za-z_][\w.-]{2,80})["']?\]?\s*[:=]\s*[(\\]?\s*$(?<!:\s*)/;
const OPENED_VALUE = /^\s*[bru]{0,2}["']([^\s"']{4,400})["']\s*[,;)]{0,3}\s*$/;
const BLOCK_NAME = /^\s*(?:-\s+)?["']?([A-Za-z_][\w.-]{2,80})["']?:\s*[>|][+-]?\s*$/;
const BLOCK_VALUE = /^\s+([^\s"'{}[\]:]{4,400})\s*$/;
const PAIR_VALUE = /^\s*["']?[Vv]alue["']?\s*[:=]\s*["']?([^\s"']{4,400})["']?\s*,?\s*\}?,?\s*$/;

/** How many lines after a name its value may stand. */
export const PAIRED_LINES = 7;

/** Names and values on lines of their own: entries of a list, elements of XML, blocks of YAML, what is opened at the end of a line, variables of Terraform and their defaults. */
const PAIRS: readonly { name: RegExp; value: RegExp; lines: number }[] = [
  { name: PAIR_NAME, value: PAIR_VALUE, lines: 1 },
  { name: ELEMENT_NAME, value: ELEMENT_VALUE, lines: 1 },
  { name: BLOCK_NAME, value: BLOCK_VALUE, lines: 1 },
  { name: OPENED_NAME, value: OPENED_VALUE, lines: 1 },
  { name: VARIABLE_NAME, value: VARIABLE_VALUE, lines: PAIRED_LINES },
];

/**
 * Returns the secret of a pair on two lines, `name: DB_PASSWORD` and `value: ...`, `<token>` and its text, or a
 * variable of Terraform and its default, in the line of the value.
 * @param next gives the next lines, PAIRED_LINES of them
 */
export function pairedValues(text: string, file: FileKind, next: () => string): Detected[] {
  if (file.fileClass === 'generated') return [];
  const pair = PAIRS.find((each) => each.name.test(text));
  const name = pair?.name.exec(text)?.[1];
  const kind = name === undefined ? null : nameKind(name);
  if (pair === undefined || name === undefined || kind === null) return [];
  const after = next().split('\n', pair.lines).join('\n');
  const match = pair.value.exec(after);
  const value = match?.[1];
  if (!match || value === undefined) return [];
  const before = match[0].slice(0, match[0].lastIndexOf(value)).split('\n');
  const at = (before.at(-1) ?? '').length;
  const found = judged({ name, at, value, isQuoted: true }, kind, file);
  return found === null ? [] : [{ ...found, below: before.length }];
}
