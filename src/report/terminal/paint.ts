import type { Severity } from '../../model/index.js';

type Style = (text: string) => string;

/** Colours of the terminal. */
export type Paint = {
  /** Headings and results. */
  bold: Style;
  /** What is read last. */
  dim: Style;
  /** What is incomplete. */
  warn: Style;
  /** Words of a severity. */
  severity: { readonly [S in Severity]: Style };
};

/** Returns ANSI colours, or none. */
export function painter(color: boolean): Paint {
  const style = (code: string) => (text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: style('1'),
    dim: style('2'),
    warn: style('1;33'),
    severity: { critical: style('1;31'), high: style('31'), medium: style('33'), low: style('36') },
  };
}
