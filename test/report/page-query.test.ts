import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type PageData, pageData } from '../../src/report/html/data/page-data.js';
import { HTML_CAPS } from '../../src/report/view/caps.js';
import { makeContext } from '../../src/report/view/context.js';
import { makeAssessment } from './fixture.js';
import { makeSubjects } from './fixture-subjects.js';
import { packOf } from './pack-of.js';

/** A finding as the page's script reads it. */
type Finding = {
  id: string;
  rule: { id: string; title: string; domain: number; action: string };
  outcome: { key: string };
  severity: string | null;
  subject: { kind: string; id: string; label: string; owner: string | null; environment: string | null };
  controls: [framework: number, id: string][];
  reasons: { message: string; records: { file: string; record: string }[] }[];
};
type Chosen = { [facet: string]: string };
type Query = {
  SAID_AS: { [word: string]: string[] };
  FACETS: { name: string; options: () => { key: string }[] }[];
  select: (words: string, chosen: Chosen) => { hits: number[]; counts: { [facet: string]: number[] } };
};

const page = (name: string): Promise<unknown> =>
  import(new URL(`../../templates/page/${name}.js`, import.meta.url).href);

describe('the search of the page', () => {
  const assessment = makeAssessment({ findings: 60, keys: 80 });
  let held: PageData;
  let query: Query;
  let findings: Finding[];

  beforeAll(async () => {
    const pack = packOf(assessment, assessment.observations, makeSubjects(assessment));
    held = await pageData(pack, makeContext(assessment, HTML_CAPS));
    vi.stubGlobal('document', { getElementById: () => ({ textContent: JSON.stringify(held) }) });
    query = (await page('query')) as Query;
    const { finding } = (await page('data')) as { finding: (index: number) => Finding };
    findings = held.findings.map((_, index) => finding(index));
  });
  afterAll(() => {
    vi.unstubAllGlobals();
  });

  /** What a finding has of each facet. */
  const optionsOf = ({
    rule,
    outcome,
    severity,
    subject,
    controls,
  }: Finding): { [facet: string]: string[] } => ({
    severity: [severity ?? 'none'],
    result: [outcome.key],
    domain: [held.domains[rule.domain]?.key ?? ''],
    framework: [...new Set(controls.map(([framework]) => held.frameworks[framework]?.id ?? ''))],
    environment: [subject.environment ?? 'not-stated'],
    owner: [subject.owner ?? 'not-stated'],
    rule: [rule.id],
  });

  const textsOf = ({ id, rule, subject, controls, reasons }: Finding): string[] =>
    [
      [
        id,
        ...reasons.flatMap(({ message, records }) => [
          message,
          ...records.flatMap(({ file, record }) => [file, record]),
        ]),
      ].join('\n'),
      rule.id,
      rule.title,
      rule.action,
      held.domains[rule.domain]?.label ?? '',
      subject.id,
      subject.label,
      subject.owner ?? '',
      subject.environment ?? '',
      ...controls.flatMap(([place, control]) => {
        const framework = held.frameworks[place];
        return [control, `${framework?.title} ${control}`, `${framework?.id} ${control}`];
      }),
    ].map((text) => text.toLowerCase());

  const has = (one: Finding, term: string): boolean =>
    one.subject.kind === term || textsOf(one).some((text) => text.includes(term));

  const term = (): fc.Arbitrary<string> => {
    const texts = [...new Set(findings.flatMap(textsOf))].filter((text) => text.length > 3);
    return fc
      .tuple(fc.constantFrom(...texts), fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 24 }))
      .map(([text, at, length]) => {
        const from = Math.floor((at * text.length) / 1000);
        return text
          .slice(from, from + length)
          .replace(/\n.*/s, '')
          .trim();
      })
      .filter((text) => text !== '' && !text.includes('"'));
  };
  /** None, one or two choices, each as likely: most pairs of choices leave nothing. */
  const choice = (): fc.Arbitrary<Chosen> => {
    const one = fc
      .constantFrom(...query.FACETS)
      .chain(({ name, options }) =>
        fc.constantFrom(...options()).map(({ key }): Chosen => ({ [name]: key })),
      );
    return fc
      .integer({ min: 0, max: 2 })
      .chain((length) => fc.array(one, { minLength: length, maxLength: length }))
      .map((all) => Object.assign({}, ...all) as Chosen);
  };

  it('finds what has every word and every choice, and counts what each other choice would leave', () => {
    fc.assert(
      fc.property(fc.array(term(), { maxLength: 2 }), choice(), (terms, chosen) => {
        const { hits, counts } = query.select(
          terms.map((one) => (/\s/.test(one) || one in query.SAID_AS ? `"${one}"` : one)).join(' '),
          chosen,
        );
        const worded = findings
          .map((_, index) => index)
          .filter((index) => terms.every((one) => has(findings[index] as Finding, one)));
        const chooses = (index: number, but = ''): boolean =>
          Object.entries(chosen).every(
            ([facet, key]) => facet === but || optionsOf(findings[index] as Finding)[facet]?.includes(key),
          );
        expect(hits).toEqual(worded.filter((index) => chooses(index)));
        for (const { name, options } of query.FACETS) {
          const left = worded
            .filter((index) => chooses(index, name))
            .map((index) => optionsOf(findings[index] as Finding)[name]);
          expect(counts[name]).toEqual(
            options().map(({ key }) => left.filter((keys) => keys?.includes(key)).length),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('finds a word that people type in every way in which findings say it, and a phrase as it stands', () => {
    for (const [word, ways] of Object.entries(query.SAID_AS)) {
      const said = findings.flatMap((one, index) => (ways.some((way) => has(one, way)) ? [index] : []));
      expect(query.select(word, {}).hits).toEqual(said);
      const literal = findings.flatMap((one, index) => (has(one, word) ? [index] : []));
      expect(query.select(`"${word}"`, {}).hits).toEqual(literal);
    }
    expect(query.select('stale', {}).hits.length).toBeGreaterThan(query.select('"stale"', {}).hits.length);
  });

  it('finds a phrase while its end is still to be typed', () => {
    const phrase = findings.find(({ rule }) => rule.title.includes(' '))?.rule.title.slice(0, 9) ?? '';
    expect(phrase).toContain(' ');
    expect(query.select(`"${phrase}`, {}).hits).toEqual(query.select(`"${phrase}"`, {}).hits);
    expect(query.select(`"${phrase}`, {}).hits.length).toBeGreaterThan(0);
    expect(query.select('"', {}).hits).toHaveLength(findings.length);
  });
});
