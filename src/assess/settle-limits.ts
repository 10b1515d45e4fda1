import {
  type AuditPlan,
  KeyproofError,
  type ParamOrigin,
  type ParamValue,
  type Policy,
} from '../model/index.js';
import type { EvidenceStore, LimitDocument } from '../store/index.js';
import { distinctTexts } from '../text/compare-text.js';
import { withFollowingLimits } from './follow-limits.js';

/** A rule on a document that states the limits of another rule. */
const STATED_BY_DOCUMENTS = [
  {
    rule: 'rotation-tra-documented',
    sets: 'rotation-max-age',
    param: 'max_age_days',
    unit: 'days',
    of: '-tier keys',
  },
] as const;

type Stated = (typeof STATED_BY_DOCUMENTS)[number];

/** A limit that a document states. */
type Limit = { name: string; value: number; document: LimitDocument };

/**
 * Returns the thresholds of a plan with the limits that counted documents of the entity state, such as the intervals of an approved risk
 * analysis: the newest analysis that gives one sets it, and keyproof's default yields.
 * @throws KeyproofError if keyproof.yaml and a document, or two documents of one day, state different limits
 */
export async function settleLimits(
  plan: AuditPlan,
  policies: readonly Policy[],
  store: Pick<EvidenceStore, 'limitDocuments'>,
): Promise<AuditPlan['thresholds']> {
  const thresholds = { ...plan.thresholds };
  for (const stated of STATED_BY_DOCUMENTS) {
    const limits = await statedLimits(stated, plan, policies, store);
    const own = settled(stated, limits, plan, policies);
    if (own !== null) thresholds[stated.sets] = own;
  }
  return withFollowingLimits(thresholds, policies);
}

async function statedLimits(
  { rule }: Stated,
  { asOfMs }: AuditPlan,
  policies: readonly Policy[],
  store: Pick<EvidenceStore, 'limitDocuments'>,
): Promise<Limit[]> {
  const { max_age_days: maxAge, topics } = policies.find(({ id }) => id === rule)?.params ?? {};
  if (typeof maxAge !== 'number' || !Array.isArray(topics)) return [];
  const wanted = topics.map((topic) => plain(String(topic)));
  const documents = await store.limitDocuments({ rule, maxAgeDays: maxAge, asOfMs });
  return documents
    .filter((document) => isOfTwoPeople(document) && covers(document, wanted))
    .flatMap((document) => document.values.flatMap((value) => limitOf(value, document)));
}

/** Two names that are not two addresses and share a part may be one person, so that the document may not count. */
function isOfTwoPeople({ owner, approver }: LimitDocument): boolean {
  if (owner.includes('@') && approver.includes('@')) return true;
  const parts = (name: string) => (name.toLowerCase().split('@')[0] ?? '').split(/[^\p{L}\p{N}]+/u);
  return !parts(owner).some((part) => part !== '' && parts(approver).includes(part));
}

function covers({ topics }: LimitDocument, wanted: readonly string[]): boolean {
  const named = topics.map(plain);
  return wanted.every((topic) => named.includes(topic));
}

function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll(/[ _]/g, '-');
}

function limitOf(value: string, document: LimitDocument): Limit[] {
  const [, name, days] = /^([^=]+)=\s*([1-9][0-9]*)\s*$/.exec(value) ?? [];
  return name === undefined ? [] : [{ name: name.trim().toLowerCase(), value: Number(days), document }];
}

/** Returns what is in force of the other rule; null if no document states a limit of it, or keyproof.yaml states the same. */
function settled(
  stated: Stated,
  limits: readonly Limit[],
  { thresholds }: AuditPlan,
  policies: readonly Policy[],
): AuditPlan['thresholds'][string] | null {
  const inForce = policies.find(({ id }) => id === stated.sets)?.params[stated.param];
  if (!isLimits(inForce)) return null;
  const names = Object.keys(inForce);
  const newest = names.flatMap((name) => newestOf(name, limits, stated));
  if (newest.length === 0) return null;
  const own = Object.hasOwn(thresholds, stated.sets) ? thresholds[stated.sets] : undefined;
  const origin = own?.origins[stated.param];
  if (origin !== undefined && origin.kind !== 'document') {
    for (const limit of newest) requireSame(limit, inForce[limit.name], origin, stated);
    return null;
  }
  const values = { ...inForce, ...Object.fromEntries(newest.map(({ name, value }) => [name, value])) };
  return {
    params: { ...own?.params, [stated.param]: values },
    origins: { ...own?.origins, [stated.param]: documentOrigin(newest, names) },
  };
}

function documentOrigin(limits: readonly Limit[], names: readonly string[]): ParamOrigin {
  const states = limits.map(({ name }) => name);
  return {
    kind: 'document',
    documents: distinctTexts(limits.map(({ document }) => document.title)),
    states,
    open: names.filter((name) => !states.includes(name)),
  };
}

/** Returns the limit that the document approved last gives. @throws KeyproofError if two of one day differ. */
function newestOf(name: string, limits: readonly Limit[], stated: Stated): Limit[] {
  const own = limits.filter((limit) => limit.name === name);
  const last = Math.max(...own.map(({ document }) => document.approvedMs));
  const [first, ...others] = own.filter(({ document }) => document.approvedMs === last);
  if (first === undefined) return [];
  const other = others.find(({ value }) => value !== first.value);
  if (other !== undefined)
    throw disagreement(stated, name, documentText(first, stated), documentText(other, stated));
  return [first];
}

function requireSame(limit: Limit, value: number | undefined, origin: ParamOrigin, stated: Stated): void {
  if (value === limit.value) return;
  const by = origin.kind === 'preset' ? `preset ${origin.preset}` : 'thresholds';
  throw disagreement(
    stated,
    limit.name,
    `keyproof.yaml (${by}) sets ${value} ${stated.unit}`,
    documentText(limit, stated),
  );
}

function documentText({ document, value }: Limit, { unit }: Stated): string {
  return `the document "${document.title}" (${document.place}) states ${value} ${unit}`;
}

function disagreement(
  { sets, param, of }: Stated,
  name: string,
  first: string,
  second: string,
): KeyproofError {
  return new KeyproofError(
    `${sets}, ${param}: for ${name}${of} ${first} and ${second}; correct one of them, so that one limit is stated.`,
  );
}

function isLimits(value: ParamValue | undefined): value is { [name: string]: number } {
  return (
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.values(value).every((one) => typeof one === 'number')
  );
}
