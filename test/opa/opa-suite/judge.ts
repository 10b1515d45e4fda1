import { compareTerms, parseTerm, printTerm, type Term, termToJsonText } from '../../../dist/opa/index.js';
import type { SuiteCase } from './cases.js';

/** What an evaluation came to: a result set, each member an object of variables, or an error's message. */
export type Outcome = { readonly results: readonly Term[] } | { readonly error: string };

const CONFLICTS = ['var assignment conflict', 'object insert conflict'];

/**
 * What is wrong with an outcome, by the rules of OPA's own harness for its WebAssembly target
 * (internal/wasm/sdk/test/e2e/external_test.go); undefined where nothing is.
 */
export function complaint(suiteCase: SuiteCase, outcome: Outcome): string | undefined {
  const { wantDefined, wantResult, wantErrorCode, strictError } = suiteCase;
  if (wantDefined === undefined && wantResult === undefined && wantErrorCode !== undefined && !strictError)
    return errorComplaint(wantErrorCode, outcome);
  if ('error' in outcome) return `unexpected error: ${outcome.error}`;
  if (wantDefined !== undefined)
    return outcome.results.length > 0 === wantDefined ? undefined : `defined is not ${wantDefined}`;
  // Errors that show in strict mode only are undefined in WebAssembly.
  return resultComplaint(wantResult ?? [], outcome.results, suiteCase.sortBindings);
}

function errorComplaint(code: string, outcome: Outcome): string | undefined {
  if ('results' in outcome) return `no ${code}, but ${outcome.results.map(printTerm).join(' ')}`;
  const fits = code !== 'eval_conflict_error' || CONFLICTS.some((words) => outcome.error.includes(words));
  return fits ? undefined : `not ${code}, but ${outcome.error}`;
}

function resultComplaint(want: readonly Term[], got: readonly Term[], sorted: boolean): string | undefined {
  const [wanted, given] = [asSet(want, sorted), asSet(got, sorted)];
  return compareTerms(wanted, given) === 0 ? undefined : `want ${printTerm(wanted)} got ${printTerm(given)}`;
}

/** Results through JSON, which turns sets into lists; `sorted` makes a variable's list count as a set. */
function asSet(results: readonly Term[], sorted: boolean): Term {
  const plain = results.map((result) => parseTerm(termToJsonText(result)));
  const distinct = new Map(
    plain.map((term) => (sorted ? sortedBindings(term) : term)).map((term) => [printTerm(term), term]),
  );
  return { type: 'set', items: [...distinct.values()] };
}

function sortedBindings(term: Term): Term {
  if (term.type !== 'object') return term;
  return {
    type: 'object',
    entries: term.entries.map(([key, value]) => [
      key,
      value.type === 'array' ? { type: 'array', items: [...value.items].sort(compareTerms) } : value,
    ]),
  };
}
