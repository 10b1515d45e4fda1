import { focusOn, showPlace } from './chapters.js';
import { data, findingsOfSubject, nameOf, subject } from './data.js';
import { byId, capital, chip, count, dateText, draw, make, plural } from './dom.js';
import { keyPage } from './key-page.js';
import { termsOf } from './query.js';
import { showPager } from './search.js';

/** Keys of one page of the register. */
const PAGE = 25;

const state = { words: '', show: '', hits: [], page: 0, sort: 'worst', down: false, open: null };

let started = false;

/** Makes the register of keys and listens to its filters; does nothing the second time. */
export function startKeys() {
  if (started || !byId('k-rows')) return;
  started = true;
  byId('k-words').addEventListener('input', (event) => filter({ words: event.target.value }));
  byId('k-show').addEventListener('change', (event) => filter({ show: event.target.value }));
  byId('k-back').addEventListener('click', () => turn(-1));
  byId('k-next').addEventListener('click', () => turn(1));
  for (const button of document.querySelectorAll('[data-key-sort]'))
    button.addEventListener('click', () => sortBy(button.dataset.keySort));
  filter({});
}

/** Opens the page of a key. */
export function showKey(id) {
  if (!byId('k-rows')) return;
  startKeys();
  byId('k-show').value = '';
  byId('k-words').value = id;
  filter({ words: id, show: '', open: id });
  showPlace(byId('register'));
  focusOn(byId('register'));
}

/** Returns a row of the register by names. */
function keyOf(row) {
  const [
    place,
    store,
    storage,
    tier,
    status,
    created,
    rotated,
    used,
    expires,
    revoked,
    rotations,
    exposures,
    results,
    access,
    accessTotal,
    rotatedBy,
  ] = row;
  const { words, severities, ageLimits } = data();
  const since = rotated !== null && rotated >= 0 ? rotated : (rotatedBy ?? created);
  return {
    ...subject(place),
    store: words[store] ?? null,
    storage: words[storage] ?? null,
    tier: severities[tier] ?? null,
    status: words[status] ?? null,
    created,
    rotated,
    rotatedBy,
    used,
    expires,
    revoked,
    rotations,
    exposures: exposures.map(([from, replaced, where]) => ({ from, replaced, where: words[where] ?? null })),
    results,
    access: access?.map(holderOf),
    accessTotal,
    age: since === null || since < 0 ? null : data().asOf - since,
    limit: tier < 0 ? null : (ageLimits?.[tier] ?? null),
  };
}

/** Returns a holder of rights by names. */
function holderOf(place) {
  const { words } = data();
  const [holder, kind, verbs, paths, reasons] = data().access[place];
  return {
    holder: words[holder],
    kind: words[kind] ?? 'kind not stated',
    verbs,
    paths: paths.map((path) => words[path]),
    reasons: reasons.map((reason) => words[reason]),
  };
}

let all = null;

function keys() {
  all ??= data().keys.map((row) => {
    const key = keyOf(row);
    const worst = Math.min(
      9,
      ...findingsOfSubject(key.place).map((index) =>
        severityRank(data().heads[data().findings[index][0]][2]),
      ),
    );
    const texts = [
      key.id,
      key.label,
      key.owner,
      key.environment,
      key.store,
      key.storage,
      key.tier,
      key.status,
    ];
    return { ...key, worst, text: texts.filter(Boolean).join('\n').toLowerCase() };
  });
  return all;
}

function severityRank(place) {
  return place < 0 ? 8 : place;
}

const SHOWS = {
  '': () => true,
  failed: ({ worst }) => worst < 8,
  old: ({ age, limit, status }) => status === 'active' && age !== null && limit !== null && age > limit,
  exposed: ({ exposures }) => exposures.length > 0,
};

const SORTS = {
  worst: ({ worst }) => worst,
  name: (key) => nameOf(key),
  age: ({ age }) => -(age ?? -1),
  owner: ({ owner }) => owner ?? '\uffff',
  used: ({ used }) => -(used ?? -1),
};

function filter(change) {
  Object.assign(state, { open: null }, change, { page: 0 });
  const words = termsOf(state.words);
  const shown = keys().filter(
    (key) => SHOWS[state.show](key) && words.every((word) => key.text.includes(word)),
  );
  const way = state.down ? -1 : 1;
  const value = SORTS[state.sort];
  state.hits = shown.sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    return x < y ? -way : x > y ? way : a.place - b.place;
  });
  showPage();
}

