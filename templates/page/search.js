import { showPlace } from './chapters.js';
import { csvText, saveFile } from './csv.js';
import { data, finding, nameOf } from './data.js';
import { byId, capital, count, make } from './dom.js';
import { findingRow } from './finding.js';
import { FACETS, select } from './query.js';
import { stateText } from './state.js';

/** Findings of one page of the search. */
const PAGE = 25;

const state = { q: '', chosen: {}, hits: [], page: 0, sort: 'severity', down: false, open: null };

/** Makes the choices of the search and listens to them. */
export function startSearch() {
  for (const { name } of FACETS)
    byId(`q-${name}`).addEventListener('change', (event) => choose(name, event.target.value));
  byId('q').addEventListener('input', (event) => waitFor(event.target.value));
  byId('q').addEventListener('keydown', (event) => {
    if (event.key === 'Escape') clearSearch();
  });
  byId('q-clear').addEventListener('click', clearSearch);
  byId('q-csv').addEventListener('click', saveHits);
  byId('q-back').addEventListener('click', () => turn(-1));
  byId('q-next').addEventListener('click', () => turn(1));
  for (const button of document.querySelectorAll('[data-sort]'))
    button.addEventListener('click', () => sortBy(button.dataset.sort));
}

/** Shows the findings that the address of the page asks for; `open` is the id of one to open. */
export function showSearch(values = {}, open = null) {
  state.q = values.q ?? '';
  state.chosen = Object.fromEntries(FACETS.map(({ name }) => [name, values[name] ?? '']));
  state.open = open;
  byId('q').value = state.q;
  search();
}

/** Shows every finding again. */
export function clearSearch() {
  showSearch();
  keepState();
  byId('q').focus();
}

let waiting = 0;

function waitFor(text) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    state.q = text;
    changed();
  }, 80);
}

function choose(name, value) {
  state.chosen[name] = value;
  changed();
}

function changed() {
  state.open = null;
  search();
  keepState();
}

/** Keeps what is chosen in the address, so that a view can be sent to somebody else. */
function keepState() {
  const text = stateText({ q: state.q, ...state.chosen });
  history.replaceState(null, '', text === '#' ? '#search' : text);
}

function search() {
  const { hits, counts } = select(state.q, state.chosen);
  state.hits = sorted(hits);
  state.page = 0;
  for (const facet of FACETS) showFacet(facet, counts[facet.name]);
  showPage();
}

function showFacet({ name, all, options }, counts) {
  const chosen = state.chosen[name] ?? '';
  const shown = options()
    .map(({ key, label }, place) => ({ key, label, found: counts[place] }))
    .filter(({ key, found }) => found > 0 || key === chosen);
  // An address may name what this page has nothing of, as a pack of another quarter had.
  if (chosen && !shown.some(({ key }) => key === chosen))
    shown.push({ key: chosen, label: chosen, found: 0 });
  if (name !== 'severity') shown.sort((a, b) => b.found - a.found || (a.label < b.label ? -1 : 1));
  byId(`q-${name}`).replaceChildren(
    make('option', { value: '' }, all),
    ...shown.map(({ key, label, found }) =>
      make('option', { value: key, selected: key === chosen }, `${capital(label)} (${count(found)})`),
    ),
  );
  byId(`q-${name}`).value = chosen;
}

const SORTS = {
  subject: ([, place]) => nameOf({ id: data().subjects[place][1], label: data().subjects[place][2] }),
  rule: ([head]) => data().rules[data().heads[head][0]]?.title ?? '',
};

function sorted(hits) {
  const way = state.down ? -1 : 1;
  if (state.sort === 'severity') return state.down ? hits.reverse() : hits;
  const keys = new Map(hits.map((index) => [index, SORTS[state.sort](data().findings[index])]));
  return hits.sort((a, b) => {
    const [x, y] = [keys.get(a), keys.get(b)];
    return x < y ? -way : x > y ? way : a - b;
  });
}

