import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';
import fastGlob from 'fast-glob';
import { create } from 'tar';
import { FONTS, fontFolder } from '../dist/assets/font-folder.js';
import { ASSETS, WORKERS } from '../dist/assets/locate.js';

// Builds the Action: action.mjs, which unpacks and starts, and keyproof.tar.br with everything else, laid out as an
// installed package. The same sources give the same bytes.
//   node scripts/build-action.mjs [--out DIR] [--integrity PACKAGE=SHA512] [--entry FILE]
// --integrity builds for a registry that serves another tarball of DuckDB than npm's, --entry adds a module that can be
// imported by itself; tests do.
const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../', import.meta.url));
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'dist-action') },
    integrity: { type: 'string', multiple: true, default: [] },
    entry: { type: 'string', multiple: true, default: [] },
  },
});
const manifest = readJson('package.json');
const lock = readJson('package-lock.json');

const BINDINGS = '@duckdb/node-bindings';

/** Loaded by `createRequire`, which a bundler does not follow: each becomes one file under its own name. */
const REQUIRED = ['ajv', '@open-policy-agent/opa-wasm'];

/** Starts threads with a file of its own, so its files stay as they are. */
const AS_IS = ['piscina'];

/** Not in the bundle: the browser of a runner prints. */
const LEFT_OUT = ['@sparticuz/chromium'];

/** What reports embed. */
const FONT_FILES = 'files/*-{latin,latin-ext}-{400,500,600,700}-normal.woff2';

const COMMON = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  // CommonJS packages in an ES module ask for Node's own modules with require.
  banner: {
    js: "import { createRequire as createKeyproofRequire } from 'node:module';\nvar require = createKeyproofRequire(import.meta.url);",
  },
};

/** DuckDB's native library is downloaded for the platform of the runner; its folder is in KEYPROOF_DUCKDB_PATH. */
const duckdbFromFolder = {
  name: 'duckdb-from-folder',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@duckdb\/node-bindings$/ }, () => ({ path: BINDINGS, namespace: 'duckdb' }));
    onLoad({ filter: /.*/, namespace: 'duckdb' }, () => ({
      contents: `
        const folder = process.env.KEYPROOF_DUCKDB_PATH;
        if (!folder) throw new Error('KEYPROOF_DUCKDB_PATH is not set: it names the folder with duckdb.node.');
        module.exports = require(require('node:path').join(folder, 'duckdb.node'));`,
      loader: 'js',
    }));
  },
};

/** Node gives names to what a CommonJS package exports when it is imported; a bundle gives them only if they are written out. */
const namedExports = {
  name: 'named-exports',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@duckdb\/node-api$/ }, ({ path, namespace }) =>
      namespace === 'named' ? undefined : { path, namespace: 'named' },
    );
    onLoad({ filter: /.*/, namespace: 'named' }, ({ path }) => ({
      contents: `import api from '${path}';\nexport const { ${Object.keys(require(path)).join(', ')} } = api;`,
      resolveDir: root,
    }));
  },
};

const stage = mkdtempSync(join(tmpdir(), 'keyproof-action-'));
try {
  const used = [await bundleProgram(), ...(await Promise.all(REQUIRED.map(bundleRequired)))];
  copyAssets();
  const archive = await pack();
  rmSync(values.out, { recursive: true, force: true });
  mkdirSync(values.out, { recursive: true });
  used.push(await bundleStart(archive));
  writeFileSync(join(values.out, 'keyproof.tar.br'), archive);
  writeFileSync(join(values.out, 'LICENSES.txt'), licences(used.flatMap(packagesOf)));
  for (const file of readdirSync(values.out))
    console.error(`${file}: ${readFileSync(join(values.out, file)).length} bytes`);
} finally {
  rmSync(stage, { recursive: true, force: true });
}

/** Bundles the program with the entry files of its threads. */
async function bundleProgram() {
  const workers = Object.values(WORKERS).map((file) => `src/${file.replace(/\.js$/, '.ts')}`);
  const { metafile } = await build({
    ...COMMON,
    entryPoints: ['src/action/main.ts', 'src/cli/main.ts', ...workers, ...values.entry],
    outbase: 'src',
    outdir: join(stage, 'dist'),
    splitting: true,
    external: [...AS_IS, ...LEFT_OUT],
    plugins: [namedExports, duckdbFromFolder],
    define: { KEYPROOF_DUCKDB: JSON.stringify(duckdb()) },
  });
  return metafile;
}

