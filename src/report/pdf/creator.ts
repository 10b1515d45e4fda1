/** What a browser writes if it does not take its user agent for the creator; as long as our own name. */
const BROWSER = '/Creator (Chromium)';

/**
 * Sets keyproof as the program that created a PDF, whatever the browser made of its user agent. No byte offset
 * changes.
 */
export function setPdfCreator(pdf: Uint8Array): Uint8Array {
  const bytes = Buffer.from(pdf);
  const at = bytes.indexOf(BROWSER, 0, 'latin1');
  if (at >= 0) bytes.write('/Creator (keyproof)', at, 'latin1');
  return new Uint8Array(bytes);
}
