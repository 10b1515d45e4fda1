import type { MissingEvidence } from '../../model/index.js';
import { wrap } from '../../text/wrap.js';
import { decidesText, type Glance } from '../text/glance.js';
import type { Paint } from './paint.js';

/** Returns what would decide most of the checks that are undecided, and how to get it. */
export function missingLines({ deciding }: Glance, paint: Paint, width: number): string[] {
  if (deciding.length === 0) return [];
  return [
    ...wrap('What would decide most of the rest, in checks', width).map(paint.bold),
    ...deciding.flatMap((missing) => wrap(missingText(missing), width - 2, '  ')).map((line) => `  ${line}`),
  ];
}

function missingText(missing: MissingEvidence): string {
  return `${missing.label} (${decidesText(missing)}): ${missing.how}`;
}
