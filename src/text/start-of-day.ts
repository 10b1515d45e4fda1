const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Returns epoch ms of the first moment (UTC) of an ISO date; null if the text is not a date of the calendar. */
export function startOfDay(text: string): number | null {
  const parts = DATE.exec(text);
  if (!parts) return null;
  const ms = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return new Date(ms).toISOString().startsWith(text) ? ms : null;
}
