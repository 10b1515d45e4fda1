import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

// src/ingest/adapters/index.ts lists the folders beside it, so that adding an adapter is adding its folder. The canonical
// form comes last, because it recognises columns of any origin.
const root = new URL('../src/ingest/adapters/', import.meta.url);
const LAST = 'canonical/records';

const folders = foldersIn('.')
  .flatMap((system) => foldersIn(system).map((format) => `${system}/${format}`))
  .filter((folder) => existsSync(new URL(`${folder}/adapter.ts`, root)))
  .sort((a, b) => Number(a === LAST) - Number(b === LAST) || (a < b ? -1 : 1));

const text = `// Made by scripts/generate-adapters.mjs from the folders here: npm run generate.
import type { Adapter } from '../adapter.js';
${[...folders]
  .sort()
  .map((folder) => `import { adapter as ${nameOf(folder)} } from './${folder}/adapter.js';`)
  .join('\n')}

/** All adapters; the canonical form comes last. */
export const ADAPTERS: readonly Adapter[] = [
${folders.map((folder) => `  ${nameOf(folder)},`).join('\n')}
];
`;
const file = new URL('index.ts', root);
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('Out of date: src/ingest/adapters/index.ts. Run npm run generate.');
  process.exit(1);
}

function foldersIn(path) {
  return readdirSync(new URL(`${path}/`, root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** `aws/iam-credential-report` -> `awsIamCredentialReport`. */
function nameOf(folder) {
  return folder.replace(/[^a-z0-9]+([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}
