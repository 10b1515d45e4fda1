import type { JsonValue } from '../model/index.js';
import { deterministicCapabilities } from '../opa/capabilities.js';
import { compile } from '../opa/compile.js';
import { openEngine } from '../opa/engine.js';
import { RegoSourceError, regoErrorsOf } from '../opa/errors.js';
import { type RegoVersions, versionsByModule } from '../opa/rego-version.js';
import type { ModuleSources } from '../opa/toolchain.js';
import { moduleClosure, moduleLinks } from './module-closure.js';
import { type QueryExpression, queryExpressions, queryNames } from './query-text.js';

/** What to ask. */
export type QueryRequest = {
  /**
   * A Rego query: one expression or several, such as `data.bank.keys.violations` or `some k in input.keys; k.age > 90`.
   */
  query: string;
  /** Sources it may name. */
  modules: ModuleSources;
  /** Which Rego they are in; default v1. The query is in v1. */
  regoVersion?: RegoVersions;
  /** The `data` document. */
  data: object;
  /** The `input` document; undefined for none. */
  input?: unknown;
  /** Folder of the compile cache; `false` for none. */
  cacheDir?: string | false;
};

/** The answers, as `opa eval --format json` has them; no `result` if the query is undefined. */
export type QueryResult = {
  result?: {
    expressions: { value: JsonValue; text: string; location: { row: number; col: number } }[];
    bindings?: { [name: string]: JsonValue };
  }[];
};

type Answer = { values: JsonValue[]; bindings: { [name: string]: JsonValue } };

const MODULE = 'keyproof/query.rego';

/**
 * Answers a query as `opa eval` does, through WebAssembly and with the built-ins an audit has. Sets come as sorted
 * lists.
 *
 * @throws RegoSourceError or RegoSourceErrors, RegoEvaluationError.
 */
export async function evaluateQuery(request: QueryRequest): Promise<QueryResult> {
  const expressions = queryExpressions(request.query);
  if (expressions.length === 0)
    throw new RegoSourceError('the query is empty', {
      code: 'rego_parse_error',
      file: 'query',
      row: 1,
      column: 1,
    });
  const wasm = await compileQuery(request, expressions, queryNames(request.query));
  const answers = openEngine(wasm, { data: request.data }).evaluate('keyproof/query/answers', request.input);
  const rows = (Array.isArray(answers) ? answers : []) as unknown as Answer[];
  if (rows.length === 0) return {};
  return { result: rows.map((answer) => resultOf(answer, expressions)) };
}

function resultOf({ values, bindings }: Answer, expressions: readonly QueryExpression[]) {
  return {
    expressions: expressions.map(({ text, row, column }, index) => ({
      value: values[index] ?? null,
      text,
      location: { row, col: column },
    })),
    ...(Object.keys(bindings).length === 0 ? {} : { bindings }),
  };
}

/**
 * Compiles a query. A name that turns out to be no variable of the query itself, such as one inside a comprehension, is
 * left out.
 */
async function compileQuery(
  request: QueryRequest,
  expressions: readonly QueryExpression[],
  names: readonly string[],
): Promise<Uint8Array> {
  const modules = { ...request.modules, [MODULE]: queryModule(expressions, names) };
  const { wasm, unsafe, error } = await attempt(moduleClosure(moduleLinks(modules), MODULE), request);
  if (wasm !== undefined) return wasm;
  const rest = names.filter((name) => !unsafe.includes(name));
  if (rest.length === names.length) throw inQuery(error, expressions);
  return compileQuery(request, expressions, rest);
}

type Attempt = { wasm?: Uint8Array; unsafe: string[]; error?: unknown };

async function attempt(
  modules: ModuleSources,
  { regoVersion = 'v1', cacheDir }: QueryRequest,
): Promise<Attempt> {
  const capabilities = deterministicCapabilities();
  const cache = cacheDir === undefined ? {} : { cacheDir };
  try {
    const { wasm } = await compile({
      modules,
      regoVersion: { ...versionsByModule(modules, regoVersion), [MODULE]: 'v1' },
      entrypoints: ['keyproof/query/answers'],
      capabilities,
      ...cache,
    });
    return { wasm, unsafe: [] };
  } catch (error) {
    const sentences = regoErrorsOf(error).map((one) => (one instanceof RegoSourceError ? one.reason : ''));
    return { unsafe: sentences.flatMap((text) => /^var (\w+) is unsafe/.exec(text)?.[1] ?? []), error };
  }
}

const FIRST_ROW = 4;

function queryModule(expressions: readonly QueryExpression[], names: readonly string[]): string {
  const alone = expressions.length === 1;
  const lines = expressions.map(({ text, hasValue }, index) => {
    if (!hasValue) return text;
    return `keyproof_${index} := ${text}${alone ? '' : `; keyproof_${index} != false`}`;
  });
  const values = expressions.map(({ hasValue }, index) => (hasValue ? `keyproof_${index}` : 'true'));
  const bindings = names.map((name) => `"${name}": ${name}`);
  return `package keyproof.query

answers := [keyproof_answer |
${lines.join('\n')}
	keyproof_answer := {"values": [${values.join(', ')}], "bindings": {${bindings.join(', ')}}}
]
`;
}

/** Places in the generated module become places in the query. */
function inQuery(error: unknown, expressions: readonly QueryExpression[]): unknown {
  const [first] = regoErrorsOf(error);
  if (!(first instanceof RegoSourceError) || first.file !== MODULE) return error;
  const rows = expressions.flatMap((expression) =>
    expression.text.split('\n').map((line, index) => ({ expression, line, index })),
  );
  const hit = rows[(first.row ?? FIRST_ROW) - FIRST_ROW] ?? rows[0];
  const row = (hit?.expression.row ?? 1) + (hit?.index ?? 0);
  return new RegoSourceError(first.reason, {
    code: first.code,
    file: 'query',
    row,
    column: hit?.index === 0 ? hit.expression.column : 1,
    sourceLine: hit?.line ?? '',
  });
}
