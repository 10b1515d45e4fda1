import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { inspect } from 'node:util';

const WHOLE = {
  depth: null,
  maxArrayLength: null,
  maxStringLength: null,
  breakLength: Infinity,
  sorted: true,
};

/**
 * Returns an audit that is carried out once for each plan and content of its folder. Again it gives the same result and the same
 * pack, with a record of its own run. What depends on more is carried out every time: what is fetched, what a browser
 * prints, a previous pack, an output that is there already. So is what fails.
 */
export function keptAudits(audit) {
  const kept = new Map();
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-kept-audits-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return async (plan, onProgress, env, run) => {
    if (dependsOnMore(plan)) return audit(plan, onProgress, env, run);
    const key = keyOf(plan);
    const pack = join(folder, key);
    const again = kept.get(key);
    if (again !== undefined) {
      cpSync(pack, plan.output, { recursive: true });
      recordRun(plan.output, run());
      return structuredClone(again);
    }
    const result = await audit(plan, onProgress, env, run);
    kept.set(key, structuredClone(result));
    cpSync(plan.output, pack, { recursive: true });
    return result;
  };
}

function dependsOnMore({ github, scans, previous, formats, output }) {
  return Boolean(
    github?.length || scans?.length || previous || formats.includes('pdf') || existsSync(output),
  );
}

/** The same for two folders with the same files: where a folder is goes into no pack. */
function keyOf(plan) {
  const hash = createHash('sha256').update(inspect(plan, WHOLE).replaceAll(plan.root, ''));
  const entries = readdirSync(plan.root, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => [join(entry.parentPath, entry.name), entry.isFile()]).sort();
  for (const [path, isFile] of paths) {
    const content = isFile ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
    hash.update(`${relative(plan.root, path)}\0${content}\n`);
  }
  return hash.digest('hex');
}

function recordRun(pack, run) {
  const file = join(pack, 'run.json');
  const record = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, `${JSON.stringify({ ...record, runs: [run] }, null, 2)}\n`);
}
