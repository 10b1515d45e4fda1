import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Whether an `opa` binary is on the PATH, and which. */
export function opaVersion() {
  try {
    return execFileSync('opa', ['version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\n')[0]
      .replace('Version: ', '');
  } catch {
    return null;
  }
}

/**
 * Evaluates dossiers with `opa eval`, on the same modules and data that keyproof compiles.
 * Gives wall-clock seconds of the whole process, start included, and checks that it answered for every dossier.
 */
export function opaEval(folder, modules, data, dossierFile) {
  for (const [path, source] of Object.entries(modules)) {
    const file = join(folder, 'modules', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, source);
  }
  writeFileSync(join(folder, 'data.json'), JSON.stringify(data));
  const dossiers = readFileSync(dossierFile, 'utf8').trimEnd().split('\n');
  writeFileSync(join(folder, 'input.json'), `[${dossiers.join(',')}]`);
  const query =
    'count([r | some dossier in input; r := data.keyproof.subject.key.evaluation with input as dossier])';
  const start = performance.now();
  const answer = execFileSync(
    'opa',
    [
      'eval',
      '-f',
      'raw',
      '-d',
      join(folder, 'modules'),
      '-d',
      join(folder, 'data.json'),
      '-i',
      join(folder, 'input.json'),
      query,
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const seconds = (performance.now() - start) / 1000;
  if (Number(answer) !== dossiers.length)
    throw new Error(`opa eval answered for ${answer.trim()} of ${dossiers.length} dossiers`);
  return { seconds, dossiers: dossiers.length };
}
