import type { Renderer } from '../renderer.js';
import { renderJunit } from './junit.js';

/** Writes junit.xml. */
export const junitRenderer: Renderer = {
  format: 'junit',
  files: ['junit.xml'],
  render: async ({ assessment }, out) => {
    await out.write('junit.xml', renderJunit(assessment));
    return [];
  },
};
