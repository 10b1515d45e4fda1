const TEMPLATE = /\{\{.*?\}\}/g;

/** Returns whether a path holds a template of the caller's identity, or a segment that stands for any. */
export function isWild(path: string): boolean {
  return path.search(TEMPLATE) >= 0 || path.split('/').includes('+');
}

/** Returns the templates in a path. */
export function templatesIn(path: string): string[] {
  return path.match(TEMPLATE) ?? [];
}

/**
 * Returns whether the first of two paths that both match a request is the one that counts. Follows
 * https://developer.hashicorp.com/vault/docs/concepts/policies#priority-matching
 */
export function winsOver(first: string, second: string): boolean {
  const [a, b] = [first, second].map(rank);
  for (const [place, value] of (a ?? []).entries()) {
    const other = b?.[place] ?? 0;
    if (value !== other) return value > other;
  }
  return first > second;
}

/** What counts, the first first: where the first wildcard stands, no glob at the end, fewer `+`, length. */
function rank(path: string): number[] {
  const segments = path.split('/');
  const plus = segments.indexOf('+');
  const before = plus < 0 ? Number.POSITIVE_INFINITY : segments.slice(0, plus).join('').length + plus;
  const glob = path.endsWith('*') ? path.length - 1 : Number.POSITIVE_INFINITY;
  return [
    Math.min(before, glob),
    path.endsWith('*') ? 0 : 1,
    -segments.filter((one) => one === '+').length,
    path.length,
  ];
}

/** Returns whether some request may match both paths; a template stands for any text. */
export function overlap(first: string, second: string): boolean {
  const [a, b] = [first.split('/'), second.split('/')];
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at += 1) {
    const [one = '', other = ''] = [a[at], b[at]];
    const [globOne, globOther] = [isGlob(a, at), isGlob(b, at)];
    if (globOne || globOther) return prefixesMeet(one, other, globOne, globOther);
    if (!segmentsMeet(one, other)) return false;
  }
  return a.length === b.length;
}

function isGlob(segments: readonly string[], at: number): boolean {
  return at === segments.length - 1 && segments[at]?.endsWith('*') === true;
}

function prefixesMeet(one: string, other: string, globOne: boolean, globOther: boolean): boolean {
  if ([one, other].some((segment) => segment === '+' || segment.includes('{{'))) return true;
  const [a, b] = [globOne ? one.slice(0, -1) : one, globOther ? other.slice(0, -1) : other];
  return (globOne && b.startsWith(a)) || (globOther && a.startsWith(b));
}

function segmentsMeet(one: string, other: string): boolean {
  return one === other || [one, other].some((segment) => segment === '+' || segment.includes('{{'));
}
