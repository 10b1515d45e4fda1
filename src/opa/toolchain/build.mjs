// Builds the OPA toolchain module (`npm run toolchain:build`) or proves the committed one (`npm run toolchain:check`).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { importMemory } from './import-memory.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const archive = join(here, 'toolchain.wasm.br');
const record = join(here, '..', 'toolchain-version.ts');
const sources = [
  ...[
    'main.go',
    'builtins.go',
    'inspect.go',
    'parse.go',
    'tell.go',
    'terms.go',
    'test.go',
    'trace.go',
    'versions.go',
    'watch.go',
  ],
  ...['go.mod', 'go.sum'],
];
const goFlags = ['build', '-buildmode=c-shared', '-trimpath', '-buildvcs=false', '-ldflags=-s -w -buildid='];

const say = (sentence) => process.stdout.write(`${sentence}\n`);
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function recorded(name) {
  const found = new RegExp(`${name}: '([^']*)'`).exec(readFileSync(record, 'utf8'));
  if (!found) throw new Error(`${record} has no ${name}`);
  return found[1];
}

/** Compiles a copy of the sources in a folder of its own, so that nothing of this machine can get into the bytes. */
function compileWasm(goVersion) {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-toolchain-'));
  const env = {
    ...process.env,
    GOOS: 'wasip1',
    GOARCH: 'wasm',
    CGO_ENABLED: '0',
    GOFLAGS: '',
    GOWASM: '',
    GOEXPERIMENT: '',
    GOWORK: 'off',
    // The compiler collects its garbage less often, which saves a seventh of its time and changes no byte.
    GOGC: '800',
  };
  if (goVersion) env.GOTOOLCHAIN = goVersion;
  try {
    for (const source of sources) cpSync(join(here, source), join(folder, source));
    execFileSync('go', [...goFlags, '-o', 'toolchain.wasm', '.'], {
      cwd: folder,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return importMemory(readFileSync(join(folder, 'toolchain.wasm')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The version that `go version` reports, or undefined where Go, or that Go, is not to be had. */
function goVersion(wanted) {
  try {
    const env = { ...process.env, ...(wanted ? { GOTOOLCHAIN: wanted } : {}) };
    return execFileSync('go', ['env', 'GOVERSION'], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    }).trim();
  } catch {
    return undefined;
  }
}

function opaVersion() {
  return /open-policy-agent\/opa v(\S+)/.exec(readFileSync(join(here, 'go.mod'), 'utf8'))[1];
}

function build() {
  const go = goVersion();
  if (!go) throw new Error('go was not found on the PATH: it is needed to build the toolchain module');
  const { wasm, pages } = compileWasm(go);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
  };
  const compressed = brotliCompressSync(wasm, { params });
  writeFileSync(archive, compressed);
  writeFileSync(record, versionSource(go, wasm, compressed, pages));
  say(`toolchain.wasm.br: OPA ${opaVersion()}, ${go}, ${compressed.length} bytes, sha256 ${sha256(wasm)}`);
}

function versionSource(go, wasm, compressed, pages) {
  return `/** What toolchain.wasm.br was built from, and the hashes it must have. Written by \`npm run toolchain:build\`. */
export const TOOLCHAIN = {
  opa: '${opaVersion()}',
  go: '${go}',
  sha256: '${sha256(wasm)}',
  compressedSha256: '${sha256(compressed)}',
  memoryPages: ${pages},
} as const;
`;
}

function check() {
  const wanted = recorded('go');
  if (goVersion(wanted) !== wanted) {
    say(`toolchain:check skipped: ${wanted}, which built the committed module, is not available here.`);
    return;
  }
  const committed = sha256(brotliDecompressSync(readFileSync(archive)));
  const rebuilt = sha256(compileWasm(wanted).wasm);
  const same = committed === rebuilt && committed === recorded('sha256');
  if (same) say(`toolchain.wasm.br is what ${wanted} builds from its source: sha256 ${committed}.`);
  else
    say(
      `toolchain.wasm.br (sha256 ${committed}) is not what ${wanted} builds from its source (${rebuilt}): run npm run toolchain:build.`,
    );
  process.exitCode = same ? 0 : 1;
}

if (process.argv.includes('--check')) check();
else build();
