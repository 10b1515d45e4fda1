import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateExports } from './generate-exports.mjs';
import { opaComparison } from './opa-comparison.mjs';

// `npm run bench [-- 10000 100000]`: whole audits of synthetic banks, and the ratio to `opa eval` where it is installed.
const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);
const folder = mkdtempSync(join(tmpdir(), 'keyproof-bench-'));
const workers = availableParallelism();
console.log(`Node ${process.versions.node}, ${workers} workers\n`);
try {
  for (const size of sizes.length > 0 ? sizes : [10_000, 100_000]) {
    const exports = join(folder, String(size));
    const made = await generateExports(exports, size);
    print(made, measure(exports));
    rmSync(exports, { recursive: true });
  }
  await opaComparison(folder, workers);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measure(exports) {
  const script = fileURLToPath(new URL('stages.mjs', import.meta.url));
  return JSON.parse(
    execFileSync(process.execPath, [script, exports, String(workers)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
}

function print(made, figures) {
  const perSecond = (ms) => Math.round((made.keys * 1000) / ms).toLocaleString('en-US');
  console.log(
    `${made.keys.toLocaleString('en-US')} keys, ${made.rotations.toLocaleString('en-US')} rotations, ${made.grants.toLocaleString('en-US')} grants, ${made.events.toLocaleString('en-US')} events; ${figures.policies} policies, ${figures.observations.toLocaleString('en-US')} observations, ${figures.failed.toLocaleString('en-US')} failed`,
  );
  for (const [stage, ms] of Object.entries(figures.stages))
    console.log(
      `  ${stage.padEnd(24)} ${(ms / 1000).toFixed(2).padStart(8)} s  ${perSecond(ms).padStart(12)} keys/s`,
    );
  console.log(
    `  ${'end to end without pdf'.padEnd(24)} ${(figures.withoutPdf / 1000).toFixed(2).padStart(8)} s  ${perSecond(figures.withoutPdf).padStart(12)} keys/s`,
  );
  console.log(
    `  ${'end to end'.padEnd(24)} ${(figures.total / 1000).toFixed(2).padStart(8)} s  ${perSecond(figures.total).padStart(12)} keys/s`,
  );
  console.log(
    `  peak memory ${Math.round(figures.peakMb)} MB (this process and its worker threads, without the browser)\n`,
  );
}
