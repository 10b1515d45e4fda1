import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { entryOf, textOf } from '../../../fields/json.js';
import { commitOf, type Found, findingWriter } from '../../../findings/finding.js';
import { type ReportReader, readReport } from '../../../findings/report-reader.js';
import { repositoryFromLink } from '../../../findings/repository.js';
import { hashOfSecret } from '../../../findings/secret-hash.js';

/**
 * GitHub secret scanning alerts, of a repository, an organisation or an enterprise (REST API, `gh api`). Follows
 * https://docs.github.com/en/rest/secret-scanning/secret-scanning
 * - What it proves: that GitHub found these secrets in these repositories, in the whole history. What it cannot: that repositories
 *   without an alert are scanned at all; and that there are no more pages, which the API states in a header only.
 * - One alert is one secret in one repository, wherever it is; only its first location is in the alert.
 * - `resolved` is what a person said of it. `revoked` is resolved; `false_positive` and `used_in_tests` are suppressed, with that
 *   reason. `wont_fix` leaves the secret alive and is open. Patterns that were edited or deleted, and settings, say
 *   nothing of the secret: the state is unknown.
 * - `validity` is GitHub's own check with the issuer. `first_seen` is when the alert was made.
 * - A path may begin with `/`, which no path in a repository does: it is left out, so that other scanners name the same file.
 * - A delivery of the webhook (`secret_scanning_alert`, `secret_scanning_alert_location`) has the alert in `alert`; the last delivery about an
 *   alert counts. Deliveries state the alerts that they are about, and nothing of a repository without one.
 * - `secret` is in clear text, unless it was exported with `hide_secret=true`; comments and people are not kept.
 */
export const adapter: Adapter = {
  id: 'github-secret-scanning',
  title: 'GitHub secret scanning alerts (JSON of the API, deliveries of the webhook)',
  recognisedBy:
    '`secret_type` beside `number` and `state`, or in `alert` beside `action` and `repository`; an empty list by `secret-scanning` in its path',
  proves:
    'that GitHub found these secrets in these repositories, in the whole history, and what was decided on them',
  cannot:
    'secrets of kinds that GitHub does not know, repositories where scanning is off, and that the list is complete',
  produces: ['secret_findings'],
  formats: ['json', 'ndjson'],
  signature: ['number', 'state', 'resolution', 'secret_type', 'locations_url'],
  recognise,
  open,
};

function recognise({ keys, head, path }: FileSample): { version: string | null } | null {
  const isDelivery = DELIVERY.every((name) => keys.includes(name)) && head.includes('"secret_type"');
  if (isDelivery) return { version: 'webhook' };
  const isAlert = ['number', 'state', 'secret_type'].every((name) => keys.includes(name));
  const isEmpty = /secret[-_]scanning[^/]*$/i.test(path) && /^\s*\[\s*\]\s*$/.test(head);
  return isAlert || (isEmpty && !OTHER_SCANNER.test(path)) ? { version: null } : null;
}

const OTHER_SCANNER = /gitleaks|trufflehog|secretlint|nosey-?parker|kingfisher|ggshield/i;
/** How many alerts a page of the API may hold, as people ask for them. */
const PAGE = new Set([30, 100]);

const DELIVERY = ['action', 'alert', 'repository'];

function open(file: FileSample, context: AdapterContext): AdapterReader {
  if (DELIVERY.every((name) => file.keys.includes(name))) return openDeliveries(context);
  const write = findingWriter('github-secret-scanning', context);
  let alerts = 0;
  return {
    items: ['$', ''],
    convert(raw) {
      alerts += 1;
      if (raw.value['has_more_locations'] === true) context.warn(MORE_PLACES);
      return write(raw.record, foundIn(readReport(raw, context)));
    },
    end() {
      if (PAGE.has(alerts)) context.warn(ONE_PAGE(alerts));
      return [];
    },
  };
}

