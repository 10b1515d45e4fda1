import { createHash } from 'node:crypto';
import { fontFaces } from '../../assets/font-faces.js';
import { cssString } from '../html/css-string.js';
import { readTemplate, renderTemplate, trusted } from '../html/templates.js';
import { printableText } from '../text/printable.js';
import type { PaperHead } from './view/paper-head.js';

/** How closely a first page is set, until it fits: as it reads best, in smaller type, with one line a row. */
export const DENSITIES = ['loose', 'dense', 'terse'] as const;
export type Density = (typeof DENSITIES)[number];

/** What is known of a document from printing it before. */
export type Printed = {
  /** The page of each anchor, for its contents. */
  pages: ReadonlyMap<string, number>;
  /** How closely its first page is set. */
  density: Density;
};

/** Renders the page that a document is printed from: A4, without script, and with the page of each anchor in its contents. */
export function paperPage<View extends PaperHead>(
  template: string,
  view: View,
  { pages, density }: Printed,
): string {
  const style = [fontFaces(), readTemplate('paper.css'), marginBoxes(view)].join('\n');
  const hash = createHash('sha256').update(style).digest('base64');
  return renderTemplate(template, {
    csp: `default-src 'none'; base-uri 'none'; form-action 'none'; font-src data:; style-src 'sha256-${hash}'`,
    style: trusted(style),
    pages: Object.fromEntries(pages),
    dense: density !== 'loose',
    terse: density === 'terse',
    view,
  });
}

/** Returns the margins of every page; page numbers and what is the same in every document are in paper.css. */
function marginBoxes({ organisation, asOf, classification }: PaperHead): string {
  const boxes = {
    'top-left': printableText(organisation, 60),
    'top-right': `API keys and credentials, as of ${asOf}`,
    'bottom-left': printableText(classification, 60),
  };
  const rules = Object.entries(boxes).map(([box, text]) => `@${box} { content: ${cssString(text)}; }`);
  return `@page { ${rules.join(' ')} }`;
}
