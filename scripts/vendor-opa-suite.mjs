// Copies OPA's evaluation suite out of OPA's Go module (no option), or proves that the committed copy is that one (--check).
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

const toolchain = fileURLToPath(new URL('../src/opa/toolchain', import.meta.url));
const archive = fileURLToPath(new URL('../test/opa/opa-suite/cases.json.br', import.meta.url));
const check = process.argv.includes('--check');

const opa = goModule();
if (opa === undefined) {
  if (!check) throw new Error('go was not found on the PATH: it is needed to download the suite.');
  console.log('OPA suite: not compared; Go, or the Go module of OPA, is not available here.');
} else if (check) {
  const same = brotliDecompressSync(readFileSync(archive)).toString() === textOf(opa);
  if (!same) {
    console.error(
      `${archive} is not the suite of OPA ${opa.Version}: run node scripts/vendor-opa-suite.mjs.`,
    );
    process.exitCode = 1;
  } else console.log(`OPA suite: the committed copy is that of OPA ${opa.Version}.`);
} else {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  writeFileSync(archive, brotliCompressSync(textOf(opa), { params }));
}

/** Where the Go module of OPA lies, in the version of go.mod; undefined if it cannot be had. */
function goModule() {
  try {
    const args = ['mod', 'download', '-json', 'github.com/open-policy-agent/opa'];
    return JSON.parse(
      execFileSync('go', args, { cwd: toolchain, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return undefined;
  }
}

/** {opa: version, files: {path: text}}, paths sorted, below v1/test/cases/testdata/v1 of the module. */
function textOf({ Dir, Version }) {
  const folder = join(Dir, 'v1/test/cases/testdata/v1');
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.yaml'));
  const files = names
    .map((name) => name.replaceAll('\\', '/'))
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
  return JSON.stringify({ opa: Version, files: Object.fromEntries(files) });
}
