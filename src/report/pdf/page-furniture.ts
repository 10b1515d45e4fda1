import type { Assessment } from '../../model/index.js';
import { fontFaces } from '../html/fonts.js';
import { renderTemplate, trusted } from '../html/templates.js';
import { formatMoment } from '../text/format.js';
import { printable } from '../text/printable.js';

/** Header and footer of every page but the cover, as Chromium's print templates. */
export function pageFurniture({ plan }: Assessment): { header: string; footer: string } {
  const root = {
    style: trusted(fontFaces()),
    entity: printable(plan.entity, 80),
    asOf: formatMoment(plan.asOf),
  };
  return { header: renderTemplate('page-header.hbs', root), footer: renderTemplate('page-footer.hbs', root) };
}
