import { termsOf } from './query.js';

/** Lets the reader filter lists that are on the page: rows of the checklist, controls, policies. */
export function startFilters() {
  for (const input of document.querySelectorAll('[data-filter]'))
    input.addEventListener('input', () => filter(input.dataset.filter));
  for (const select of document.querySelectorAll('[data-for]'))
    select.addEventListener('change', () => filter(select.dataset.for));
}

function filter(id) {
  const box = document.getElementById(id);
  const wanted = termsOf(document.querySelector(`[data-filter="${id}"]`).value);
  const choices = [...document.querySelectorAll(`[data-for="${id}"]`)];
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
  document.querySelector(`[data-status="${id}"]`).textContent = `${shown} of ${all.length} shown`;
}

/** Returns whether a choice (a list, or a box to tick) allows an item. */
function allows(choice, item) {
  if (choice.type === 'checkbox') return !choice.checked || item.dataset[choice.dataset.filterKey] !== '0';
  return !choice.value || item.dataset[choice.dataset.filterKey] === choice.value;
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
