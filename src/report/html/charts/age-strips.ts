import {
  DAY_MS,
  type Instant,
  isOpen,
  type KeyLife,
  type RiskTier,
  SEVERITIES,
  type Subject,
} from '../../../model/index.js';
import { formatCount, plural } from '../../../text/format.js';
import { SEVERITY_WORDS } from '../../text/words.js';

/** A column of a strip, in units of a strip 400 wide and 40 high. */
export type StripColumn = { x: number; y: number; height: number; over: boolean };

/** The ages of the active keys of one tier, up to twice their limit; what is older stands in the last column. */
export type AgeStrip = {
  tier: string;
  limit: number;
  columns: StripColumn[];
  dated: number;
  median: number;
  oldest: number;
  over: number;
  undated: number;
  text: string;
};

/** Age of a key in whole days; `atLeast` if it may be more, because its last rotation is only known to be no later than a day. */
type Age = { days: number; atLeast: boolean };

/** Ages of active keys by tier; null for those without a date. */
export type AgesByTier = Map<RiskTier, (Age | null)[]>;

const COLUMNS = 40;
const HEIGHT = 40;

/** Adds the age of a key to those of its tier if it is active: since its last rotation, or its creation if it has none. */
export function addAge(
  ages: AgesByTier,
  { status, life }: Pick<Subject, 'status' | 'life'>,
  asOfMs: number,
): void {
  if (status !== 'active' || life === null || life.tier === null) return;
  const age = ageOf(life, asOfMs);
  const own = ages.get(life.tier);
  if (own === undefined) ages.set(life.tier, [age]);
  else own.push(age);
}

function ageOf({ rotated, created }: KeyLife, asOfMs: number): Age | null {
  const since = latestMs(rotated) ?? created?.ms ?? null;
  if (since === null) return null;
  return { days: Math.max(0, Math.floor((asOfMs - since) / DAY_MS)), atLeast: isOpen(rotated) };
}

/** Returns the day that the register shows: of a date that is known only to be no later, that one. */
function latestMs(instant: Instant | null): number | null {
  return instant?.day ? Date.parse(instant.day) : (instant?.ms ?? null);
}

/** Returns a strip for each tier that has a limit and a key with a date. */
export function ageStrips(ages: AgesByTier, limits: readonly (number | null)[] | null): AgeStrip[] {
  return SEVERITIES.flatMap((tier, place) => {
    const limit = limits?.[place] ?? null;
    if (limit === null) return [];
    const all = ages.get(tier) ?? [];
    const dated = all.flatMap((age) => daysTold(age, limit)).sort((a, b) => a - b);
    return dated.length === 0 ? [] : [strip(tier, limit, dated, all.length - dated.length)];
  });
}

/** Returns the age of a key as far as it can be compared with a limit: one that is at least so much only tells if that is over it. */
function daysTold(age: Age | null, limit: number): number[] {
  return age === null || (age.atLeast && age.days <= limit) ? [] : [age.days];
}

function strip(tier: RiskTier, limit: number, dated: readonly number[], undated: number): AgeStrip {
  const median = dated[Math.floor((dated.length - 1) / 2)] ?? 0;
  const oldest = dated.at(-1) ?? 0;
  const over = dated.filter((age) => age > limit).length;
  const name = SEVERITY_WORDS[tier];
  return {
    tier: name,
    limit,
    columns: columns(dated, limit),
    dated: dated.length,
    median,
    oldest,
    over,
    undated,
    text: `${name}: ${plural(dated.length, 'key')}, median ${plural(median, 'day')}, oldest ${plural(oldest, 'day')}, ${formatCount(over)} over the limit of ${formatCount(limit)} days`,
  };
}

function columns(dated: readonly number[], limit: number): StripColumn[] {
  const counts = Array.from({ length: COLUMNS }, () => 0);
  const placeOf = (age: number) =>
    age <= limit
      ? Math.min(COLUMNS / 2 - 1, Math.floor((age / limit) * (COLUMNS / 2)))
      : Math.min(COLUMNS - 1, COLUMNS / 2 + Math.floor(((age - limit) / limit) * (COLUMNS / 2)));
  for (const age of dated) counts[placeOf(age)] = (counts[placeOf(age)] ?? 0) + 1;
  const most = Math.max(...counts);
  return counts.flatMap((count, place) => {
    if (count === 0) return [];
    const height = Math.max(2, Math.round((count / most) * HEIGHT));
    return [{ x: place * 10, y: HEIGHT - height, height, over: place >= COLUMNS / 2 }];
  });
}
