import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { reading } from '../../../fields/record-reader.js';
import { type Place, placeInPath, placeOfList } from './place.js';

const AGAIN = 'export again with gh api --paginate orgs/{org}/actions/secrets.';
const NO_PLACE =
  'The list does not state whose secrets these are: name the file by the address it was asked at (repos/{owner}/{repo}/actions/secrets.json), or state constants: {repositories: owner/name} in keyproof.yaml.';
const CREATED = ['created_at', 'createdAt'];
const UPDATED = ['updated_at', 'updatedAt'];
const SELECTED = ['selected_repositories_url', 'selectedReposURL'];
const GH_LIST = ['selectedReposURL', 'numSelectedRepos'];
const LISTED = /"secrets"\s*:\s*\[\s*(?:\]|\{(?=[^{}]*"name"\s*:)(?=[^{}]*"updated_at"\s*:))/;

/**
 * Secrets of GitHub Actions, Dependabot and Codespaces: of an organisation, a repository or an environment
 * (`GET /orgs/{org}/actions/secrets`, `/repos/{owner}/{repo}/actions/secrets`, `.../environments/{name}/secrets`), and
 * `gh secret list --json`. Follows https://docs.github.com/en/rest/actions/secrets
 * - The value cannot be read back from GitHub. `updated_at` is when it was last set: a new value, or the same again.
 * - A list does not state whose it is, except for a secret of an organisation with selected repositories. Otherwise the path of the
 *   file does, if it is that of the address, or keyproof.yaml (place.ts). Without a place two secrets of one name could not be told
 *   apart.
 * - The id is `github-secret:<owner>/<repository>/<NAME>`, as in the audit log. Of an environment, Dependabot and Codespaces it has their name in it, since
 *   each may have a secret of the same name.
 */
export const adapter: Adapter = {
  id: 'github-actions-secrets',
  title: 'GitHub secrets of Actions, Dependabot and Codespaces (JSON)',
  recognisedBy:
    '`total_count` beside `secrets` with `name` and `updated_at`; `selectedReposURL` or `numSelectedRepos` beside `updatedAt`; bare lists by `visibility` or their address',
  proves: 'which secrets workflows can use, since when, and when each was last set',
  cannot:
    'whether a value that was set is a new one, which workflow uses it, and where else the credential is kept',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['total_count', 'secrets', 'name', 'created_at', 'updated_at', 'visibility'],
  recognise: ({ keys, head, path }: FileSample) => {
    const isPage = keys.includes('total_count') && keys.includes('secrets') && LISTED.test(head);
    const isList = keys.includes('updatedAt') && GH_LIST.some((name) => keys.includes(name));
    return isPage || isList || isBareList(keys, path) ? { version: isList ? 'gh' : null } : null;
  },
  open,
};

const OF_SECRET = ['name', 'created_at', 'updated_at'];

/** Returns whether these are secrets without their page (`--jq .secrets`): of an organisation, or of the address that names the file. */
function isBareList(keys: readonly string[], path: string): boolean {
  const own = OF_SECRET.every((name) => keys.includes(name)) && !keys.includes('value');
  return (
    own && (keys.includes('visibility') ? keys.length <= 5 : keys.length === 3 && placeInPath(path) !== null)
  );
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const stated = placeInPath(file.path) ?? placeOfList(context.spec?.constants?.['repositories']);
  let [read, total] = [0, 0];
  return {
    items: ['$.secrets', '$', ''],
    convert(raw) {
      read += 1;
      return secret(raw, stated, context);
    },
    envelope({ total_count }) {
      if (typeof total_count === 'number') total = total_count;
    },
    end() {
      if (total > read) context.truncated(`The list holds ${read} of ${total} secrets: ${AGAIN}`);
      return [];
    },
  };
}

function secret(raw: RawRecord, stated: Place | null, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const name = r.need('name', r.text('name'), 'There is no name: every secret has one.');
  const place = placeInPath(r.text(SELECTED) ?? '') ?? stated;
  r.need('name', place?.id ?? null, NO_PLACE);
  return r.emit('keys', {
    key_id: `github-secret:${place?.id}/${name}`,
    name: name ?? '',
    store: 'github',
    type: 'ci-secret',
    repositories: place?.repository ? [place.repository] : null,
    status: 'active',
    created: () => r.date(CREATED),
    last_rotated: () => r.date(UPDATED),
    last_used: statedInstant('not-tracked'),
    expires: statedInstant('never'),
    rotation_enabled: false,
  });
}