/** Bundles a package that is loaded by `require`, as one file where Node looks for it. */
async function bundleRequired(name) {
  const folder = join(stage, 'node_modules', name);
  const { metafile } = await build({
    ...COMMON,
    banner: {},
    format: 'cjs',
    stdin: { contents: `module.exports = require('${name}');`, resolveDir: root },
    outfile: join(folder, 'index.cjs'),
  });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, main: 'index.cjs' }));
  return metafile;
}

/** Bundles what the runner starts. */
async function bundleStart(archive) {
  const { metafile } = await build({
    ...COMMON,
    entryPoints: ['src/action/start.ts'],
    outfile: join(values.out, 'action.mjs'),
    define: {
      KEYPROOF_ARCHIVE: JSON.stringify({ version: manifest.version, sha256: hashOf(archive) }),
    },
  });
  return metafile;
}

/** The tarballs of DuckDB with the SHA-512 that package-lock.json has for each. */
function duckdb() {
  const { version } = lock.packages[`node_modules/${BINDINGS}`];
  const stated = Object.fromEntries(values.integrity.map((text) => text.split(/=(.*)/s)));
  const names = Object.keys(lock.packages[`node_modules/${BINDINGS}`].optionalDependencies);
  const integrity = Object.fromEntries(names.map((name) => [name, stated[name] ?? lockedIntegrity(name)]));
  return { version, integrity };
}

function lockedIntegrity(name) {
  const { integrity } = lock.packages[`node_modules/${name}`] ?? {};
  if (integrity?.startsWith('sha512-')) return integrity;
  throw new Error(
    `package-lock.json has no sha512 for ${name}: the Action could not check what it downloads.`,
  );
}

/** Copies what the program reads beside its code, without the tests and examples of each policy. */
function copyAssets() {
  const { name, version, type } = manifest;
  writeFileSync(join(stage, 'package.json'), JSON.stringify({ name, version, type }));
  for (const path of Object.values(ASSETS)) if (path !== ASSETS.manifest) copyAsset(path);
  for (const font of FONTS) copyPackage(fontFolder(font), ['package.json', 'LICENSE', FONT_FILES]);
  for (const name of AS_IS)
    copyPackage(join(root, 'node_modules', name), ['package.json', 'LICENSE', 'dist/**/*.{js,mjs}']);
}

function copyAsset(path) {
  const filter = (source) => !/_test\.rego$|[\\/]policies[\\/][^\\/]+[\\/][^\\/]+[\\/]examples$/.test(source);
  cpSync(join(root, path), join(stage, path), { recursive: true, filter });
}

function copyPackage(folder, patterns) {
  for (const file of fastGlob.sync(patterns, { cwd: folder }).sort()) {
    const target = join(stage, relative(root, folder), file);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(folder, file), target);
  }
}

/** Packs the folder: sorted, without times, owners and modes of this machine. */
async function pack() {
  const files = fastGlob.sync('**/*', { cwd: stage, dot: true }).sort();
  const parts = [];
  const stream = create({ cwd: stage, portable: true, mtime: new Date(0) }, files);
  for await (const part of stream) parts.push(part);
  const bytes = Buffer.concat(parts);
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

/** Folders of the packages of which code is in a bundle. */
function packagesOf({ inputs }) {
  return Object.keys(inputs).flatMap((path) => {
    const [folder] = path.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/) ?? [];
    return folder === undefined ? [] : [folder];
  });
}

/** The licences of all code that is not ours. */
function licences(bundled) {
  const others = [...AS_IS, ...FONTS.map((font) => `@fontsource/${font}`), BINDINGS];
  const folders = [...new Set([...bundled, ...others.map((name) => `node_modules/${name}`)])].sort();
  return folders.map(licenceOf).join('\n');
}

function licenceOf(folder) {
  const { name, version, license } = readJson(`${folder}/package.json`);
  const [file] = fastGlob
    .sync(['licen[cs]e*', 'LICEN[CS]E*'], { cwd: join(root, folder), onlyFiles: true })
    .sort();
  const text = file === undefined ? '' : `\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n`;
  return `${'-'.repeat(80)}\n${name} ${version} (${license ?? 'see below'})\n${text}`;
}

function readJson(path) {
  if (!existsSync(join(root, path))) throw new Error(`${path} is missing: run npm ci.`);
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

function hashOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
