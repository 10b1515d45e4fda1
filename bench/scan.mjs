/**
 * keyproof scan beside gitleaks and detect-secrets, in one run, on the public repositories of scan/corpus.json (docs/scan.md).
 *
 *   GITLEAKS=... DETECT_SECRETS=... node bench/scan.mjs CORPUS [SET|histories...]
 *
 * CORPUS is a folder of bare repositories, `<owner>+<name>/repo`; those that it lacks are cloned. KEEP=FOLDER keeps the findings of
 * each tool. A set that is held out stays so: look at its numbers, never at KEEP of it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childrenCpuSeconds } from './measure.mjs';
import { folderOf, gitCorpus } from './scan/git-corpus.mjs';
import { countLabels, judge } from './scan/judge.mjs';
import { layOutLabels } from './scan/labels.mjs';
import { historyScanners, scanners } from './scan/scanners.mjs';

const [folder = '', ...chosen] = process.argv.slice(2);
const {
  labels: credData,
  sets,
  histories,
} = JSON.parse(readFileSync(new URL('scan/corpus.json', import.meta.url)));
/** It takes hours for large trees, and the goal for false positives names gitleaks. */
const WITHOUT_CLEAN = ['detect-secrets'];
const corpus = gitCorpus(folder);
const work = mkdtempSync(join(tmpdir(), 'keyproof-bench-'));
try {
  corpus.need(credData);
  const isAsked = (id) => chosen.length === 0 || chosen.includes(id);
  const results = {
    sets: sets.filter(({ id }) => isAsked(id)).map(measureSet),
    histories: isAsked('histories') ? histories.map(measureHistory) : [],
  };
  process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function measureSet(set) {
  const [labelled, clean] = ['labelled', 'clean'].map((name) => join(work, set.id, name));
  mkdirSync(clean, { recursive: true });
  const labels = layOutLabels(corpus, credData, set, labelled);
  for (const tree of set.clean ?? []) {
    corpus.need(tree);
    corpus.exportTree(tree, join(clean, folderOf(tree.url)));
  }
  copyPackages(set.packages ?? [], clean);
  const tools = Object.entries(scanners).map(([tool, scan]) => {
    const labelledRun = timed(() => scan(labelled, work), `${set.id} labelled ${tool}`);
    const cleanRun = timed(
      () => (WITHOUT_CLEAN.includes(tool) ? [] : scan(clean, work)),
      `${set.id} clean ${tool}`,
    );
    keep(set.id, tool, { labelled: labelledRun.result, clean: cleanRun.result });
    return {
      tool,
      ...judge(labelledRun.result, labels),
      clean: WITHOUT_CLEAN.includes(tool) ? null : cleanRun.result.filter(({ isOpen }) => isOpen).length,
      cpuSeconds: { labelled: labelledRun.cpuSeconds, clean: cleanRun.cpuSeconds },
    };
  });
  return {
    set: set.id,
    labels: countLabels(labels),
    bytes: { labelled: sizeOf(labelled), clean: sizeOf(clean) },
    tools,
  };
}

function measureHistory(url) {
  corpus.need({ url });
  const commits = Number(corpus.git(url, 'rev-list', '--all', '--count'));
  const cpuSeconds = Object.fromEntries(
    Object.entries(historyScanners).map(([tool, scan]) => [
      tool,
      timed(() => scan(corpus.pathOf(url), work), `${url} ${tool}`).cpuSeconds,
    ]),
  );
  return { url, commits, cpuSeconds };
}

/** Copies packages of this repository's node_modules. */
function copyPackages(names, into) {
  for (const name of names.filter((each) => existsSync(join('node_modules', each))))
    execFileSync('cp', ['-rL', join('node_modules', name), join(into, name.replace('/', '+'))]);
  execFileSync('find', [into, '-name', 'node_modules', '-prune', '-exec', 'rm', '-rf', '{}', '+']);
}

function keep(set, tool, found) {
  if (!process.env.KEEP) return;
  mkdirSync(process.env.KEEP, { recursive: true });
  writeFileSync(join(process.env.KEEP, `${set}-${tool}.json`), JSON.stringify(found));
}

function sizeOf(path) {
  return Number(execFileSync('du', ['-sb', path]).toString().split('\t')[0]);
}

function timed(scan, name) {
  const cpuBefore = childrenCpuSeconds();
  const start = performance.now();
  const result = scan();
  const [cpuSeconds, seconds] = [childrenCpuSeconds() - cpuBefore, (performance.now() - start) / 1000].map(
    (value) => Math.round(value * 10) / 10,
  );
  process.stderr.write(`${name}: ${cpuSeconds} s of CPU, ${seconds} s\n`);
  return { result, cpuSeconds };
}
