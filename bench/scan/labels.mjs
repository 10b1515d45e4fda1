import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { parseAllDocuments } from 'yaml';
import { folderOf } from './git-corpus.mjs';

/** Categories of CredData that are no secret: ids, public names, values used once. */
const NO_SECRET = [
  'UUID',
  'Nonce',
  'Salt',
  'AWS Client ID',
  'AWS S3 Bucket',
  'Firebase Domain',
  'Tencent WeChat API App ID',
  'Other',
];

/**
 * Lays out the labelled files of a set and returns its labels: {source, path, start, end, isSecret}. All of them are of others: nobody
 * looked at what a scanner finds to make them.
 */
export function layOutLabels(corpus, credData, { credData: names = [], leakyRepo, examples }, into) {
  return [
    ...names.flatMap((name) => ofCredData(corpus, credData, `https://github.com/${name}`, into)),
    ...(leakyRepo ? ofLeakyRepo(corpus, leakyRepo, into) : []),
    ...(examples ? ofExamples(corpus, examples, into) : []),
  ];
}

/** Lines that CredData labels; only files with such lines are laid out, as its own download does. */
function ofCredData(corpus, credData, url, into) {
  const snapshot = JSON.parse(corpus.git(credData.url, 'show', `${credData.commit}:snapshot.json`));
  const id = Object.keys(snapshot).find((key) => snapshot[key].replace(/\.git$/, '') === url);
  const tree = { url, commit: id.slice(0, 40) };
  corpus.need(tree);
  const hash = (path) => createHash('sha256').update(path).digest('hex').slice(0, 8);
  const byId = new Map(corpus.paths(tree).map((path) => [hash(path), path]));
  const meta = crc32(Buffer.from(id, 'hex')).toString(16).padStart(8, '0');
  const rows = parse(corpus.git(credData.url, 'show', `${credData.commit}:meta/${meta}.csv`), {
    columns: true,
    skip_empty_lines: true,
  }).filter(({ FileID }) => byId.has(FileID));
  const labelled = new Set(rows.map(({ FileID }) => byId.get(FileID)));
  corpus.exportTree(tree, join(into, folderOf(url)), (path) => labelled.has(path));
  return rows.flatMap((row) => {
    const isSecret = row.GroundTruth === 'T';
    if (isSecret && row.Category.split(':').every((category) => NO_SECRET.includes(category))) return [];
    const path = `${folderOf(url)}/${byId.get(row.FileID)}`;
    return [{ source: 'CredData', path, start: Number(row.LineStart), end: Number(row.LineEnd), isSecret }];
  });
}

/** Numbers of risks of each file of leaky-repo: one label for each, found by one more line with a finding. */
function ofLeakyRepo(corpus, tree, into) {
  corpus.need(tree);
  corpus.exportTree(tree, join(into, folderOf(tree.url)), (path) => !path.startsWith('.leaky-meta/'));
  const text = corpus.git(tree.url, 'show', `${tree.commit}:.leaky-meta/secrets.csv`).toString();
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split(','))
    .flatMap(([path, count]) =>
      Array.from({ length: Number(count) }, () => ({
        source: 'leaky-repo',
        path: `${folderOf(tree.url)}/${path}`,
        start: 1,
        end: Number.POSITIVE_INFINITY,
        isSecret: true,
        isCounted: true,
      })),
    );
}

/** Examples that another scanner's rules state: a file each, with one label. Those of hidden helper rules are no secrets. */
function ofExamples(corpus, { folder, ...tree }, into) {
  corpus.need(tree);
  const files = corpus.paths(tree).filter((path) => path.startsWith(`${folder}/`) && path.endsWith('.yml'));
  const at = `${folderOf(tree.url)}-examples`;
  mkdirSync(join(into, at), { recursive: true });
  return files.flatMap((file) =>
    rulesOf(corpus.git(tree.url, 'show', `${tree.commit}:${file}`).toString()).flatMap((rule, number) =>
      [...texts(rule.examples, true), ...texts(rule.negative_examples, false)].map(
        ({ text, isSecret }, index) => {
          const name = file.split('/').pop().replace('.yml', '');
          const path = `${at}/${name}-${number}-${index}.txt`;
          writeFileSync(join(into, path), `${text}\n`);
          const source = 'rule examples';
          return { source, path, start: 1, end: Number.POSITIVE_INFINITY, isSecret };
        },
      ),
    ),
  );
}

function rulesOf(text) {
  return parseAllDocuments(text)
    .flatMap((document) => document.toJS()?.rules ?? [])
    .filter(isOfSecrets);
}

function isOfSecrets({ visible, categories }) {
  return visible !== false && !(categories?.includes('identifier') && !categories.includes('secret'));
}

const texts = (list, isSecret) => (list ?? []).map((text) => ({ text: String(text), isSecret }));
