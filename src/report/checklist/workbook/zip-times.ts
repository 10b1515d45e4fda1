/** Signatures and places of ZIP (APPNOTE.TXT 4.3). */
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_LENGTH = 22;

/** 1 January 1980, the first day of ZIP, at midnight: date above, time below. */
const FIRST_DAY = 0x0021_0000;

/**
 * Sets the time of each entry of a ZIP archive without a comment to the first that ZIP has, in place: what was written when is no
 * part of a pack, and the same workbook must have the same bytes.
 * @throws Error if it is no such archive
 */
export function withoutZipTimes(archive: Buffer): Buffer {
  const end = archive.length - END_LENGTH;
  if (end < 0 || archive.readUInt32LE(end) !== END) throw new Error('The workbook is no ZIP archive.');
  let place = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) place = resetEntry(archive, place);
  return archive;
}

/** Sets the time of one entry, in the directory and before its content. @returns the place of the next. */
function resetEntry(archive: Buffer, place: number): number {
  if (archive.readUInt32LE(place) !== ENTRY) throw new Error('The directory of the workbook cannot be read.');
  archive.writeUInt32LE(FIRST_DAY, place + 12);
  archive.writeUInt32LE(FIRST_DAY, archive.readUInt32LE(place + 42) + 10);
  const variable = [28, 30, 32].map((offset) => archive.readUInt16LE(place + offset));
  return variable.reduce((sum, length) => sum + length, place + 46);
}
