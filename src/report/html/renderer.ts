import type { Renderer } from '../renderer.js';
import { renderHtml } from './page.js';

/** Writes index.html. */
export const htmlRenderer: Renderer = {
  format: 'html',
  files: ['index.html'],
  render: async (pack, out) => {
    await out.write('index.html', await renderHtml(pack));
    return [];
  },
};
