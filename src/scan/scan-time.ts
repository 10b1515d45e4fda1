/** Returns the time of a scan, epoch ms: SOURCE_DATE_EPOCH if it is set, so that a report can be made again, else the clock. */
export function scanTime(env: Readonly<Record<string, string | undefined>>): number {
  const epoch = env['SOURCE_DATE_EPOCH'];
  const seconds = Number(epoch);
  return epoch && Number.isInteger(seconds) ? seconds * 1000 : Date.now();
}
