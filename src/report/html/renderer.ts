import type { Renderer } from '../renderer.js';

/** Writes index.html. */
export const htmlRenderer: Renderer = {
  format: 'html',
  files: ['index.html'],
  render: async (pack, out) => {
    const { renderHtml } = await import('./page.js');
    await out.write('index.html', await renderHtml(pack));
    return [];
  },
};