const MORE_PLACES =
  'Some alerts were found in more places than the first, which alone is read: GET the locations_url of each to see all.';
const ONE_PAGE = (count: number) =>
  `The export holds exactly ${count} alerts, which is one page of the API: check that there is no next one (gh api --paginate).`;

type Delivered = { record: string; found: Found; at: number };

/** Reads deliveries of the webhook: a file may hold several about one alert, in any order. */
function openDeliveries(context: AdapterContext): AdapterReader {
  const write = findingWriter('github-secret-scanning', { ...context, speaksFor: () => undefined });
  const last = new Map<string, Delivered>();
  return {
    items: ['$', ''],
    convert(raw) {
      const now = delivered(readReport(raw, context));
      const id = JSON.stringify([now.found.repository, now.found.marks]);
      const before = last.get(id);
      if (before) context.skip('another delivery about the same alert');
      last.set(id, before ? together(before, now) : now);
      return [];
    },
    end: () => [...last.values()].flatMap(({ record, found }) => write(record, found)),
  };
}

function delivered(delivery: ReportReader): Delivered {
  const alert = delivery.inside('alert');
  const place = delivery.inside('location').inside('details');
  const found = foundIn(alert, place.text('path') === null ? undefined : place);
  const repository = delivery.text('repository.full_name') ?? found.repository ?? null;
  const isOpen = alert.value('state') === undefined && alert.value('resolution') === null;
  const at = (alert.date('updated_at') ?? alert.date('created_at'))?.ms ?? 0;
  const state = isOpen ? { state: 'open' as const } : {};
  return { record: delivery.record, found: { ...found, repository, ...state }, at };
}

/** Returns what the later of two deliveries states, at the place that either names. */
function together(a: Delivered, b: Delivered): Delivered {
  const [first, second] = a.at > b.at ? [b, a] : [a, b];
  const { path = null, line = null, column = null, commit = null } = first.found;
  const place = (second.found.path ?? null) === null ? { path, line, column, commit } : {};
  return { ...second, found: { ...second.found, ...place } };
}

type Judged = Pick<Found, 'state' | 'reason'>;

const RESOLUTIONS: { [resolution: string]: NonNullable<Judged['state']> } = {
  revoked: 'resolved',
  false_positive: 'suppressed',
  used_in_tests: 'suppressed',
  wont_fix: 'open',
};
const VERIFIED: { [validity: string]: boolean } = { active: true, inactive: false };

function foundIn(alert: ReportReader, place = alert.inside('first_location_detected')): Found {
  return {
    repository: repositoryOf(alert),
    rule: alert.text('secret_type'),
    path: place.text('path')?.replace(/^\//, '') ?? null,
    line: place.line('start_line'),
    column: place.line('start_column'),
    commit: commitOf(place.text('commit_sha')),
    secret_sha256: hashOfSecret(alert.value('secret')),
    first_seen: alert.date('created_at'),
    verified: entryOf(VERIFIED, textOf(alert.value('validity')) ?? '') ?? null,
    ...judged(alert),
    marks: [alert.value('number')],
  };
}

function judged(alert: ReportReader): Judged {
  if (alert.value('state') === 'open') return { state: 'open' };
  const resolution = textOf(alert.value('resolution'));
  if (resolution === null) return { state: null };
  return { state: entryOf(RESOLUTIONS, resolution) ?? null, reason: `GitHub: ${resolution}` };
}

/** Lists of one repository do not name it; its name is in the addresses of the alert. */
function repositoryOf(alert: ReportReader): string | null {
  const named = alert.text('repository.full_name');
  if (named !== null) return named;
  const page = /^(https:\/\/[^?#]+?)\/security\/secret-scanning\//.exec(alert.text('html_url') ?? '')?.[1];
  const api = /\/repos\/([^/]+\/[^/]+)\/secret-scanning\//.exec(alert.text('url') ?? '')?.[1];
  return (page ? repositoryFromLink(page) : null) ?? api ?? null;
}
