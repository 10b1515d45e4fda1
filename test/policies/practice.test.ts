import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { policyFolders } from './rule-book.js';

/** docs/practice.md names rules and elements that exist, with the kind of evidence they rest on, and every rule. */

type Row = { practice: string; ids: string[]; rests: string; open: string };

type Element = { id: string; evidence?: string };

const rules = new Map(policyFolders().map(({ metadata: { custom } }) => [custom.id, custom]));
const rows = rowsOf(readFileSync(new URL('../../docs/practice.md', import.meta.url), 'utf8'));

it('every rule and every element named exists', () => {
  const unknown = rows.flatMap(({ practice, ids }) =>
    ids.filter((id) => !exists(id)).map((id) => `${practice}: ${id}`),
  );
  expect(unknown).toEqual([]);
});

it('every rule is named, so that no rule is without a practice that it is there for', () => {
  const named = new Set(rows.flatMap(({ ids }) => ids.map((id) => id.split('/')[0])));
  expect([...rules.keys()].filter((id) => !named.has(id))).toEqual([]);
});

it.each(rows)('$practice: rests on what the rules rest on', ({ ids, rests, open }) => {
  const onDocument = ids.filter(restsOnDocument);
  if (rests === 'nothing') expect([ids, open === '']).toEqual([[], false]);
  else if (rests === 'records') expect([ids.length > 0, onDocument]).toEqual([true, []]);
  else expect([['document', 'both'].includes(rests), onDocument.length > 0]).toEqual([true, true]);
});

function rowsOf(page: string): Row[] {
  return page
    .split('\n')
    .filter((line) => /^\| (?!\*\*|Practice|---)/.test(line))
    .map((line) => {
      const [, practice = '', ids = '', rests = '', open = ''] = line.split('|').map((cell) => cell.trim());
      return { practice, ids: [...ids.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id), rests, open };
    });
}

/** A rule with elements is named by them, or as a whole. */
function exists(id: string): boolean {
  const [rule = '', element] = id.split('/');
  const custom = rules.get(rule);
  return custom !== undefined && (element === undefined || elementOf(id) !== undefined);
}

function elementOf(id: string): Element | undefined {
  const [rule = '', element] = id.split('/');
  const { elements = [] } = (rules.get(rule) ?? {}) as { elements?: Element[] };
  return elements.find((one) => one.id === element);
}

function restsOnDocument(id: string): boolean {
  const [rule = ''] = id.split('/');
  return rules.get(rule)?.evidence === 'attestation' && elementOf(id)?.evidence !== 'data';
}
