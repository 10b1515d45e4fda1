import { byId } from './dom.js';

const root = document.documentElement;

/** Prints the summary, or the chapters as they are shown: what is open is open, what waits for a button is named with its file. */
export function startPrint() {
  root.dataset.print = 'summary';
  addEventListener('afterprint', () => {
    root.dataset.print = 'summary';
  });
  byId('print-summary').addEventListener('click', () => printAs('summary'));
  byId('print-chapters').addEventListener('click', () => printAs('chapters'));
}

function printAs(what) {
  root.dataset.print = what;
  byId('print-menu').open = false;
  print();
}
