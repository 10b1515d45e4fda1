import { fingerprint } from '../../../../secrets/fingerprint.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { warnOfFullPage } from '../../../fields/next-page.js';
import { parsed } from '../../../fields/parsed.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { parseEnum } from '../../../fields/values.js';
import { type Place, placeInPath, placeStated } from './place.js';

const AGAIN = 'export again with GET /api/v4/projects/{id}/variables.';
const MAY_GO_ON =
  'The list has as many variables as a page of GitLab: more may exist. Export all pages (glab api --paginate).';
const PAGES = [20, 100];
const MEMBERS = ['key', 'variable_type', 'masked'];
const PLAIN = 'variable that is neither masked nor hidden';
const PLAIN_MAY_HOLD =
  'Variables that are neither masked nor hidden were left out: GitLab shows them to whoever reads a job. If one holds a secret, mask it, and export again.';
const SHOWN =
  'The export holds the values of variables; only their fingerprints were kept: remove it once it is read.';
const NO_PLACE =
  'The list does not state whose variables these are: name the file by the address it was asked at (projects/northbridge%2Fcards/variables.json), or state constants: {repositories: northbridge/cards} in keyproof.yaml.';
const ENVIRONMENTS = ['production', 'staging', 'development', 'test', 'sandbox'] as const;

/**
 * CI/CD variables of GitLab: of a project (`GET /projects/:id/variables`), a group (`/groups/:id/variables`) or an instance
 * (`/admin/ci/variables`), and `glab variable list --output json`. Follows https://docs.gitlab.com/api/project_level_variables/,
 * https://docs.gitlab.com/api/group_level_variables/ and https://docs.gitlab.com/api/instance_level_ci_variables/
 * - A variable is a secret if somebody told GitLab so: it is masked, or masked and hidden. Any other may be one as well, or a setting: these are left out, counted
 *   and named in a warning.
 * - GitLab states neither when a variable was made nor when its value was set: its age is unknown. A variable does not expire.
 * - The API shows the value unless the variable is hidden. Its fingerprint is kept, which joins it to a finding of a scanner.
 * - A list does not state whose it is. The path of the file does, if it is that of the address, or keyproof.yaml (place.ts). The id is
 *   `gitlab-variable:<place>/<KEY>`, with `@<scope>` behind it unless it is for every environment, since several may have one key.
 * - The scope is a name that the bank gave an environment, or a pattern (`review/*`): only a word known for one states the environment.
 */
export const adapter: Adapter = {
  id: 'gitlab-ci-variables',
  title: 'GitLab CI/CD variables of a project, a group or an instance (JSON)',
  recognisedBy: '`key`, `variable_type` and `masked`',
  proves: 'which masked variables jobs can use, for which environment, and which of them have the same value',
  cannot:
    'when a value was set, who may read it, secrets in variables that are not masked, and that the list is complete: the API tells in a header',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: [...MEMBERS, 'value', 'protected', 'hidden', 'raw', 'environment_scope', 'description'],
  recognise: ({ keys }: FileSample) =>
    MEMBERS.every((name) => keys.includes(name)) ? { version: null } : null,
  open,
};

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const place = placeInPath(file.path) ?? placeStated(context.spec?.constants?.['repositories']);
  const reader: AdapterReader = {
    items: ['$', ''],
    convert: (raw) => variable(raw, place, context),
  };
  return warnOfFullPage(reader, PAGES, MAY_GO_ON, context);
}

function variable(raw: RawRecord, place: Place | null, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const [masked, hidden] = [r.flag('masked'), r.flag('hidden')];
  const isSecret = r.need('masked', masked === true || hidden === true ? true : masked, NO_MASK);
  if (isSecret === false) {
    context.warn(PLAIN_MAY_HOLD);
    context.skip(PLAIN);
    return [];
  }
  const key = r.need('key', r.text('key'), 'There is no key: every variable has one.');
  r.need('key', place?.id ?? null, NO_PLACE);
  const scope = r.text('environment_scope') ?? '*';
  if (r.failed) return [];
  return r.emit('keys', {
    key_id: `gitlab-variable:${place?.id}/${key}${scope === '*' ? '' : `@${scope}`}`,
    name: key ?? '',
    store: 'gitlab',
    type: 'ci-secret',
    repositories: place?.repository ? [place.repository] : null,
    environment: () => r.read('environment_scope', environmentOf),
    purpose: () => r.text('description'),
    status: 'active',
    last_rotated: statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: statedInstant('never'),
    rotation_enabled: false,
    ...kept(r, context),
  });
}

const NO_MASK = 'There is no masked: every variable states whether it is.';

/** Returns the environment that the scope names by a known word; null, and no fault, for any other name. */
function environmentOf(scope: unknown) {
  const found = parseEnum(scope, ENVIRONMENTS);
  return found.ok ? found : parsed(null);
}

function kept(r: Reading, context: AdapterContext): { fingerprint?: string } {
  const value = r.value('value');
  if (typeof value !== 'string' || value === '') return {};
  context.warn(SHOWN);
  return { fingerprint: fingerprint(value) };
}
