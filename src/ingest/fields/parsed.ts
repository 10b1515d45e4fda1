/** A value read from an export, or one sentence fragment why it cannot be read (`"31 February 2026" is not a date`). */
export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: string };

/** Returns a value that could be read. */
export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

/** Returns a value that could not be read. */
export function unparsable(reason: string): { ok: false; reason: string } {
  return { ok: false, reason };
}
