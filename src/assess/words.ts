import { SUBJECT_WORDS, type SubjectKind } from '../model/index.js';
import { formatCount, plural, wholeOf } from '../text/format.js';

/** Returns `1 key`, `2,000 keys`, `the organisation`. */
export function subjects(number: number, kind: SubjectKind): string {
  const [one, many] = SUBJECT_WORDS[kind];
  if (kind === 'organisation' && number === 1) return 'the organisation';
  return `${formatCount(number)} ${number === 1 ? one : many}`;
}

/** Returns one subject: `key`. */
export function noun(kind: SubjectKind): string {
  return SUBJECT_WORDS[kind][0];
}

/**
 * Returns `12 of 2,000 keys`, `the only key`, `both vendors`, `all 40 routes`, `the organisation`.
 * @param quality what restricts the whole, with a space after it (`applicable `), or nothing.
 */
export function share(part: number, whole: number, kind: SubjectKind, quality = ''): string {
  if (kind === 'organisation') return subjects(whole, kind);
  const [one, many] = SUBJECT_WORDS[kind];
  if (whole === 1 && part === 1) return `the only ${quality}${one}`;
  const nouns = [`${quality}${one}`, `${quality}${many}`] as const;
  return part < whole ? `${formatCount(part)} of ${plural(whole, ...nouns)}` : wholeOf(whole, ...nouns);
}

/** Name of the export for each kind of subject. */
export const EXPORTS: { readonly [K in SubjectKind]: string } = {
  key: 'key inventory',
  principal: 'list of principals',
  repository: 'list of repositories',
  route: 'gateway configuration',
  vendor: 'vendor register',
  incident: 'incident register',
  organisation: 'record about the organisation',
};
