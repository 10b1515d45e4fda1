import { createHash } from 'node:crypto';
import { fontFaces } from '../../assets/font-faces.js';
import type { CorePack } from '../../model/index.js';
import { printableText } from '../text/printable.js';
import { cssString } from './css-string.js';
import { pageScript } from './page-script.js';
import { pageView } from './page-view.js';
import { readTemplate, renderTemplate, trusted } from './templates.js';

/**
 * Renders index.html: one file that loads nothing. Without JavaScript it shows everything but single findings and keys;
 * with it, the page can search, filter, sort and change between light and dark. Its content security policy allows only
 * this style and this script.
 */
export async function renderHtml(pack: CorePack): Promise<string> {
  const sheets = [
    fontFaces(),
    readTemplate('report.css'),
    darkStyle(),
    readTemplate('screen.css'),
    readTemplate('page.css'),
    printedMark(pack.assessment),
  ];
  const style = sheets.join('\n');
  const script = pageScript();
  return renderTemplate('index.hbs', {
    csp: `${policyFor(style)}; script-src ${hashSource(script)}`,
    style: trusted(style),
    script: trusted(script),
    view: await pageView(pack),
  });
}

/** Returns the classification at the foot of every page that a browser prints. */
function printedMark({ plan }: CorePack['assessment']): string {
  const text = cssString(printableText(plan.classification, 60));
  return `@page { margin: 14mm 12mm 16mm; @bottom-left { content: ${text}; font: 8pt sans-serif; } @bottom-right { content: counter(page) " of " counter(pages); font: 8pt sans-serif; } }`;
}

/** Returns the dark colours, for screens that ask for them and for readers who choose them; paper stays white. */
function darkStyle(): string {
  const dark = readTemplate('dark.css');
  const asked = dark.replace(':root', ':root:not([data-theme="light"])');
  const chosen = dark.replace(':root', ':root[data-theme="dark"]');
  return `@media screen and (prefers-color-scheme: dark) {${asked}} @media screen {${chosen}}`;
}

function policyFor(style: string): string {
  return `default-src 'none'; base-uri 'none'; form-action 'none'; font-src data:; style-src ${hashSource(style)}`;
}

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
