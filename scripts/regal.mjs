import { spawnSync } from 'node:child_process';

// Lints the rule book with Regal (https://www.openpolicyagent.org/projects/regal), as .regal/config.yaml asks. The `not` of
// future.keywords needs a Regal of at least this version.
const VERSION = '0.42.0';
const GET = `install Regal ${VERSION} or later (https://www.openpolicyagent.org/projects/regal#download-regal), or name it in REGAL`;
const regal = process.env.REGAL || 'regal';

const { error, stdout = '' } = spawnSync(regal, ['version'], { encoding: 'utf8' });
if (error) absent(`${regal} was not found`);
else if (isOlder(stdout)) absent(`${regal} is older than ${VERSION}`);
else {
  const lint = spawnSync(regal, ['lint', '--config-file', '.regal/config.yaml', 'policies'], {
    stdio: 'inherit',
  });
  process.exitCode = lint.status ?? 1;
}

/** A build of one's own has no version, and is taken as it is. */
function isOlder(text) {
  const found = /^Version:\s+v?(\d+)\.(\d+)/m.exec(text);
  if (found === null) return false;
  const [major, minor] = VERSION.split('.').map(Number);
  return Number(found[1]) < major || (Number(found[1]) === major && Number(found[2]) < minor);
}

/** CI must lint, unless it says that it cannot; a developer may leave it to CI. */
function absent(why) {
  const mayBeSkipped = process.env.CI === undefined || process.env.KEYPROOF_WITHOUT_REGAL === '1';
  console.error(
    mayBeSkipped ? `Regal was skipped: ${why}; ${GET}.` : `The rule book was not linted: ${why}; ${GET}.`,
  );
  process.exitCode = mayBeSkipped ? 0 : 1;
}
