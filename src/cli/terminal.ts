import type { World } from './world.js';

/** Returns whether text for people is coloured. Follows NO_COLOR and FORCE_COLOR (no-color.org, force-color.org). */
export function takesColor({ env, terminal }: Pick<World, 'env' | 'terminal'>): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  return !NO_COLOR && (Boolean(FORCE_COLOR) || (terminal.isTTY && TERM !== 'dumb'));
}

/** Aligns text in columns, each as wide as its widest cell, two spaces apart. */
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

/** Returns a value as indented JSON. */
export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
