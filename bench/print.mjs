import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderPdf } from '../dist/report/pdf/render-pdf.js';

/**
 * Prints report.pdf of a pack several times and states the time of each: `node bench/print.mjs evidence-pack`. With `time` before it the
 * CPU time of the browser is in the sum.
 */
const TIMES = 6;
const [folder = 'evidence-pack'] = process.argv.slice(2);
const assessment = JSON.parse(readFileSync(join(folder, 'assessment.json'), 'utf8'));
for (let time = 1; time <= TIMES; time += 1) {
  const started = performance.now();
  const { length } = await renderPdf(assessment);
  console.log(`print ${time}: ${Math.round(performance.now() - started)} ms, ${length} bytes`);
}
