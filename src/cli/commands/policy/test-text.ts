import type { PolicyTestResult, PolicyTestRun } from '../../../index.js';

const RULE = '-'.repeat(80);

/** Formats a test run: failures as `opa test` prints them, the lines no test ran, and the counts. */
export function testText(run: PolicyTestRun): string {
  const shown = run.results.filter(({ outcome }) => outcome !== 'pass');
  const parts = [
    ...groups(shown).map(([place, results]) => `${place}:\n${results.map(resultText).join('\n')}`),
    ...uncoveredText(run),
  ];
  return [...parts.flatMap((part) => [part, '']), ...(shown.length > 0 ? [RULE] : []), countsText(run)].join(
    '\n',
  );
}

/** Returns the counts in one line. */
export function countsText({ passed, failed, skipped, coverage }: PolicyTestRun): string {
  const skips = skipped === 0 ? '' : `, ${skipped} skipped`;
  return `${passed} passed, ${failed} failed${skips}; ${coverage.toFixed(1)} % of policy lines covered`;
}

/** Groups results by their file, and results of examples by their policy. */
function groups(results: readonly PolicyTestResult[]): [string, PolicyTestResult[]][] {
  const places = new Map<string, PolicyTestResult[]>();
  for (const result of results) {
    const place = result.file ?? `${result.policy} examples`;
    places.set(place, [...(places.get(place) ?? []), result]);
  }
  return [...places];
}

function resultText({ kind, name, outcome, message = '', row }: PolicyTestResult): string {
  if (outcome === 'skip') return `${name}: SKIPPED`;
  const text = message === '' ? '' : `\n\n${indented(message)}\n`;
  if (kind === 'check') return `FAIL${text}`;
  return `${name}: FAIL${row === undefined ? '' : ` (line ${row})`}${text}`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}

function uncoveredText({ uncovered }: PolicyTestRun): string[] {
  if (uncovered.length === 0) return [];
  const lines = uncovered.map((file) => `  ${file.file}: ${file.lines.map(rangeText).join(', ')}`);
  return [`Lines that no Rego test ran:\n${lines.join('\n')}`];
}

function rangeText({ from, to }: { from: number; to: number }): string {
  return from === to ? String(from) : `${from}-${to}`;
}
