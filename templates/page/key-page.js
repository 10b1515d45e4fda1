import { data, findingsOfSubject } from './data.js';
import { capital, dateText, make, plural } from './dom.js';
import { findingTable } from './finding.js';
import { timeline } from './timeline.js';

/** Makes the page of a key: what is stated about it, its time line, its findings and all its results. */
export function keyPage(key) {
  const findings = findingsOfSubject(key.place);
  return make(
    'div',
    { class: 'key-body' },
    facts(key),
    timeline(key),
    accessOf(key),
    findings.length > 0
      ? findingTable('Findings and undecided checks', findings)
      : make('p', { class: 'empty' }, 'No check of this key failed or is undecided.'),
    results(key),
  );
}

function facts(key) {
  const rows = {
    Id: make('bdi', { class: 'ids' }, key.id),
    State: key.status ?? 'not stated',
    'Risk tier': key.tier ?? 'not stated',
    Owner: key.owner ?? 'not stated',
    Environment: key.environment ?? 'not stated',
    'Kept in': key.storage ?? 'not stated',
    'Exported from': key.store ?? 'not stated',
    Created: dateText(key.created),
    'Last rotated':
      key.rotatedBy === null ? dateText(key.rotated) : `by ${dateText(key.rotatedBy)}, day not known`,
    'Last used': dateText(key.used),
    Expires: dateText(key.expires),
    Revoked: key.revoked === null ? 'no date' : dateText(key.revoked),
  };
  const items = Object.entries(rows).map(([name, value]) =>
    make('div', {}, make('dt', {}, name), make('dd', {}, value)),
  );
  return make('dl', { class: 'key-facts' }, ...items);
}

const VERBS = ['Read', 'Use', 'Rotate', 'Create', 'Delete'];

const STATES = { y: 'yes', m: 'at most', d: 'denied', u: 'not stated', '-': 'no' };

/** Makes the list of who may do what with the key, by which path, and whether that is an over-approximation. */
function accessOf({ access, accessTotal }) {
  if (!access)
    return make('p', { class: 'empty' }, 'No access rights were supplied: who has access is not known.');
  if (accessTotal === 0)
    return make(
      'p',
      { class: 'empty' },
      'No right on record reaches this key; that proves no lack of access.',
    );
  const more = accessTotal - access.length;
  const rows = access.map(({ holder, kind, verbs, paths, reasons }) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, make('bdi', { class: 'ids' }, holder), ` (${kind})`),
      ...[...verbs].map((letter) => make('td', {}, STATES[letter] ?? '')),
      make(
        'td',
        {},
        ...paths.map((path) => make('div', {}, path)),
        ...reasons.map((reason) => make('div', {}, `over-approximation: ${reason}`)),
      ),
    ),
  );
  const head = ['Holder', ...VERBS, 'Path'].map((name) => make('th', { scope: 'col' }, name));
  return make(
    'details',
    { class: 'more' },
    make(
      'summary',
      {},
      `Effective access: ${plural(accessTotal, 'holder')}${more > 0 ? `, ${more} of them only in effective-access.csv or beyond its bound` : ''}`,
    ),
    make(
      'table',
      { class: 'compact' },
      make('caption', { class: 'hidden' }, 'Who may do what with this key'),
      make('thead', {}, make('tr', {}, ...head)),
      make('tbody', {}, ...rows),
    ),
  );
}

const RESULTS = {
  f: 'failed',
  u: 'no evidence',
  e: 'error',
  w: 'waived',
  a: 'attested',
  p: 'passed',
  '-': 'not applicable',
};

/** Makes the list of all rules about keys with the result of this one. */
function results({ results: letters }) {
  if (letters === '') return null;
  const { keyRules, rules } = data();
  const items = keyRules.map((place, at) => ({
    rule: rules[place],
    result: RESULTS[letters[at]] ?? 'no result',
  }));
  const counted = Object.values(RESULTS)
    .map((word) => [word, items.filter(({ result }) => result === word).length])
    .filter(([, number]) => number > 0);
  const rows = items.map(({ rule, result }) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, make('a', { href: `#${rule.anchor}` }, rule.title)),
      make('td', {}, capital(result)),
    ),
  );
  return make(
    'details',
    { class: 'more' },
    make(
      'summary',
      {},
      `${items.length === 2 ? 'Both checks' : `All ${plural(items.length, 'check')}`}: ${counted.map(([word, number]) => `${number} ${word}`).join(', ')}`,
    ),
    make(
      'table',
      { class: 'compact' },
      make('caption', { class: 'hidden' }, 'Results of this key'),
      make(
        'thead',
        {},
        make('tr', {}, make('th', { scope: 'col' }, 'Policy'), make('th', { scope: 'col' }, 'Result')),
      ),
      make('tbody', {}, ...rows),
    ),
  );
}
