import {
  ACCESS_VERBS,
  DAY_MS,
  type Instant,
  isOpen,
  type KeyAccess,
  type KeyLife,
  type Outcome,
  SEVERITIES,
  type Subject,
} from '../../../model/index.js';
import { type AccessState, accessState } from '../../text/access-text.js';
import { printableText } from '../../text/printable.js';
import { makePlaces, type Places } from './places.js';

/** Day of a date as days since 1970 (UTC); -1 if the source states that it never happened; null if it is not known. */
type Day = number | null;

/** A key of the register. */
export type KeyRow = [
  subject: number,
  store: number,
  storage: number,
  tier: number,
  status: number,
  created: Day,
  rotated: Day,
  used: Day,
  expires: Day,
  revoked: Day,
  rotations: number[],
  exposures: [from: number, replaced: Day, place: number][],
  /** A letter a rule about keys, in the order of their ids; empty if the results are not known. */
  results: string,
  /** Who has access, as places in the list of holders, as far as the page holds it; null if no access rights were supplied, or the pack does not tell. */
  access: number[] | null,
  /** How many have. */
  accessTotal: number,
  /** If `rotated` is not known: the day by which it was at the latest. */
  rotatedBy: Day,
];

/** A holder of rights on a key. Each verb has a letter: `y` yes, `m` at most, `d` denied, `u` not stated, `-` no. */
export type AccessRow = [holder: number, kind: number, verbs: string, paths: number[], reasons: number[]];

const STATE_LETTERS: { readonly [S in AccessState]: string } = {
  yes: 'y',
  'at most': 'm',
  denied: 'd',
  'not stated': 'u',
  no: '-',
};

/** The letter of each outcome in the results of a key. */
export const RESULT_LETTERS: { readonly [O in Outcome]: string } = {
  fail: 'f',
  'no-evidence': 'u',
  error: 'e',
  waived: 'w',
  attested: 'a',
  pass: 'p',
  'not-applicable': '-',
};

/** What keys share: words, and holders of rights with what they may do. */
export type KeyLists = { words: Places<string>; access: Places<AccessRow> };

/** Returns an empty list of holders: one who may do the same on several keys by the same path is held once. */
export function accessPlaces(): Places<AccessRow> {
  return makePlaces((row) => JSON.stringify(row));
}

/** Returns a key as the register holds it; `holders` is the most holders of rights. */
export function keyRow(
  place: number,
  { status, life }: Subject & { life: KeyLife },
  results: string,
  { words, access, holders }: KeyLists & { holders: number },
): KeyRow {
  const word = (text: string | null): number => (text === null ? -1 : words.of(printableText(text)));
  return [
    place,
    word(life.store),
    word(life.storage),
    life.tier === null ? -1 : SEVERITIES.indexOf(life.tier),
    word(status),
    dayOf(life.created),
    isOpen(life.rotated) ? null : dayOf(life.rotated),
    dayOf(life.used),
    dayOf(life.expires),
    dayOf(life.revoked),
    life.rotations.map(dayOfMs),
    life.exposures.map(({ from, replaced, place: where }) => [
      dayOfMs(from),
      replaced === null ? null : dayOfMs(replaced),
      word(where),
    ]),
    results,
    life.access?.slice(0, holders).map((one) => access.of(accessRow(one, word))) ?? null,
    life.accessTotal ?? 0,
    isOpen(life.rotated) ? dayOf(life.rotated) : null,
  ];
}

function accessRow(access: KeyAccess, word: (text: string | null) => number): AccessRow {
  return [
    word(access.principal),
    word(access.kind),
    ACCESS_VERBS.map((verb) => STATE_LETTERS[accessState(access, verb)]).join(''),
    access.paths.map(word),
    access.reasons.map(word),
  ];
}

/** Returns the day of a date as its source writes it. */
export function dayOf(instant: Instant | null): Day {
  if (instant?.state === 'never') return -1;
  if (instant === null || instant.ms === null) return null;
  return dayOfMs(instant.day ? Date.parse(instant.day) : instant.ms);
}

/** Returns the day (UTC) of a moment in days since 1970. */
export function dayOfMs(ms: number): number {
  return Math.floor(ms / DAY_MS);
}
