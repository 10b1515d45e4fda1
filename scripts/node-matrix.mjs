import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// Audits the example with other Node versions, from the npm registry, and asks for the same bytes as with this one: those of
// `--pack DIR`, if `npm run demo` has just written it, or of an audit made now. run.json records each run with its time and Node
// version, beside what the manifest seals.
const { values, positionals } = parseArgs({ options: { pack: { type: 'string' } }, allowPositionals: true });
const others = ['20', '22', '24'].filter((version) => version !== process.versions.node.split('.')[0]);
const versions = positionals.length > 0 ? positionals : others;
const scratch = mkdtempSync(join(tmpdir(), 'keyproof-node-'));
let failed = 0;
try {
  const expected = hashes(values.pack ?? audited(process.execPath, 'this'));
  for (const version of versions) {
    const node = install(version);
    const name = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    const different = difference(expected, hashes(audited(node, version)));
    failed += different.length > 0 ? 1 : 0;
    console.log(
      different.length > 0
        ? `Node ${name}: differs in ${different.join(', ')}`
        : `Node ${name}: the same ${expected.size} files as Node ${process.version}`,
    );
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${versions.length - failed} of ${versions.length} Node versions give the same bytes.`);
process.exitCode = failed > 0 ? 1 : 0;

function install(version) {
  const folder = join(scratch, `node-${version}`);
  execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', folder, `node@${version}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(folder, 'node_modules', 'node', 'bin', 'node');
}

/** Audits as `npm run demo` does. @returns the folder of the pack. */
function audited(node, name) {
  const output = join(scratch, `pack-${name}`);
  const bank = ['examples/marenholt/exports', '--config', 'examples/marenholt/keyproof.yaml'];
  const asked = ['--output', output, '--fail-on', 'none', '--quiet'];
  execFileSync(node, ['dist/cli/main.js', 'audit', ...bank, ...asked], { stdio: 'inherit' });
  return output;
}

function hashes(output) {
  return new Map(
    readdirSync(output)
      .filter((file) => file !== 'run.json')
      .map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(join(output, file)))
          .digest('hex'),
      ]),
  );
}

function difference(expected, actual) {
  return [...new Set([...expected.keys(), ...actual.keys()])]
    .filter((file) => expected.get(file) !== actual.get(file))
    .sort();
}
