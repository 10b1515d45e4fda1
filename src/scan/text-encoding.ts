/** Returns a text in UTF-8, also if the file is UTF-16 with a byte order mark, as Windows tools write it. */
export function asUtf8(bytes: Buffer): Buffer {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return Buffer.from(bytes.toString('utf16le', 2), 'utf8');
  if (first !== 0xfe || second !== 0xff) return bytes;
  const swapped = Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2))).swap16();
  return Buffer.from(swapped.toString('utf16le'), 'utf8');
}
