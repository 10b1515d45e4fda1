import { byId } from './dom.js';
import { fillPanels } from './panels.js';

const root = document.documentElement;

/** Prints the summary, or everything; what the reader had open is as before afterwards. */
export function startPrint() {
  let opened = [];
  addEventListener('beforeprint', () => {
    if (root.dataset.print !== 'everything') return;
    fillPanels();
    opened = [...document.querySelectorAll('details.item:not([open]), details.fold:not([open])')];
    for (const panel of opened) panel.open = true;
  });
  addEventListener('afterprint', () => {
    for (const panel of opened) panel.open = false;
    opened = [];
    root.dataset.print = 'summary';
  });
  root.dataset.print = 'summary';
  byId('print-summary').addEventListener('click', () => printAs('summary'));
  byId('print-everything').addEventListener('click', () => printAs('everything'));
}

function printAs(what) {
  root.dataset.print = what;
  byId('print-menu').open = false;
  print();
}
