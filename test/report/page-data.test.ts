import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, type KeyLife } from '../../src/model/index.js';
import { type AgesByTier, addAge, ageStrips } from '../../src/report/html/charts/age-strips.js';
import { exposureChart, exposuresOf } from '../../src/report/html/charts/exposures.js';
import { heatMap } from '../../src/report/html/charts/heat-map.js';
import { accessPlaces, keyRow } from '../../src/report/html/data/key-rows.js';
import { pageData } from '../../src/report/html/data/page-data.js';
import { makePlaces } from '../../src/report/html/data/places.js';
import { GAP, makeTextTable } from '../../src/report/html/data/text-table.js';
import { printableText } from '../../src/report/text/printable.js';
import { HTML_CAPS } from '../../src/report/view/caps.js';
import { makeContext } from '../../src/report/view/context.js';
import { makeAssessment } from './fixture.js';
import { packOf } from './pack-of.js';

const AS_OF = Date.parse('2026-09-30T23:59:59.999Z');

describe('texts of the page', () => {
  const read = (templates: readonly string[], [place, ...values]: readonly (string | number)[]): string =>
    (templates[Number(place)] ?? '').split(GAP).reduce((text, part, n) => `${text}${values[n - 1]}${part}`);

  it('are read as they were held, whatever they contain', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), sentence)), (raw) => {
        const table = makeTextTable();
        const texts = raw.map((text) => printableText(text));
        const held = texts.map((text) => table.hold(text));
        expect(held.map((one) => read(table.templates, one))).toEqual(texts);
      }),
    );
  });

  it('share a template if they differ in numbers and names only', () => {
    const table = makeTextTable();
    const held = ['12 days, by a@b.example', '3,000 days, by c@d.example'].map((text) => table.hold(text));
    expect(table.templates).toEqual(['', `${GAP} days, by ${GAP}`, `${GAP},${GAP} days, by ${GAP}`]);
    expect(held[0]).toEqual([1, 12, 'a@b.example']);
  });
});

const sentence = fc
  .tuple(fc.nat(), fc.emailAddress(), fc.date({ noInvalidDate: true }))
  .map(([days, who, when]) => `last rotated ${days} days before ${when.toISOString()}, by ${who}; 007 "x1"`);

describe('the undecided checks of the page', () => {
  it('are all of the pack, also those that the assessment leaves out', async () => {
    const whole = makeAssessment({ findings: 4, keys: 60 });
    const undecided = whole.observations.filter(({ outcome }) => outcome === 'no-evidence');
    expect(undecided.length).toBeGreaterThan(2);
    const listed = whole.observations.filter((one) => one !== undecided.at(-1));
    const pack = packOf({ ...whole, observations: listed }, whole.observations);
    const { ids } = await pageData(pack, makeContext(whole, HTML_CAPS));
    expect(ids).toHaveLength(whole.observations.length);
  });
});

const dayBefore = (days: number) => new Date(AS_OF - days * DAY_MS).toISOString().slice(0, 10);

const subjectOf = (life: KeyLife) => ({
  kind: 'key' as const,
  id: 'k',
  label: null,
  owner: null,
  status: 'active',
  facts: {},
  source: null,
  life,
});

