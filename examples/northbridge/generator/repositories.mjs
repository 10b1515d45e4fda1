import { AS_OF, DAY, HOUR } from '../../shared/time.mjs';
import { REPOSITORIES } from './cast.mjs';
import { randomStream, sha256 } from './random.mjs';

/** What every repository ignores: the bank's template. */
const IGNORED = ['node_modules/', 'dist/', '.env', '.env.*', '!.env.example', '*.pem', '*.p12'];

/** The repositories as the code host lists them: all in scope scanned in the last days, whole history once. */
export function createRepositories() {
  const random = randomStream('repositories');
  return REPOSITORIES.map(({ name, team, pci, icfr }) => ({
    id: `northbridge/${name}`,
    name,
    aliases: [name, `https://git.northbridge.example/northbridge/${name}.git`],
    team,
    visibility: name === 'developer-portal' ? 'public' : random.pick(['private', 'private', 'internal']),
    inScope: name !== 'brand-assets',
    scanned: AS_OF + 1 - random.int(0, 3) * DAY - random.int(2, 20) * HOUR,
    fullHistory: true,
    pushProtection: true,
    hook: true,
    sensitive: name === 'brand-assets' ? [] : ['.env.example'],
    ignored: IGNORED,
    pci: pci ?? 'out',
    icfr: icfr === true,
    findings: [],
  }));
}

/** What the second scanner found and the teams decided about it: set aside with a reason, resolved, and one without a word. */
export const createTriage = () =>
  [
    [2, 'docs/example.http', 14, 'suppressed', 'Documented example value of the provider; never issued.'],
    [3, 'src/test/fixtures/psu.json', 5, 'suppressed', 'Test fixture of the sandbox, reset every night.'],
    [5, 'README.md', 88, 'suppressed', 'Placeholder.'],
    [7, 'helm/values-dev.yaml', 31, 'resolved', 'Placeholder replaced by a reference to the vault.'],
    [9, 'src/main/resources/swift.properties', 9, 'resolved', 'Sample value removed and history rewritten.'],
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
