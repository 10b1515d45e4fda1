import { byId } from './dom.js';
import { fillPanels } from './panels.js';

const root = document.documentElement;

/** Prints the summary, or everything; what the reader had open is as before afterwards. */
export function startPrint() {
  let opened = [];
  let listed = [];
  addEventListener('beforeprint', () => {
    listed = rowsAskedFor();
    for (const row of listed) row.hidden = false;
    if (root.dataset.print !== 'everything') return;
    fillPanels();
    opened = [...document.querySelectorAll('details.item:not([open]), details.fold:not([open])')];
    for (const panel of opened) panel.open = true;
  });
  addEventListener('afterprint', () => {
    for (const panel of opened) panel.open = false;
    for (const row of listed) row.hidden = true;
    opened = [];
    listed = [];
    root.dataset.print = 'summary';
  });
  root.dataset.print = 'summary';
  byId('print-summary').addEventListener('click', () => printAs('summary'));
  byId('print-everything').addEventListener('click', () => printAs('everything'));
}

/** Returns the rows of long lists that wait for their button; not those that a filter leaves out. */
function rowsAskedFor() {
  const waiting = [...document.querySelectorAll('[data-more]')].filter(
    (button) => !button.parentElement.hidden,
  );
  return waiting.flatMap(({ dataset }) => [
    ...document.querySelectorAll(`[data-rest="${dataset.more}"][hidden]`),
  ]);
}

function printAs(what) {
  root.dataset.print = what;
  byId('print-menu').open = false;
  print();
}
