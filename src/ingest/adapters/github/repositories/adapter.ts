import type { Instant, RepositoryRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { entryOf, textOf } from '../../../fields/json.js';
import { warnOfFullPage } from '../../../fields/next-page.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with gh api --paginate.';
/** Sizes of a page; the API tells only in a header that another follows. */
const PAGES = [30, 100];
const MAY_GO_ON =
  'The list has exactly one page of the API: more repositories may exist. Export with gh api --paginate.';
const NO_SETTINGS =
  'Repositories do not state their security settings: push protection is unknown; export as an owner or a security manager.';

/**
 * GitHub repositories of an organisation (`GET /orgs/{org}/repos`), or one repository (`GET /repos/{owner}/{repo}`). Follows
 * https://docs.github.com/en/rest/repos/repos
 * - `security_and_analysis` is there only for owners and security managers; `secret_scanning_push_protection.status` in it is push
 *   protection.
 * - `scan_history` (`GET /repos/{owner}/{repo}/secret-scanning/scan-history`) may be added to a repository: a completed backfill of
 *   `git` is a scan of the whole history, and the newest completed scan of `git` the last one. Without it both are unknown: that
 *   scanning is switched on says of no scan when it was.
 * - An audit that fetches repositories adds `branch_protection` and `branch_rules` too; they stay in the export for a person to look at.
 */
export const adapter: Adapter = {
  id: 'github-repositories',
  title: 'GitHub repositories (JSON)',
  recognisedBy: '`full_name` beside `node_id`, `default_branch` and `archived`',
  proves:
    'which repositories the organisation has that the token may see, their visibility, push protection, scans of their history',
  cannot:
    'that the list is complete (the API tells in a header), pre-commit hooks, files that are tracked or ignored',
  produces: ['repositories'],
  formats: ['json', 'ndjson'],
  signature: ['full_name', 'node_id', 'default_branch', 'archived', 'security_and_analysis'],
  recognise: ({ keys }: FileSample) =>
    ['full_name', 'node_id', 'default_branch', 'archived'].every((name) => keys.includes(name))
      ? { version: null }
      : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const reader: AdapterReader = {
    items: ['$', ''],
    convert: (raw) => repository(raw, context),
  };
  return warnOfFullPage(reader, PAGES, MAY_GO_ON, context);
}

const STATUS: { [status: string]: boolean } = { enabled: true, disabled: false };

function repository(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  if (!r.states('security_and_analysis')) context.warn(NO_SETTINGS);
  return r.emit('repositories', {
    repository_id: r.need(
      'full_name',
      r.text('full_name'),
      'There is no full_name: every repository has one.',
    ),
    aliases: () => addressesOf(r),
    visibility: () => visibilityOf(r),
    push_protection: () =>
      entryOf(STATUS, r.text('security_and_analysis.secret_scanning_push_protection.status') ?? ''),
    ...scansOf(r),
  });
}

function addressesOf(r: Reading): string[] {
  return ['clone_url', 'ssh_url', 'html_url'].flatMap((name) => r.text(name) ?? []);
}

const VISIBILITIES: { [visibility: string]: NonNullable<RepositoryRecord['visibility']> } = {
  public: 'public',
  internal: 'internal',
  private: 'private',
};

function visibilityOf(r: Reading): RepositoryRecord['visibility'] {
  const stated = r.text('visibility');
  if (stated !== null) return entryOf(VISIBILITIES, stated) ?? null;
  const isPrivate = r.flag('private');
  return isPrivate === null ? null : isPrivate ? 'private' : 'public';
}

/** Returns what scan_history shows: nothing if it is not there. */
function scansOf(r: Reading) {
  return {
    last_scanned: () => newest([...scans(r, 'backfill_scans'), ...scans(r, 'incremental_scans')]),
    full_history_scanned: () => (scans(r, 'backfill_scans').some((one) => one !== null) ? true : null),
  };
}

/** Returns when scans of git were completed; null for one of which that cannot be read, so that it may be the newest. */
function scans(r: Reading, list: string): (Instant | null)[] {
  return r.each(`scan_history.${list}`).flatMap(({ reading: scan }) => {
    const [type, status] = [textOf(scan.raw.value['type']), textOf(scan.raw.value['status'])];
    if (type === null || status === null) return [null];
    return type === 'git' && status === 'completed' ? [scan.date('completed_at')] : [];
  });
}

/** Returns the newest of dates; null if there is none, or if one of them is not known. */
function newest(instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.filter((one) => one !== null);
  if (known.length < instants.length) return null;
  return known.reduce<Instant | null>(
    (last, one) => (last === null || (one.ms ?? 0) > (last.ms ?? 0) ? one : last),
    null,
  );
}
