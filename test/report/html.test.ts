import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { renderHtml, renderPrintHtml } from '../../src/report/html/page.js';
import { describeUnlessProved } from '../support/verdict.js';
import { makeAssessment } from './fixture.js';
import { anyAssessment, emptied, HOSTILE, withTexts } from './hostile.js';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const isElement = (node: Node): node is Element => 'tagName' in node;

const elementsOf = (node: Node): Element[] => {
  const children = 'childNodes' in node ? node.childNodes.flatMap(elementsOf) : [];
  return isElement(node) ? [node, ...children] : children;
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

const small = makeAssessment({ findings: 30, keys: 400 });

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
  const html = renderHtml(small);
  const { elements, errors } = read(html);

  it('is valid HTML with unique ids and links that lead somewhere', () => {
    expect(errors).toEqual([]);
    const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = byTag(elements, 'a').flatMap((link) => attribute(link, 'href') ?? []);
    const inside = targets.filter((target) => target.startsWith('#')).map((target) => target.slice(1));
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

  it('says the result, its denominators and what is incomplete', () => {
    const summary = words(html, 'summary');
    expect(summary).toContain('This run is incomplete');
    expect(summary).toContain('exports/vault/rotation.ndjson ends in the middle of record line 119');
    expect(summary).toContain(
      `30 of ${small.policies.reduce((sum, { population }) => sum + population, 0).toLocaleString('en-US')} checks failed.`,
    );
    expect(summary).toContain('Of 8 controls: 6 “Candidate: Not in Place”, 2 “Not Tested”.');
    expect(summary).toContain('count neither as passed nor as failed');
  });

  it('gives each control its procedure, population, counts, limitation, question and findings with their records', () => {
    const control = words(html, 'control-pci-dss-4-0-1-8-6-3');
    const mapping = small.frameworks[0]?.controls.find(({ id }) => id === '8.6.3')?.mappings[0];
    expect(control).toContain('Candidate: Not in Place');
    expect(control).toContain('Procedure. Evaluated on all');
    expect(control).toContain('exceeds the interval of its risk tier');
    expect(control).toContain(`${mapping?.outcomes.fail}${mapping?.outcomes.pass}`);
    expect(control).toContain('Limitation. Age against the entity’s own interval');
    expect(control).toContain('Which targeted risk analysis sets the rotation interval');
    expect(control).toContain('/SecretList/0 sha256:');
    expect(control).toContain('Assessor’s conclusion');
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
    expect(framework).toContain('pci_scope61 keys');
    expect(framework).toContain(`First 2 of 61; all of them are in assessment.json. ${key7}`);
    expect(words(html, 'scope')).toContain('pci_scope of 61 keys');
  });

  it('lists rejected records, files not used and controls not tested', () => {
    const inputs = words(html, 'inputs');
    expect(inputs).toContain('row 14access_key_1_last_rotated“31/02/2026” is not a date');
    expect(inputs).toContain('exports/notes/minutes.docx');
    expect(words(html, 'not-tested')).toContain('10.5.1 Keep audit log history');
    expect(words(html, 'population')).toContain('no file of this kind was supplied');
  });

  it('puts controls that nothing tested beside the gap checklist, not into it', () => {
    const gaps = words(html, 'gaps');
    expect(gaps).toContain('11 controls that the evidence does not support, worst first.');
    expect(gaps).toContain('3 more were not tested at all; they are under “What was not tested”.');
    expect(gaps).not.toContain('Keep audit log history');
  });

  it('sets names between backticks as code, and nothing else', () => {
    const quoted = withTexts(small, ['fails where `status` is <b>`never`</b>']);
    const codes = byTag(read(renderHtml(quoted)).elements, 'code').map((code) => textOf(code));
    expect(codes).toContain('status');
    expect(codes).toContain('never');
  });

  it('never calls anything compliant or certified', () => {
    expect(textOf(parse(html) as Node)).not.toMatch(/\b(compliant|certified|compliance score)\b/i);
  });

  it('claims nothing when nothing was evaluated', () => {
    const empty = renderHtml({
      ...emptied(small),
      incomplete: [{ kind: 'nothing-evaluated', message: 'No file was recognised.' }],
    });
    expect(words(empty, 'summary')).toContain('Nothing was evaluated, so nothing can be said.');
    expect(words(empty, 'summary')).toContain('This run is incomplete');
    expect(words(empty, 'summary')).not.toMatch(/passed|No check failed/);
  });

  it('does not call a run without failures a success', () => {
    const summary = words(renderHtml(makeAssessment({ findings: 0 })), 'summary');
    expect(summary).toMatch(/No check failed; \d+ could not be decided\./);
  });

  it('cuts long lists and says so above them, with where all of them are', () => {
    const large = makeAssessment({ findings: 4000, keys: 4000 });
    const policy = words(renderHtml(large), 'policy-rotation-max-age');
    expect(policy).toMatch(/First 100 of 1,\d{3}; all of them are in findings\.csv\. ?Findings, worst first/);
    const without = { ...large, plan: { ...large.plan, formats: ['html' as const] } };
    expect(words(renderHtml(without), 'policy-rotation-max-age')).toContain('add “findings” to the formats');
  });

  it('is the same for the same assessment', () => {
    expect(renderHtml(structuredClone(small))).toBe(html);
  });
});

describeUnlessProved('hostile text', import.meta.url, ['templates/**', 'package.json'], () => {
  const counts = (html: string) => {
    const tally: { [tag: string]: number } = {};
    for (const { tagName } of read(html).elements) tally[tagName] = (tally[tagName] ?? 0) + 1;
    return tally;
  };

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
    (_, text) => {
      const hostile = withTexts(makeAssessment({ findings: 12, keys: 40 }), [text]);
      safe(renderHtml(hostile), 2);
      safe(renderPrintHtml(hostile), 0);
    },
  );

  it.each([11, 12, 299, 399, 1599])('does not cut a character in half after %i others', (length) => {
    const text = `${'x'.repeat(length)}😀${'x'.repeat(1600)}`;
    const cut = withTexts(makeAssessment({ findings: 5 }), [text, `${text} `]);
    safe(renderHtml(cut), 2);
    safe(renderPrintHtml(cut), 0);
  });

  it('adds no element to the page', () => {
    const plain = counts(
      renderHtml(
        withTexts(
          small,
          // A text between backticks is meant to become code.
          HOSTILE.map((text, index) => (/`.+`/.test(text) ? `\`plain\` ${index}` : `plain ${index}`)),
        ),
      ),
    );
    const hostile = counts(
      renderHtml(
        withTexts(
          small,
          HOSTILE.map((text, index) => `${text} ${index}`),
        ),
      ),
    );
    expect(hostile).toEqual(plain);
  });

  it('reaches the search data unchanged but for unprintable characters', () => {
    const html = renderHtml(withTexts(small, ['</script><b>&\u2028']));
    const data = read(html).elements.find((element) => attribute(element, 'id') === 'data') as Element;
    const register: unknown = JSON.parse(textOf(data));
    expect(JSON.stringify(register)).toContain('</script><b>&\u2028');
  });

  it('never makes a page fail, whatever the assessment', () => {
    fc.assert(
      fc.property(anyAssessment, (assessment) => {
        safe(renderHtml(assessment), 2);
        safe(renderPrintHtml(assessment), 0);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
});
