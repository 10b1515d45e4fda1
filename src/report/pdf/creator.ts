/** What a browser that does not take its user agent for the creator writes; as long as our own name. */
const BROWSER = '/Creator (Chromium)';

/** Names keyproof as the program that a PDF was created with, whatever the browser made of its user agent. Nothing moves. */
export function setPdfCreator(pdf: Uint8Array): Uint8Array {
  const bytes = Buffer.from(pdf);
  const at = bytes.indexOf(BROWSER, 0, 'latin1');
  if (at >= 0) bytes.write('/Creator (keyproof)', at, 'latin1');
  return new Uint8Array(bytes);
}