function sortBy(column) {
  const down = state.sort === column && !state.down;
  for (const button of document.querySelectorAll('[data-key-sort]')) {
    const own = button.dataset.keySort === column;
    if (own) button.closest('th').setAttribute('aria-sort', down ? 'descending' : 'ascending');
    else button.closest('th').removeAttribute('aria-sort');
  }
  filter({ sort: column, down });
}

function turn(by) {
  state.page += by;
  showPage();
  showPlace(byId('register'));
  focusOn(byId('register'));
}

function showPage() {
  const { hits, page } = state;
  const shown = hits.slice(page * PAGE, (page + 1) * PAGE);
  byId('k-rows').replaceChildren(...shown.flatMap(keyRows));
  byId('k-table').hidden = hits.length === 0;
  byId('k-empty').hidden = hits.length > 0;
  const { keyTotal } = data();
  const left =
    keyTotal > keys().length
      ? ` This page holds ${count(keys().length)} of ${count(keyTotal)} keys, those with findings first; all of them are in subjects.parquet.`
      : '';
  byId('k-status').textContent = `${count(hits.length)} of ${count(keys().length)} keys.${left}`;
  showPager('k', page, Math.max(1, Math.ceil(hits.length / PAGE)));
}

/** Makes the line of a key and, below it, its page, which is made when it is opened. */
function keyRows(key) {
  const open = state.open === key.id;
  const button = make(
    'button',
    { type: 'button', class: 'opener', 'aria-expanded': String(open) },
    make('bdi', {}, nameOf(key)),
  );
  const page = make('tr', { class: 'key-page', hidden: !open }, make('td', { colspan: '8' }));
  const fill = () => {
    if (!page.firstChild.hasChildNodes()) page.firstChild.append(keyPage(key));
  };
  if (open) fill();
  button.addEventListener('click', () => {
    fill();
    page.hidden = !page.hidden;
    button.setAttribute('aria-expanded', String(!page.hidden));
  });
  return [keyLine(key, button), page];
}

function keyLine(key, button) {
  const cell = (label, ...children) => make('td', { 'data-label': label }, ...children);
  const { id, label, tier, owner, environment, store, storage, status, worst } = key;
  return make(
    'tr',
    {},
    make(
      'th',
      { scope: 'row', 'data-label': 'Key' },
      button,
      label && label !== id ? make('bdi', { class: 'sub ids' }, id) : null,
    ),
    cell('Worst finding', worstChip(worst)),
    cell('Age', ...ageCell(key)),
    cell('Tier', tier === null ? 'not stated' : capital(tier)),
    cell('Owner', owner ?? 'not stated'),
    cell(
      'Environment',
      environment ?? 'not stated',
      status && status !== 'active' ? make('span', { class: 'sub' }, status) : null,
    ),
    cell(
      'Kept in',
      storage ?? store ?? 'not stated',
      storage && store ? make('span', { class: 'sub' }, store) : null,
    ),
    cell('Last used', make('span', { class: 'day' }, dateText(key.used))),
  );
}

function worstChip(worst) {
  if (worst === 9) return 'none';
  if (worst === 8) return chip('no-evidence', 'not decided');
  return chip(data().severities[worst], data().severities[worst]);
}

/** Makes the age of a key: a bar up to twice the limit, with a line at the limit, and the same in words. */
function ageCell({ age, limit, rotatedBy }) {
  if (age === null) return ['not known'];
  const least = rotatedBy === null ? '' : 'at least ';
  if (limit === null) return [`${least}${plural(age, 'day')}`];
  const text = `${least}${count(age)} of ${plural(limit, 'day')}`;
  const over = age > limit;
  const bar = draw(
    'svg',
    {
      class: `age ${over ? 'over' : ''}`,
      viewBox: '0 0 100 8',
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    draw('rect', { class: 'age-back', width: 100, height: 8 }),
    draw('rect', { class: 'age-fill', width: Math.min(100, (age / limit) * 50), height: 8 }),
    draw('path', { class: 'age-limit', d: 'M50 0V8' }),
  );
  return [bar, make('span', { class: `age-text${over ? ' bad' : ''}` }, text)];
}
