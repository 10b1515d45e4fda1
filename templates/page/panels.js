import { showPlace, unfoldChapters } from './chapters.js';
import { data, findingsOfRule } from './data.js';
import { byId, count, make } from './dom.js';
import { findingTable } from './finding.js';
import { stateText } from './state.js';

/** Findings shown inside a policy or an action, on screen and, by page.css, on paper; the search shows all. */
const SHOWN = 25;
const PRINTED = 5;

const panels = () => document.querySelectorAll('details.item, details.fold');

/** Fills panels when they are opened, and lets the reader open all. */
export function startPanels() {
  for (const slot of document.querySelectorAll('[data-findings-of]'))
    slot.closest('details').addEventListener('toggle', () => fill(slot), { once: true });
  for (const row of document.querySelectorAll('[data-rest]')) row.hidden = true;
  const expand = byId('expand');
  expand.addEventListener('click', () => {
    const open = expand.getAttribute('aria-pressed') !== 'true';
    for (const panel of panels()) panel.open = open;
    unfoldChapters();
    expand.setAttribute('aria-pressed', String(open));
    expand.textContent = open ? 'Collapse all' : 'Expand all';
  });
  for (const button of document.querySelectorAll('[data-more]'))
    button.addEventListener('click', () => showMore(button));
}

/** Puts the findings of a rule into its panel. */
function fill(slot) {
  if (slot.childElementCount > 0) return;
  const rule = data().rules.findIndex(({ id }) => id === slot.dataset.findingsOf);
  const all = findingsOfRule(rule);
  if (all.length === 0) return;
  const link = make(
    'a',
    { href: stateText({ rule: slot.dataset.findingsOf }) },
    all.length === 1 ? 'it in the search' : `all ${count(all.length)} in the search`,
  );
  slot.append(
    findingTable('Findings, worst first', all.slice(0, SHOWN)),
    make('p', { class: 'note no-print' }, all.length > SHOWN ? `First ${SHOWN}; ` : 'See ', link, '.'),
    all.length > PRINTED
      ? make('p', { class: 'note print-only' }, `First ${PRINTED} of ${count(all.length)}; ${allFailures()}`)
      : '',
  );
}

function allFailures() {
  return `${data().failuresIn} has every failed check.`;
}

function showMore(button) {
  for (const row of document.querySelectorAll(`[data-rest="${button.dataset.more}"]`)) row.hidden = false;
  button.parentElement.hidden = true;
}

/** Opens the panel that a place of the page is in, and shows it. */
export function openPlace(id) {
  const target = byId(id);
  if (!target) return;
  for (let panel = target.closest('details'); panel; panel = panel.parentElement.closest('details'))
    panel.open = true;
  if (target.hidden)
    for (const row of document.querySelectorAll(`[data-rest="${target.dataset.rest}"]`)) row.hidden = false;
  showPlace(target);
}
