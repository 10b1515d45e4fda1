/** Where a command prints: stdout is for machines, stderr for people. */
export type Terminal = {
  /** Writes a line for machines. */
  out: (text: string) => void;
  /** Writes a line for people. */
  err: (text: string) => void;
  /** Whether stderr is a terminal that takes colour. */
  color: boolean;
  /** Whether stderr is a terminal at all. */
  interactive: boolean;
  /** Width of the terminal in columns. */
  width: number;
};

/** The terminal of this process. NO_COLOR and FORCE_COLOR are honoured (no-color.org, force-color.org). */
export function processTerminal(): Terminal {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const interactive = process.stderr.isTTY === true;
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    color: !NO_COLOR && (Boolean(FORCE_COLOR) || (interactive && TERM !== 'dumb')),
    interactive,
    width: Math.min(process.stderr.columns ?? 100, 120),
  };
}

/** Columns of text, each as wide as its widest cell, two spaces apart. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A value as indented JSON. */
export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
