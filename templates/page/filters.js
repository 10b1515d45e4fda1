import { showPlace } from './chapters.js';
import { termsOf } from './query.js';
import { stateText } from './state.js';

const wordsOf = (id) => document.querySelector(`[data-filter="${id}"]`);
const choicesOf = (id) => [...document.querySelectorAll(`[data-for="${id}"]`)];

/** Lets the reader filter lists that are on the page: rows of the checklist, controls, policies. */
export function startFilters() {
  for (const input of document.querySelectorAll('[data-filter]'))
    input.addEventListener('input', () => changed(input.dataset.filter));
  for (const choice of document.querySelectorAll('[data-for]'))
    choice.addEventListener('change', () => changed(choice.dataset.for));
  for (const button of document.querySelectorAll('[data-clear]'))
    button.addEventListener('click', () => clear(button.dataset.clear));
}

/** Shows a list as the address asks for it (`#list=policy-list&q=vault&failed=only`), and brings the reader to its filters. */
export function showList({ list, q = '', ...chosen }) {
  const words = wordsOf(list);
  if (!words) return;
  words.value = q;
  for (const choice of choicesOf(list)) choose(choice, chosen[choice.dataset.filterKey] ?? '');
  filter(list);
  showPlace(words.closest('.filters'));
  (choicesOf(list).find(chosenIn) ?? words).focus({ preventScroll: true });
}

function clear(id) {
  wordsOf(id).value = '';
  for (const choice of choicesOf(id)) choose(choice, '');
  changed(id);
  wordsOf(id).focus();
}

function changed(id) {
  filter(id);
  const chosen = choicesOf(id).map((choice) => [choice.dataset.filterKey, chosenIn(choice)]);
  const values = { q: wordsOf(id).value, ...Object.fromEntries(chosen) };
  const some = Object.values(values).some(Boolean);
  history.replaceState(null, '', some ? stateText({ list: id, ...values }) : `#${id}`);
}

function chosenIn(choice) {
  if (choice.type === 'checkbox') return choice.checked ? 'only' : '';
  return choice.value;
}

function choose(choice, value) {
  if (choice.type === 'checkbox') choice.checked = value !== '';
  else choice.value = [...choice.options].some((option) => option.value === value) ? value : '';
}

function filter(id) {
  const box = document.getElementById(id);
  const wanted = termsOf(wordsOf(id).value);
  const choices = choicesOf(id);
  const all = [...box.querySelectorAll('[data-listed]')];
  const texts = all.map((item) => item.textContent.toLowerCase());
  all.forEach((item, place) => {
    const chosen = choices.every((choice) => allows(choice, item));
    item.hidden = !(chosen && wanted.every((word) => texts[place].includes(word)));
  });
  const more = document.querySelector(`[data-more="${id}"]`)?.parentElement;
  if (more) more.hidden = true;
  for (const heading of box.querySelectorAll('.group')) hideEmptyGroup(heading);
  const shown = all.filter((item) => !item.hidden).length;
  const status = document.querySelector(`[data-status="${id}"]`);
  status.textContent = `${shown} of ${all.length} ${status.dataset.what} shown`;
  document.querySelector(`[data-clear="${id}"]`).hidden = shown === all.length;
}

/** Returns whether a choice (a list, of which a value may name several states, or a box to tick) allows an item. */
function allows(choice, item) {
  const value = item.dataset[choice.dataset.filterKey];
  if (choice.type === 'checkbox') return !choice.checked || value !== '0';
  return !choice.value || choice.value.split(' ').includes(value);
}

function hideEmptyGroup(heading) {
  let next = heading.nextElementSibling;
  let some = false;
  while (next && !next.matches('.group')) {
    some = some || !next.hidden;
    next = next.nextElementSibling;
  }
  heading.hidden = !some;
}