function sortBy(column) {
  state.down = state.sort === column && !state.down;
  state.sort = column;
  for (const button of document.querySelectorAll('[data-sort]')) {
    const own = button.dataset.sort === column;
    const head = button.closest('th');
    if (own) head.setAttribute('aria-sort', state.down ? 'descending' : 'ascending');
    else head.removeAttribute('aria-sort');
  }
  search();
}

function showPage() {
  const { hits, page, open } = state;
  const pages = Math.max(1, Math.ceil(hits.length / PAGE));
  const shown = hits.slice(page * PAGE, (page + 1) * PAGE);
  byId('q-rows').replaceChildren(
    ...shown.map((index) => findingRow(index, { anchored: true, open: open !== null && shown.length === 1 })),
  );
  byId('q-status').textContent =
    `${count(hits.length)} of ${count(data().findings.length)} match. ${leftOut()}`.trim();
  byId('q-table').hidden = hits.length === 0;
  byId('q-empty').hidden = hits.length > 0;
  byId('q-csv').disabled = hits.length === 0;
  byId('q-clear').hidden = !isAsked();
  byId('search').classList.toggle('no-print', !isAsked());
  byId('q-print').textContent = printNote(shown.length, hits.length);
  showPager('q', page, pages);
}

/** Shows where the reader is, and hides the buttons if there is one page only. */
export function showPager(prefix, page, pages) {
  byId(`${prefix}-page`).textContent = `Page ${count(page + 1)} of ${count(pages)}`;
  byId(`${prefix}-back`).disabled = page === 0;
  byId(`${prefix}-next`).disabled = page >= pages - 1;
  byId(`${prefix}-page`).parentElement.hidden = pages === 1;
}

/** Returns whether the reader searched for something: a print then has what was found. */
function isAsked() {
  return Boolean(state.q) || Object.values(state.chosen).some(Boolean);
}

function printNote(shown, found) {
  if (shown === found) return '';
  return `Printed are the ${count(shown)} on this page of ${count(found)}; ${data().failuresIn} has every failed check.`;
}

let failures = null;

/** Returns how many findings have a severity, which what is undecided has not. */
function failedCount() {
  const { findings, heads } = data();
  return findings.filter(([head]) => heads[head][2] >= 0).length;
}

function leftOut() {
  const { findings, totals } = data();
  failures ??= failedCount();
  const failed = failures;
  const undecided = findings.length - failed;
  if (failed === totals.failed && undecided === totals.undecided) return '';
  const held =
    failed === totals.failed
      ? 'every failed check'
      : `${count(failed)} of ${count(totals.failed)} failed checks`;
  return `This page holds ${held} and ${count(undecided)} of ${count(totals.undecided)} undecided ones; all are in observations.parquet.`;
}

function turn(by) {
  state.page += by;
  showPage();
  showPlace(byId('q-table'));
}

const COLUMNS = {
  finding_id: ({ id }) => id,
  result: ({ outcome }) => outcome.key,
  severity: ({ severity }) => severity,
  rule_id: ({ rule }) => rule.id,
  title: ({ rule }) => rule.title,
  subject_kind: ({ subject }) => subject.kind,
  subject_id: ({ subject }) => subject.id,
  name: ({ subject }) => subject.label,
  owner: ({ subject }) => subject.owner,
  environment: ({ subject }) => subject.environment,
  found: ({ reasons }) => reasons.map(({ message }) => message).join('; '),
  file: ({ reasons }) => reasons[0]?.records[0]?.file,
  record: ({ reasons }) => reasons[0]?.records[0]?.record,
  controls: ({ controls }) =>
    controls.map(([framework, id]) => `${data().frameworks[framework]?.id} ${id}`).join('; '),
};

function saveHits() {
  const rows = state.hits.map((index) => {
    const item = finding(index);
    return Object.values(COLUMNS).map((value) => value(item) ?? '');
  });
  saveFile('search-hits.csv', csvText([Object.keys(COLUMNS), ...rows]));
}
