/** One expression of a query. */
export type QueryExpression = {
  /** As it was written. */
  text: string;
  /** Where it begins; from 1. */
  row: number;
  /** Column it begins at; from 1. */
  column: number;
  /** Whether it has a value of its own; `x := 1`, `some x in y` and `not x` are true if they hold. */
  hasValue: boolean;
};

const TOKEN = /"(?:\\.|[^"\\])*"|`[^`]*`|#[^\n]*|:=|[=!<>]=|[[({]|[\])}]|=|;|\n|[A-Za-z_]\w*|[\s\S]/g;
const NO_VALUE = /^(some|every|not)\b/;
const WORDS = new Set(
  'as contains data default else every false if import in input not null package some true with'.split(' '),
);

/** Returns the expressions of a query, which semicolons and line ends divide outside of brackets. */
export function queryExpressions(query: string): QueryExpression[] {
  const found: QueryExpression[] = [];
  let start = 0;
  let depth = 0;
  let assigns = false;
  const end = (at: number) => {
    const raw = query.slice(start, at);
    const text = raw.trim();
    const begin = start + raw.indexOf(text);
    if (text !== '' && !text.startsWith('#'))
      found.push({ text, ...placeOf(query, begin), hasValue: !assigns && !NO_VALUE.test(text) });
    assigns = false;
  };
  for (const { 0: token, index } of query.matchAll(TOKEN)) {
    if (/^[[({]$/.test(token)) depth += 1;
    else if (/^[\])}]$/.test(token)) depth -= 1;
    else if (depth === 0 && (token === ':=' || token === '=')) assigns = true;
    else if (depth === 0 && (token === ';' || token === '\n')) {
      end(index);
      start = index + 1;
    }
  }
  end(query.length);
  return found;
}

/** Returns names in a query that may be its variables, in order of appearance. */
export function queryNames(query: string): string[] {
  const names = new Set<string>();
  let before = '';
  for (const { 0: token, index } of query.matchAll(TOKEN)) {
    const isCall = query[index + token.length] === '(';
    if (/^[A-Za-z_]/.test(token) && before !== '.' && !isCall && token !== '_' && !WORDS.has(token))
      names.add(token);
    before = token;
  }
  return [...names];
}

function placeOf(text: string, index: number): { row: number; column: number } {
  const lines = text.slice(0, index).split('\n');
  return { row: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
