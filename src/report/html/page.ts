import { createHash } from 'node:crypto';
import type { Assessment, CorePack } from '../../model/index.js';
import { formatMoment } from '../../text/format.js';
import { printableText } from '../text/printable.js';
import { PDF_CAPS } from '../view/caps.js';
import { reportView } from '../view/report-view.js';
import { fontFaces } from './fonts.js';
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
  ];
  const style = sheets.join('\n');
  const script = pageScript();
  return renderTemplate('index.hbs', {
    csp: `${policyFor(style)}; script-src ${hashSource(script)}`,
    style: trusted(style),
    script: trusted(script),
    paper: false,
    view: await pageView(pack),
  });
}

/**
 * Renders the page that report.pdf is printed from: the same content in chapters on A4, without script, with shorter
 * lists.
 */
export function renderPrintHtml(assessment: Assessment): string {
  const sheets = [
    fontFaces(),
    readTemplate('report.css'),
    readTemplate('paper.css'),
    marginBoxes(assessment),
  ];
  const style = sheets.join('\n');
  return renderTemplate('print.hbs', {
    csp: policyFor(style),
    style: trusted(style),
    paper: true,
    view: reportView(assessment, PDF_CAPS),
  });
}

/** Returns the headers for every page except the cover; the other margins are in paper.css. */
function marginBoxes({ plan }: Assessment): string {
  const organisation = cssString(printableText(plan.organisation, 80));
  const asOf = cssString(`API keys and credentials, as of ${formatMoment(plan.asOf)}`);
  return `@page { @top-left { content: ${organisation}; } @top-right { content: ${asOf}; } }`;
}

/** Returns a CSS string with everything except letters, digits and spaces escaped (CSS Syntax 3, 4.3.7). */
function cssString(text: string): string {
  const escaped = text.replace(
    /[^\p{L}\p{N} ]/gu,
    (found) => `\\${(found.codePointAt(0) ?? 0).toString(16)} `,
  );
  return `"${escaped}"`;
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
