import type { Assessment, MissingEvidence } from '../../model/index.js';
import { formatCount } from '../../text/format.js';
import { wrap } from '../../text/wrap.js';
import type { Paint } from './paint.js';

const MOST = 3;

/** Returns what would decide most of the checks that are undecided, and how to get it. */
export function missingLines({ missingEvidence }: Assessment, paint: Paint, width: number): string[] {
  const deciding = missingEvidence.filter(({ alone }) => alone > 0).slice(0, MOST);
  if (deciding.length === 0) return [];
  return [
    paint.bold('What would decide most of the rest'),
    ...deciding.flatMap((missing) => wrap(missingText(missing), width - 2, '  ')).map((line) => `  ${line}`),
  ];
}

function missingText({ label, alone, how }: MissingEvidence): string {
  return `${label}: ${formatCount(alone)} checks wait for it alone. ${how}`;
}
