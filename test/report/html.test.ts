import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../src/model/index.js';
import { renderHtml as renderPack } from '../../src/report/html/page.js';
import { paperPage } from '../../src/report/pdf/page.js';
import { annexView } from '../../src/report/pdf/view/annex-view.js';
import { paperView } from '../../src/report/pdf/view/paper-view.js';
import { describeUnlessProved } from '../support/verdict.js';
import { makeAssessment } from './fixture.js';
import { anyAssessment, emptied, HOSTILE, withTexts } from './hostile.js';
import { packOf } from './pack-of.js';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const isElement = (node: Node): node is Element => 'tagName' in node;

/** The elements at and below a node, in their order, put into one list: a page has thousands, many levels deep. */
const elementsOf = (node: Node, found: Element[] = []): Element[] => {
  if (isElement(node)) found.push(node);
  if ('childNodes' in node) for (const child of node.childNodes) elementsOf(child, found);
  return found;
};

const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((attr) => attr.name === name)?.value;

const textOf = (node: Node): string => {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
};

/** The elements of a page and the errors its parser reports. */
const read = (html: string) => {
  const errors: string[] = [];
  const document = parse(html, {
    onParseError: ({ code, startLine }) => errors.push(`${code} line ${startLine}`),
  });
  return { elements: elementsOf(document), errors };
};

const byTag = (elements: Element[], tag: string): Element[] =>
  elements.filter((element) => element.tagName === tag);

const words = (html: string, id: string): string => {
  const found = read(html).elements.find((element) => attribute(element, 'id') === id);
  if (found === undefined) throw new Error(`no element with id ${id}`);
  return textOf(found).replace(/\s+/g, ' ').trim();
};

const renderHtml = (assessment: Assessment): Promise<string> => renderPack(packOf(assessment));

const small = makeAssessment({ findings: 30, keys: 400 });
const smallHtml = await renderHtml(small);

describe('the hand-made assessment', () => {
  it.each([0, 10, 300])('is a valid assessment with %i findings', (findings) => {
    const schema: unknown = JSON.parse(readFileSync('src/model/schemas/assessment.json', 'utf8'));
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    const validate = ajv.compile(schema as object);
    validate(makeAssessment({ findings }));
    expect(validate.errors).toBeNull();
  });
});