describe('the ages of keys', () => {
  const life = (tier: KeyLife['tier'], age: number | null): KeyLife => ({
    store: null,
    storage: null,
    tier,
    created: age === null ? null : { state: 'known', ms: AS_OF - age * DAY_MS, tolerance_ms: 0 },
    rotated: null,
    used: null,
    expires: null,
    revoked: null,
    rotations: [],
    exposures: [],
  });

  it('count every active key with a date once, and those over the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(400)), { minLength: 1 }), (ages) => {
        const byTier: AgesByTier = new Map();
        for (const age of ages) addAge(byTier, { status: 'active', life: life('high', age) }, AS_OF);
        addAge(byTier, { status: 'revoked', life: life('high', 10) }, AS_OF);
        const dated = ages.filter((age) => age !== null);
        const [strip] = ageStrips(byTier, [30, 60, null, null]);
        expect(strip === undefined).toBe(dated.length === 0);
        if (strip === undefined) return;
        expect(strip.dated).toBe(dated.length);
        expect(strip.undated).toBe(ages.length - dated.length);
        expect(strip.over).toBe(dated.filter((age) => age > 60).length);
        expect(strip.oldest).toBe(Math.max(...dated));
        expect(strip.columns.some(({ over }) => over)).toBe(strip.over > 0);
      }),
    );
  });

  it('that may be more than a date tells count only if they are over the limit by that date', () => {
    const by = (days: number): KeyLife => ({
      ...life('high', 500),
      rotated: { state: 'known', ms: 0, tolerance_ms: AS_OF - days * DAY_MS, day: dayBefore(days) },
    });
    const byTier: AgesByTier = new Map();
    for (const days of [5, 60, 61]) addAge(byTier, { status: 'active', life: by(days) }, AS_OF);
    const [strip] = ageStrips(byTier, [30, 60, null, null]);
    expect(strip).toMatchObject({ dated: 1, over: 1, undated: 2 });
  });

  it('stand in the register without a rotation whose day is not known', () => {
    const rotated = { state: 'known' as const, ms: 0, tolerance_ms: AS_OF - 9 * DAY_MS, day: dayBefore(9) };
    const row = (one: KeyLife) =>
      keyRow(0, { ...subjectOf(one), life: one }, '', {
        words: makePlaces(String),
        access: accessPlaces(),
        holders: 0,
      });
    const day = Math.floor(AS_OF / DAY_MS) - 9;
    expect([
      row({ ...life('high', 500), rotated })[6],
      row({ ...life('high', 500), rotated }).at(-1),
    ]).toEqual([null, day]);
    const exact = { ...rotated, ms: AS_OF - 9 * DAY_MS, tolerance_ms: 0 };
    expect(row({ ...life('high', 500), rotated: exact }).at(6)).toBe(day);
    expect(row({ ...life('high', 500), rotated: exact }).at(-1)).toBeNull();
  });
});

describe('exposures', () => {
  const key = (from: number, replaced: number | null, revoked: number | null) => ({
    kind: 'key' as const,
    id: 'k',
    label: 'card-processor',
    owner: null,
    status: 'active',
    facts: {},
    source: null,
    life: {
      store: null,
      storage: null,
      tier: null,
      created: null,
      rotated: null,
      used: null,
      expires: null,
      revoked: revoked === null ? null : { state: 'known' as const, ms: revoked, tolerance_ms: 0 },
      rotations: [],
      exposures: [{ from, replaced, place: 'northbridge/payments' }],
    },
  });

  it('end with the first of replacement and revocation, and last until the as-of date if there is neither', () => {
    const from = AS_OF - 10 * DAY_MS;
    const ends = (replaced: number | null, revoked: number | null) =>
      exposureChart(exposuresOf(key(from, replaced, revoked)), AS_OF)?.rows[0];
    expect(ends(from + 3 * DAY_MS, from + 2 * DAY_MS)?.days).toBe('2 days');
    expect(ends(from + 3 * DAY_MS, from - DAY_MS)?.days).toBe('3 days');
    expect(ends(null, null)).toMatchObject({ days: '10 days', to: 'not known to have ended', open: true });
    expect(exposureChart([], AS_OF)).toBeNull();
  });
});

describe('the heat map', () => {
  it('adds up to the failed checks', () => {
    const assessment = makeAssessment({ findings: 80 });
    const map = heatMap(assessment);
    expect(map.rows.reduce((sum, { total }) => sum + total, 0)).toBe(assessment.outcomes.fail);
    expect(
      map.rows.flatMap(({ cells }) => cells.filter(({ count }) => count === 0).map(({ href }) => href)),
    ).toEqual(map.rows.flatMap(({ cells }) => cells.filter(({ count }) => count === 0).map(() => null)));
  });
});
