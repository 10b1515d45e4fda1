import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { documentationPages, pageMarkdown } from '../dist/index.js';

const FOLDERS = ['docs/rules', 'docs/frameworks'];

/** Returns the text of every page by its path from the root of the repository. */
export async function pageTexts() {
  return new Map((await documentationPages()).map((page) => [page.path, pageMarkdown(page)]));
}

/**
 * Compares docs/rules and docs/frameworks below a root with the pages: they contain nothing else.
 * @returns paths of pages that differ or are missing, and of files that are no page.
 */
export function differences(root, pages) {
  for (const folder of FOLDERS) mkdirSync(new URL(folder, root), { recursive: true });
  const there = FOLDERS.flatMap((folder) =>
    readdirSync(new URL(folder, root)).map((name) => `${folder}/${name}`),
  );
  const read = (path) => readFileSync(new URL(path, root), 'utf8');
  const changed = [...pages.keys()].filter((path) => !there.includes(path) || read(path) !== pages.get(path));
  return { changed, stale: there.filter((path) => !pages.has(path)) };
}

/** Writes the pages, or with `check` writes nothing. @returns the sentence about what differs; null if nothing does. */
export function generate(root, pages, check) {
  const { changed, stale } = differences(root, pages);
  if (!check) {
    for (const path of changed) writeFileSync(new URL(path, root), pages.get(path));
    for (const path of stale) rmSync(new URL(path, root), { recursive: true });
    return null;
  }
  const paths = [...changed, ...stale];
  return paths.length === 0 ? null : `Out of date: ${paths.join(', ')}. Run npm run generate.`;
}

if (realpathSync(process.argv[1] ?? '.') === fileURLToPath(import.meta.url)) {
  const sentence = generate(
    new URL('../', import.meta.url),
    await pageTexts(),
    process.argv.includes('--check'),
  );
  if (sentence !== null) {
    console.error(sentence);
    process.exitCode = 1;
  }
}
