import type { PolicyTrace, TracedRule, TracedValue } from '../../model/index.js';
import { groupBy } from '../../text/group-by.js';
import { type Clean, showSource, showValue } from './show-value.js';
import { valueAt } from './sources.js';

/** A term of a line as it is written, and its value as it may be shown. */
export type ShownValue = {
  /** The term, such as `input.key.status`. */
  text: string;
  /** Its value, without secrets and cut; null if it had none. */
  value: string | null;
};

/** One line of a policy. */
export type DecidingLine = {
  /** Row in the file, from 1. */
  row: number;
  /** The line itself. */
  text: string;
  /** Whether it decided; false for a line around one that did. */
  decided: boolean;
  /** The values its terms had. */
  values: ShownValue[];
};

/** One rule of a policy that decided an outcome, or that such a rule rests on. */
export type Decision = {
  /** Name of the rule, such as `violations`; `requires` for the fields that METADATA asks for. */
  rule: string;
  /** Module it is in. */
  file: string;
  /** Whether it held; if not, the last line decided. */
  held: boolean;
  /** Its value, as it may be shown; null if it did not hold. */
  value: string | null;
  /** Number of further ways to hold, which are left out. */
  further: number;
  /** Its lines, in order. */
  lines: DecidingLine[];
};

/** Returns the lines that decided with the values of their terms, each rule once, without secrets. */
export function decisionsOf(trace: PolicyTrace, dossier: unknown, clean: Clean): Decision[] {
  const required = requiredDecision(trace, dossier, clean);
  return [
    ...(required === null ? [] : [required]),
    ...trace.rules.map((rule) => decision(rule, trace, clean)),
  ];
}

function decision(rule: TracedRule, { sources }: PolicyTrace, clean: Clean): Decision {
  const { path, location, held, value, further = 0 } = rule;
  const name = path.slice(path.lastIndexOf('.') + 1);
  return {
    rule: name,
    file: location.file,
    held,
    value: held ? valueOfRule(value, name, clean) : null,
    further,
    lines: linesOf(rule, sources[location.file] ?? [], clean),
  };
}

/** Returns the value of a rule; of a violation only the message, as the finding shows its facts. */
function valueOfRule(value: unknown, name: string, clean: Clean): string {
  const isViolation = typeof value === 'object' && value !== null && 'message' in value;
  return showValue(isViolation ? value.message : value, name, clean);
}

function linesOf(rule: TracedRule, source: readonly string[], clean: Clean): DecidingLine[] {
  const { lines, endRow } = rule;
  const start = rule.location.row;
  const spans = lines.length > 0 ? lines : [{ row: start, endRow, held: rule.held, values: [] }];
  const rows = new Set([start, ...spans.flatMap((span) => range(span.row, span.endRow))]);
  return [...rows]
    .sort((a, b) => a - b)
    .map((row) => ({
      row,
      text: showSource(source[row - 1] ?? '', clean),
      decided: spans.some((span) => span.row <= row && row <= span.endRow && span.held === rule.held),
      values: shownValues(
        spans.filter((span) => span.endRow === row).flatMap(({ values }) => values),
        clean,
      ),
    }));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Returns the values to show. A part of a longer term is shown only if it is a plain value. */
function shownValues(terms: readonly TracedValue[], clean: Clean): ShownValue[] {
  const shown = terms.filter(({ inner, value }) => inner !== true || isPlain(value));
  const first = new Map(shown.toReversed().map((term) => [term.text, term]));
  return [...first.values()]
    .toReversed()
    .map(({ text, defined, value }) => ({ text, value: defined ? showValue(value, text, clean) : null }));
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null || 'tolerance_ms' in value;
}

function requiredDecision(trace: PolicyTrace, dossier: unknown, clean: Clean): Decision | null {
  const { required, module, sources } = trace;
  if (required.length === 0) return null;
  const byRow = groupBy(required, ({ row }) => row);
  const lines = [...byRow].map(([row, fields]) => ({
    row,
    text: showSource(sources[module]?.[row - 1] ?? '', clean),
    decided: true,
    values: fields.map(({ path }) => ({ text: path, value: shownAt(dossier, path, clean) })),
  }));
  return { rule: 'requires', file: module, held: true, value: null, further: 0, lines };
}

function shownAt(dossier: unknown, path: string, clean: Clean): string | null {
  const value = valueAt(dossier, path.split('.'));
  return value === undefined ? null : showValue(value, path, clean);
}
