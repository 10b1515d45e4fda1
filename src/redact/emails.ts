/** What looks like an e-mail address: `v4.1` after an @ is a version, and no domain. */
const EMAIL = /[\p{L}\p{N}._%+'-]+@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/gu;

/** Returns a text with each e-mail address and each part between two of them replaced. */
export function replaceEmails(
  text: string,
  email: (address: string) => string,
  between: (part: string) => string,
): string {
  if (!text.includes('@')) return between(text);
  let result = '';
  let done = 0;
  for (const { 0: address, index } of text.matchAll(EMAIL)) {
    result += between(text.slice(done, index)) + email(address);
    done = index + address.length;
  }
  return result + between(text.slice(done));
}

/** Returns what stands before the @ of an e-mail address; null if a text is none. */
export function localPartOf(text: string): string | null {
  const [address] = text.match(EMAIL) ?? [];
  return address !== undefined && address === text.trim() ? address.slice(0, address.lastIndexOf('@')) : null;
}
