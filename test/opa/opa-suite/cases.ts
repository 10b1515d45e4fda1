import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { callGoBuiltin } from '../../../dist/opa/go-builtins.js';
import { parseTerm, type Term } from '../../../dist/opa/index.js';

/** One case of OPA's evaluation suite; v1/test/cases/cases.go of OPA says what each field means. */
export type SuiteCase = {
  /** File below testdata/v1, and the case's own name: together they name it. */
  readonly file: string;
  readonly note: string;
  readonly query: string;
  readonly modules: readonly string[];
  readonly data: Term | undefined;
  readonly input: Term | undefined;
  readonly wantResult: readonly Term[] | undefined;
  readonly wantDefined: boolean | undefined;
  readonly wantErrorCode: string | undefined;
  readonly sortBindings: boolean;
  readonly strictError: boolean;
};

/** The suite as it is in OPA's Go module, and OPA's version; scripts/vendor-opa-suite.mjs writes the copy. */
export function readSuite(): { opa: string; cases: SuiteCase[] } {
  const copy = brotliDecompressSync(readFileSync(new URL('cases.json.br', import.meta.url)));
  const { opa, files } = JSON.parse(copy.toString()) as { opa: string; files: { [path: string]: string } };
  return { opa, cases: Object.entries(files).flatMap(([path, text]) => casesOf(path, text)) };
}

/** YAML as OPA itself reads it, which keeps every digit. */
function casesOf(path: string, text: string): SuiteCase[] {
  const yaml = Buffer.from(JSON.stringify(text));
  const evaluation = { maxBytes: 2 ** 28, nowNs: 0n, random: (bytes: Uint8Array) => bytes.fill(0) };
  const parsed = callGoBuiltin(evaluation, 'yaml.unmarshal', [yaml]);
  const list = field(parseTerm(Buffer.from(parsed ?? []).toString()), 'cases');
  return itemsOf(list).map((term) => caseOf(path, term));
}

function caseOf(file: string, term: Term): SuiteCase {
  const text = (name: string) => textOf(field(term, name));
  const inputTerm = text('input_term');
  return {
    file,
    note: text('note') ?? '',
    query: text('query') ?? '',
    modules: itemsOf(field(term, 'modules')).map((module) => textOf(module) ?? ''),
    data: field(term, 'data'),
    input: inputTerm === undefined ? field(term, 'input') : parseTerm(inputTerm),
    wantResult: listOf(field(term, 'want_result')),
    wantDefined: booleanOf(field(term, 'want_defined')),
    wantErrorCode: text('want_error_code') ?? text('want_error'),
    sortBindings: booleanOf(field(term, 'sort_bindings')) ?? false,
    strictError: booleanOf(field(term, 'strict_error')) ?? false,
  };
}

function field(term: Term | undefined, name: string): Term | undefined {
  if (term?.type !== 'object') return undefined;
  return term.entries.find(([key]) => key.type === 'string' && key.value === name)?.[1];
}

function itemsOf(term: Term | undefined): readonly Term[] {
  return listOf(term) ?? [];
}

function listOf(term: Term | undefined): readonly Term[] | undefined {
  return term?.type === 'array' ? term.items : undefined;
}

function textOf(term: Term | undefined): string | undefined {
  return term?.type === 'string' ? term.value : undefined;
}

function booleanOf(term: Term | undefined): boolean | undefined {
  return term?.type === 'boolean' ? term.value : undefined;
}
