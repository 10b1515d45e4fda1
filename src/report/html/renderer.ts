import type { Renderer } from '../renderer.js';
import { renderHtml } from './page.js';

/** Writes index.html. */
export const htmlRenderer: Renderer = {
  format: 'html',
  files: ['index.html'],
  render: async ({ assessment }, out) => {
    await out.write('index.html', renderHtml(assessment));
    return [];
  },
};
