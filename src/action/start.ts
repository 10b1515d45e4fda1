import { fileURLToPath } from 'node:url';
import { unpackBundle } from './unpack-bundle.js';

/** What scripts/build-action.mjs packed. */
declare const KEYPROOF_ARCHIVE: { version: string; sha256: string };

// What the runner starts: it unpacks the program, unless an earlier step of this runner did, and hands over to it.
try {
  const archive = { file: fileURLToPath(new URL('keyproof.tar.br', import.meta.url)), ...KEYPROOF_ARCHIVE };
  const root = await unpackBundle(archive, process.env);
  await import(new URL('dist/action/main.js', root).href);
} catch (error) {
  process.stdout.write(`::error::keyproof could not start: ${String(error).replace(/\r?\n/g, '%0A')}\n`);
  process.exitCode = 1;
}
