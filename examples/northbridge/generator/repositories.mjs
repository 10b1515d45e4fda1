import { REPOSITORIES } from './cast.mjs';
import { randomStream, sha256 } from './random.mjs';
import { AS_OF, DAY, HOUR } from './time.mjs';

/** The twenty repositories as the code host lists them: all scanned in the last days, whole history once. */
export function createRepositories() {
  const random = randomStream('repositories');
  return REPOSITORIES.map(({ name, team }) => ({
    id: `northbridge/${name}`,
    name,
    team,
    visibility: name === 'developer-portal' ? 'public' : random.pick(['private', 'private', 'internal']),
    inScope: true,
    scanned: AS_OF + 1 - random.int(0, 3) * DAY - random.int(2, 20) * HOUR,
    fullHistory: true,
    pushProtection: true,
    hook: true,
    sensitive: [],
    findings: [],
  }));
}

/** What the second scanner found and the teams decided about it: set aside with a reason, resolved, and one without a word. */
export const createTriage = () =>
  [
    [2, 'docs/example.http', 14, 'suppressed', 'Documented example value of the provider; never issued.'],
    [3, 'src/test/fixtures/psu.json', 5, 'suppressed', 'Test fixture of the sandbox, reset every night.'],
    [5, 'README.md', 88, 'suppressed', 'Placeholder.'],
    [7, 'helm/values-dev.yaml', 31, 'resolved', 'Key revoked on the day it was found.'],
    [9, 'src/main/resources/swift.properties', 9, 'resolved', 'Key revoked and history rewritten.'],
    [17, 'tools/load-test.py', 20, 'suppressed', ''],
  ].map(([repository, path, line, state, reason]) => ({
    id: `NBS-${sha256(`${repository} ${path}`).slice(0, 8)}`,
    repository: `northbridge/${REPOSITORIES[repository].name}`,
    path,
    line,
    state,
    reason,
    seen: AS_OF + 1 - (30 + line) * DAY,
  }));
