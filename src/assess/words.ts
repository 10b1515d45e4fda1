import type { RecordKind, SubjectKind } from '../model/index.js';

/** A count as printed everywhere: `2,000`. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}

const SUBJECTS: { readonly [K in SubjectKind]: readonly [one: string, many: string] } = {
  key: ['key', 'keys'],
  principal: ['principal', 'principals'],
  repository: ['repository', 'repositories'],
  route: ['route', 'routes'],
  vendor: ['vendor', 'vendors'],
  incident: ['incident', 'incidents'],
  organisation: ['organisation', 'organisations'],
};

/** `1 key`, `2,000 keys`, `the organisation`. */
export function subjects(number: number, kind: SubjectKind): string {
  const [one, many] = SUBJECTS[kind];
  if (kind === 'organisation' && number === 1) return 'the organisation';
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** `12 of 2,000 keys`, `1 key`, `all 40 routes`, `the organisation`. */
export function share(part: number, whole: number, kind: SubjectKind): string {
  if (kind === 'organisation') return subjects(whole, kind);
  if (part < whole) return `${count(part)} of ${subjects(whole, kind)}`;
  return whole === 1 ? `the only ${SUBJECTS[kind][0]}` : `all ${subjects(whole, kind)}`;
}

/** What a subject kind's export is called. */
export const EXPORTS: { readonly [K in SubjectKind]: string } = {
  key: 'key inventory',
  principal: 'list of principals',
  repository: 'list of repositories',
  route: 'gateway configuration',
  vendor: 'vendor register',
  incident: 'incident register',
  organisation: 'record about the organisation',
};

/** The table each subject kind is read from; the organisation is always there. */
export const TABLE_OF: { readonly [K in SubjectKind]: RecordKind | null } = {
  key: 'keys',
  principal: 'principals',
  repository: 'repositories',
  route: 'routes',
  vendor: 'vendors',
  incident: 'incidents',
  organisation: null,
};