describe('index.html', () => {
  const html = smallHtml;
  const { elements, errors } = read(html);

  it('is valid HTML with unique ids and links that lead somewhere', () => {
    expect(errors).toEqual([]);
    const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = byTag(elements, 'a').flatMap((link) => attribute(link, 'href') ?? []);
    const inside = targets
      .filter((target) => target.startsWith('#') && !target.includes('='))
      .map((target) => target.slice(1));
    expect(inside.length).toBeGreaterThan(50);
    expect(inside.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('has the landmarks and table headings that assistive technology needs', () => {
    for (const tag of ['main', 'header', 'footer', 'nav', 'h1']) expect(byTag(elements, tag)).toHaveLength(1);
    expect(attribute(elements.find((element) => element.tagName === 'html') as Element, 'lang')).toBe('en');
    for (const table of byTag(elements, 'table')) {
      const inside = elementsOf(table);
      expect(byTag(inside, 'caption')).toHaveLength(1);
      for (const heading of byTag(inside, 'th')) expect(attribute(heading, 'scope')).toMatch(/^(row|col)$/);
    }
    const levels = elements.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? Number(tagName[1]) : []));
    expect(levels.filter((level, index) => level - (levels[index - 1] ?? 0) > 1)).toEqual([]);
  });

  it('loads nothing and runs only its own script', () => {
    const loading = elements.flatMap((element) =>
      ['src', 'srcset', 'data', 'action', 'poster'].flatMap((name) => attribute(element, name) ?? []),
    );
    expect(loading).toEqual([]);
    expect(byTag(elements, 'link')).toEqual([]);
    expect(
      elements.flatMap(({ attrs }) => attrs.filter(({ name }) => name.startsWith('on') || name === 'style')),
    ).toEqual([]);
    const csp = byTag(elements, 'meta').find(
      (meta) => attribute(meta, 'http-equiv') === 'Content-Security-Policy',
    );
    const policy = csp === undefined ? '' : (attribute(csp, 'content') ?? '');
    expect(policy).toMatch(
      /^default-src 'none'; base-uri 'none'; form-action 'none'; font-src data:; style-src 'sha256-/,
    );
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const style = textOf(byTag(elements, 'style')[0] as Element);
    expect(
      [...style.matchAll(/url\((.{5})/g)].filter(
        (match) => match[1] !== 'data:' && !match[1]?.startsWith('#p-'),
      ),
    ).toEqual([]);
    expect(style).not.toMatch(/@import/);
  });

  it('says first what is incomplete, then how many keys fail, of how many', () => {
    const glance = words(html, 'glance');
    const { tested, failed, worst } = small.subjectFailures[0] as Assessment['subjectFailures'][number];
    expect(glance).toContain('This run is incomplete');
    expect(glance).toContain('exports/vault/rotation.ndjson ends in the middle of record line 119');
    expect(glance).toContain(
      `${worst.critical} of ${tested} keys tested have a critical failure; ${failed} have a failure of any severity.`,
    );
    expect(glance).toMatch(
      /of [\d,]+ checks that apply could not be decided; they count neither as passed nor as failed/,
    );
    expect(glance.indexOf('incomplete')).toBeLessThan(glance.indexOf('critical failure'));
  });

  it('links every severity to the search for it, and counts it', () => {
    const tiles = byTag(elements, 'a').filter((link) => attribute(link, 'class')?.startsWith('tile'));
    const said = tiles.map((tile) => [attribute(tile, 'href'), textOf(tile).replace(/\s+/g, ' ').trim()]);
    const { critical, high } = small.severities;
    const [keys] = small.subjectFailures;
    const worst = keys?.worst ?? { critical: -1, high: -1 };
    expect(said.slice(0, 2)).toEqual([
      ['#severity=critical', `${critical} Critical 1 principal`],
      ['#severity=high', `${high} High ${worst.high}${worst.critical > 0 ? ' more' : ''} keys`],
    ]);
  });

  it('says before all else that most is undecided, if it is', async () => {
    const outcomes = { ...small.outcomes, 'no-evidence': 9000, pass: 10 };
    const glance = words(await renderHtml({ ...small, outcomes }), 'glance');
    expect(glance).toMatch(/[\d,]+ of [\d,]+ checks that apply could not be decided: evidence is missing/);
    expect(glance.indexOf('could not be decided: evidence')).toBeLessThan(glance.indexOf('critical failure'));
    expect(words(html, 'glance')).not.toContain('could not be decided: evidence');
  });

  it('opens the plan with one row an action: who, by when, where, what closes it', () => {
    const [first] = small.actions;
    if (first === undefined) throw new Error('the hand-made assessment has no action');
    const action = words(html, `action-${first.ruleId}`);
    expect(action).toContain(`${first.failed} of ${first.tested} `);
    expect(action).toContain(first.remedy);
    expect(action).toContain(first.closedBy);
    expect(
      byTag(elements, 'details').filter((item) => attribute(item, 'class') === 'action item'),
    ).toHaveLength(small.actions.length);
  });

  it('says what is missing, what it would decide and how to get it', () => {
    const [first] = small.missingEvidence;
    if (first === undefined) throw new Error('the hand-made assessment misses nothing');
    const missing = words(html, 'missing');
    expect(missing).toContain(first.label);
    expect(missing).toContain(first.how);
    expect(missing).not.toContain(`${first.path} `);
  });

  it('keeps hashes and settings for those who verify', () => {
    expect(words(html, 'glance')).not.toContain('sha256');
    expect(words(html, 'verify')).toContain(`sha256:${small.tool.policyBundleSha256}`);
  });

  it('says that the organisation is not named, if it is not', async () => {
    const plan = { ...small.plan, organisation: 'exports', unnamed: true };
    expect(words(await renderHtml({ ...small, plan }), 'glance-title')).toBe(
      'Organisation not named (folder exports)',
    );
  });

  it('makes a table of the mappings of each control, with one denominator, and says what is asked of a person', () => {
    const control = words(html, 'control-pci-dss-4-0-1-8-6-3');
    const mapping = small.frameworks[0]?.controls.find(({ id }) => id === '8.6.3')?.mappings[0];
    const { fail = 0, pass = 0 } = mapping?.outcomes ?? {};
    expect(control).toContain('Candidate: Not in Place');
    expect(control).toContain(`${fail} of ${fail + pass} tested (`);
    expect(control).toContain('Age against the entity’s own interval');
    expect(control).toContain('Which targeted risk analysis sets the rotation interval');
    expect(control).toContain('Assessor’s conclusion');
    expect(control).not.toContain('exceeds the interval of its risk tier');
  });

  it('says who changed a threshold, from what, and why', () => {
    const policy = words(html, 'policy-rotation-max-age');
    expect(policy).toContain(
      'critical 30, high 60, medium 90, low 90 (default critical 30, high 60, medium 90, low 180)',
    );
    expect(policy).toContain(
      'Set in keyproof.yaml by M. Okafor, Head of Key Management: Board risk appetite',
    );
  });

  it('says what was taken as given, what states it, and what that replaced', () => {
    const scope = words(html, 'scope');
    expect(scope).toContain('Kind of entity: Bank. Credit institution with customers of its own.');
    expect(scope).toContain('It is authorised, registered or established in the European Economic Area');
    expect(scope).toContain('soc2_categoriessecuritythe bank profile');
    expect(scope).toContain('gdpr_rolebothkeyproof.yaml (instead of controller by the bank profile)');
    expect(words(html, 'limits')).toContain('3 facts about the entity');
  });

  it('says which rules of keyproof.yaml state the scope of subjects, who decided and why, on page and paper', async () => {
    const rule = { ids: ['ledger-*'], facts: { icfr_relevant: true }, by: 'Finance', reason: 'it reports' };
    const ruled = { ...small, plan: { ...small.plan, scope: [rule] } };
    const said = /keys: ledger-\*.*: trueFinanceit reports/;
    expect(words(await renderHtml(ruled), 'scope')).toMatch(said);
    expect(
      words(paperPage('print.hbs', paperView(ruled), { pages: new Map(), density: 'loose' }), 'scope'),
    ).toMatch(said);
    expect(words(html, 'scope')).not.toContain('Rules on scope');
  });

  it('says which of two contrary practices was audited against, and what it set', () => {
    const scope = words(html, 'scope');
    expect(scope).toContain('rotation: tiers (default): an interval for each risk tier.');
    expect(scope).toContain('Other presets: strict-90.');
    expect(scope).toContain(
      'rotation-max-age max_age_days: critical 30, high 60, medium 90, low 180 (not in force',
    );
  });

  it('names the subjects a fact is unknown for, and says where the others are', () => {
    const [key7] = small.frameworks[0]?.undecided[0]?.examples ?? [];
    const framework = words(html, 'framework-pci-dss-4-0-1');
    expect(framework).toContain('61 keys');
    expect(framework).toContain(`First 2 of 61; all of them are in assessment.json. ${key7}`);
    expect(words(html, 'scope')).toContain('PCI DSS scope of 61 keys');
  });

  it('lists rejected records, files not used and controls not tested', () => {
    const inputs = words(html, 'inputs');
    expect(inputs).toContain('row 14access_key_1_last_rotated“31/02/2026” is not a date');
    expect(inputs).toContain('exports/notes/minutes.docx');
    expect(words(html, 'not-tested')).toContain('10.5.1 Keep audit log history');
    expect(words(html, 'population')).toContain('no file of this kind was supplied');
  });

  it('puts controls that nothing tested beside the control checklist, not into it', () => {
    const checklist = words(html, 'checklist');
    expect(checklist).toContain('11 controls that the evidence does not support, worst first');
    expect(checklist).toContain('3 more were not tested at all; they are under “What was not tested”.');
    expect(checklist).not.toContain('Keep audit log history');
  });

  it('sets names between backticks as code, and nothing else', async () => {
    const quoted = withTexts(small, ['fails where `status` is <b>`never`</b>']);
    const codes = byTag(read(await renderHtml(quoted)).elements, 'code').map((code) => textOf(code));
    expect(codes).toContain('status');
    expect(codes).toContain('never');
  });

  it('never calls anything compliant or certified', () => {
    expect(textOf(parse(html) as Node)).not.toMatch(/\b(compliant|certified|compliance score)\b/i);
  });

  it('claims nothing when nothing was evaluated', async () => {
    const empty = await renderHtml({
      ...emptied(small),
      incomplete: [{ kind: 'nothing-evaluated', message: 'No file was recognised.' }],
    });
    expect(words(empty, 'glance')).toContain('Nothing was evaluated, so nothing can be said.');
    expect(words(empty, 'glance')).toContain('This run is incomplete');
    expect(words(empty, 'glance')).not.toMatch(/passed|No check failed/);
  });

  it('does not call a run without failures a success', async () => {
    const glance = words(await renderHtml(makeAssessment({ findings: 0 })), 'glance');
    expect(glance).toMatch(/No failure was found on [\d,]+ keys tested; [\d,]+ could not be decided in full/);
    expect(glance).toContain('No check failed on the records supplied.');
  });

  it('says that nothing failed outside accepted exceptions if there are any', async () => {
    const none = makeAssessment({ findings: 0 });
    const waived = { ...none, outcomes: { ...none.outcomes, waived: 2 } };
    const glance = words(await renderHtml(waived), 'glance');
    expect(glance).toMatch(/No failure was found on [\d,]+ keys tested outside accepted exceptions; /);
    expect(glance).toContain('No check failed outside accepted exceptions on the records supplied.');
    expect(words(await renderHtml(none), 'glance')).not.toContain('outside accepted exceptions');
  });

  it('says in every edition what short ids stand for, and of which day the law is', async () => {
    const [pci, ...others] = structuredClone(small.frameworks);
    const state = 'The regulation is to be replaced.';
    const stated = { ...pci, state, read: '2026-11-23', short_ids: { RMF: 'Article of a Regulation' } };
    const frameworks = [stated, ...others] as Assessment['frameworks'];
    const lawful = { ...small, frameworks };
    const paper = paperPage('print.hbs', paperView(lawful), { pages: new Map(), density: 'loose' });
    for (const page of [await renderHtml(lawful), paper]) {
      const said = textOf(parse(page) as Node).replace(/\s+/g, ' ');
      expect(said).toContain(`State as read on 23 November 2026: ${state}`);
      expect(said).toContain('Short ids: RMF is Article of a Regulation.');
    }
    expect(paper.split('Short ids:')).toHaveLength(2);
  });

  it('is the same for the same assessment', async () => {
    expect(await renderHtml(structuredClone(small))).toBe(html);
  });
});

describeUnlessProved('hostile text', import.meta.url, ['templates/**', 'package.json'], () => {
  const counts = (html: string) => {
    const tally: { [tag: string]: number } = {};
    for (const { tagName } of read(html).elements) tally[tagName] = (tally[tagName] ?? 0) + 1;
    return tally;
  };

  /** The pages that report.pdf and an annex are printed from. */
  const papersOf = (assessment: Assessment): string[] => [
    paperPage('print.hbs', paperView(assessment), { pages: new Map(), density: 'loose' }),
    ...assessment.frameworks
      .slice(0, 1)
      .map(({ id }) =>
        paperPage('annex.hbs', annexView(assessment, id), { pages: new Map(), density: 'loose' }),
      ),
  ];

  const safe = (html: string, scripts: number): void => {
    const { elements, errors } = read(html);
    expect(errors).toEqual([]);
    expect(byTag(elements, 'script')).toHaveLength(scripts);
    expect(byTag(elements, 'style')).toHaveLength(1);
    expect([
      ...byTag(elements, 'img'),
      ...byTag(elements, 'iframe'),
      ...byTag(elements, 'base'),
      ...byTag(elements, 'form'),
    ]).toEqual([]);
    expect(elements.flatMap(({ attrs }) => attrs.filter(({ name }) => name.startsWith('on')))).toEqual([]);
    for (const link of byTag(elements, 'a'))
      expect(attribute(link, 'href')).toMatch(/^(#|https?:\/\/|mailto:)/i);
  };

  it.each(HOSTILE.map((text) => [JSON.stringify(text).slice(0, 40), text] as const))(
    '%s stays text wherever it stands',
    async (_, text) => {
      const hostile = withTexts(makeAssessment({ findings: 12, keys: 40 }), [text]);
      safe(await renderHtml(hostile), 2);
      for (const page of papersOf(hostile)) safe(page, 0);
    },
  );

  it.each([11, 12, 299, 399, 1599])('does not cut a character in half after %i others', async (length) => {
    const text = `${'x'.repeat(length)}😀${'x'.repeat(1600)}`;
    const cut = withTexts(makeAssessment({ findings: 5 }), [text, `${text} `]);
    safe(await renderHtml(cut), 2);
    for (const page of papersOf(cut)) safe(page, 0);
  });

  it('adds no element to the page', async () => {
    const plain = counts(
      await renderHtml(
        withTexts(
          small,
          // A text between backticks is meant to become code.
          HOSTILE.map((text, index) => (/`.+`/.test(text) ? `\`plain\` ${index}` : `plain ${index}`)),
        ),
      ),
    );
    const hostile = counts(
      await renderHtml(
        withTexts(
          small,
          HOSTILE.map((text, index) => `${text} ${index}`),
        ),
      ),
    );
    expect(hostile).toEqual(plain);
  });

  it('reaches the search data unchanged but for unprintable characters', async () => {
    const html = await renderHtml(withTexts(small, ['</script><b>&\u2028']));
    const data = read(html).elements.find((element) => attribute(element, 'id') === 'data') as Element;
    const register: unknown = JSON.parse(textOf(data));
    expect(JSON.stringify(register)).toContain('</script><b>&\u2028');
  });

  it('never makes a page fail, whatever the assessment', async () => {
    await fc.assert(
      fc.asyncProperty(anyAssessment, async (assessment) => {
        safe(await renderHtml(assessment), 2);
        for (const page of papersOf(assessment)) safe(page, 0);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
});
