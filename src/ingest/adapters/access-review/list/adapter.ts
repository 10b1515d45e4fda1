import type { GrantRecord, Instant } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { textOf } from '../../../fields/json.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Parsed, parsed, unparsable } from '../../../fields/parsed.js';
import { quote } from '../../../fields/quote.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { checkColumns } from '../../../fields/stated-in-config.js';
import { parseEnum } from '../../../fields/values.js';
import { hasMember } from '../../../fields/whole-record.js';
import { apiOf, withResource } from './apis.js';
import { type ReviewColumns, type ReviewField, reviewColumns, withAction } from './columns.js';
import { type Access, parseAccess } from './entitlement.js';

/** Header of reports that describe a campaign and list nothing that was reviewed. */
const CAMPAIGN_ONLY = ['campaign id', 'campaign name', 'date of creation', 'deadline'];
const GOES_ON = 'The export ends with a nextLink: more was reviewed than it lists. Add the next pages.';
const DECISIONS: { readonly [word: string]: NonNullable<GrantRecord['decision']> } = {
  maintain: 'keep',
  maintained: 'keep',
  acknowledge: 'keep',
  acknowledged: 'keep',
  accepted: 'keep',
  certify: 'keep',
  certified: 'keep',
  'conditionally certified': 'keep',
  mitigated: 'keep',
  yes: 'keep',
  revoked: 'revoke',
  rejected: 'revoke',
  deny: 'revoke',
  denied: 'revoke',
  remediate: 'revoke',
  remediated: 'revoke',
  'revoke account': 'revoke',
  no: 'revoke',
  unreviewed: 'none',
  undecided: 'none',
  open: 'none',
  delegated: 'none',
  'no action': 'none',
  'not reviewed': 'none',
  '-': 'none',
  notreviewed: 'none',
  'dont know': 'none',
  dontknow: 'none',
  notnotified: 'none',
};

/**
 * Access reviews (recertification campaigns) as CSV: Okta's Past Campaign Details, SailPoint and Saviynt certification reports, and
 * lists with columns such as `user, entitlement, decision, reviewer, reviewed at`; the review history of Microsoft Entra.
 * columns.ts has the names. The APIs of Microsoft Graph and SailPoint answer with the same in JSON (apis.ts). Follows
 * https://help.okta.com/en-us/content/topics/identity-governance/columns-campaign-details.htm and
 * https://documentation.sailpoint.com/saas/help/certs/campaign_status_reports.html and
 * https://learn.microsoft.com/en-us/entra/id-governance/access-reviews-downloadable-review-history
 * - One row is one grant as reviewed; the person is kept as a principal once. A person is known by the e-mail address
 *   if there is one, since other exports name people so; reviewers likewise, so that a review of one's own access
 *   shows.
 * - A blank decision is `none`: no decision was made. An export without a decision or date column proves no review:
 *   both stay unknown, with a warning.
 * - Only the entitlement states what may be done (`api-keys:admin`, `read on payments`); if it does not, that is
 *   unknown. One that names neither a key nor an action (`SecretsManagerReadWrite` on one application) is kept as the
 *   role, so that two of them on one application stay two grants.
 * - The list is what was reviewed, not what is held (`known_by_review`), unless it has a column for the removal.
 * - Entra states when it took away what was denied (`AppliedDate`), if it did (`SubmissionResult`).
 * - Entra's `NotReviewed`, `DontKnow` and `NotNotified` are no decisions.
 * - SailPoint documents its times as GMT and not the order of day and month in its numeric dates: `dates` states it if no value of the
 *   column proves it.
 */
export const adapter: Adapter = {
  id: 'access-review',
  title:
    'Access review export (CSV: Okta, SailPoint, Saviynt, Microsoft Entra, or own columns; JSON of Microsoft Graph and SailPoint)',
  recognisedBy:
    'columns for a person, an access, a reviewer, and a decision or date; `principal`, `reviewedBy` and `decision`; `identitySummary` and `accessSummary`',
  proves: 'who was granted what, and who reviewed it when, with which decision',
  cannot:
    'that a decision was carried out, that the list names everybody, and access that was not part of the campaign',
  produces: ['grants', 'principals'],
  formats: ['csv', 'json', 'ndjson'],
  signature: ['user', 'entitlement', 'decision', 'reviewer', 'reviewed at'],
  recognise,
  open,
};

/** Opens a file. @throws UnreadableError if keyproof.yaml maps a column that the file lacks */
function open(file: FileSample, context: AdapterContext): AdapterReader {
  const header = file.header ?? [];
  if (isCampaignOnly(header)) return { items: [''], produces: [], convert: () => leaveOut(context) };
  checkColumns(context.spec, file.header);
  const api = apiOf(file);
  const columns = api?.places ?? withAction(reviewColumns(header, context.spec?.columns), file.head);
  const known = new Set<string>();
  return {
    items: ['$.value', '$', ''],
    envelope: (value) => warnOfNextPage(value, ['@odata.nextLink'], GOES_ON, context),
    convert(raw) {
      warnAboutColumns(columns, context);
      return convert(rowOf(withResource(raw), columns, context), context, known);
    },
  };
}

function leaveOut(context: AdapterContext): Emit[] {
  context.warn(
    'The report describes a campaign and lists nothing that was reviewed; export the report with one row a reviewed access (SailPoint: Campaign Status Report).',
  );
  context.skip('campaign without reviewed items');
  return [];
}

function recognise(sample: FileSample): { version: string | null } | null {
  if (sample.header === null) {
    const api = apiOf(sample);
    return api ? { version: api.version } : null;
  }
  const { header } = sample;
  if (isCampaignOnly(header)) return { version: 'campaign description' };
  if (header.includes('key_id') && header.includes('principal_id')) return null;
  const columns = withAction(reviewColumns(header), sample.head);
  const person = columns.principalId ?? columns.principalEmail ?? columns.principalName;
  const access = columns.entitlement ?? columns.resource;
  const review = columns.reviewer ?? columns.reviewerEmail;
  const result = columns.decision ?? columns.reviewedAt ?? columns.campaign;
  if (!person || !access || !review || !result) return null;
  return { version: productOf(header) };
}

function productOf(header: readonly string[]): string | null {
  if (header.some((column) => column.startsWith('reviewItem.'))) return 'okta';
  return header.includes('AccessReviewId') && header.includes('ReviewResult') ? 'entra' : null;
}

function isCampaignOnly(header: readonly string[]): boolean {
  const names = header.map((column) => column.toLowerCase());
  return CAMPAIGN_ONLY.every((column) => names.includes(column)) && !names.includes('decision');
}

/** Converts one row; each person is kept as a principal once. */
function convert(row: Row, context: AdapterContext, known: Set<string>): Emit[] {
  const principal = principalOf(row);
  const grant = row.r.emit('grants', {
    ...accessOf(row, context),
    ...circumstancesOf(row),
    ...reviewOf(row),
    principal_id: principal.principal_id,
  });
  const id = principal.principal_id;
  if (grant.length === 0 || id === null || known.has(id)) return grant;
  known.add(id);
  return [...row.r.emit('principals', principal), ...grant];
}

function warnAboutColumns(columns: ReviewColumns, context: AdapterContext): void {
  if (columns.decision === undefined) {
    context.warn(
      'The export has no column with the decision: it does not show that anything was decided. Export it with that column, or map it in keyproof.yaml (as: access-review, columns.decision).',
    );
  }
  if (columns.reviewedAt === undefined) {
    context.warn(
      'The export has no column with the date of the review: it does not show when access was reviewed. Export it with that column, or map it in keyproof.yaml (as: access-review, columns.reviewed_at).',
    );
  }
}

/** One row: its reading, and the column of each field that the file has. */
type Row = { r: Reading; columns: ReviewColumns; text: (field: ReviewField) => string | null };

function rowOf(raw: RawRecord, columns: ReviewColumns, context: AdapterContext): Row {
  const r = reading(raw, context);
  return { r, columns, text: (field) => r.cell(columns[field] ?? []) };
}

function dateOf({ r, columns }: Row, field: ReviewField): Instant | null {
  return r.date(columns[field] ?? []);
}

type Principal = Draft<'principals'> & { principal_id: string | null };

function principalOf(row: Row): Principal {
  const [email, id, name] = [row.text('principalEmail'), row.text('principalId'), row.text('principalName')];
  const { principalEmail, principalId, principalName } = row.columns;
  const principal = row.r.need(
    principalEmail ?? principalId ?? principalName ?? [],
    email ?? id ?? name,
    'The row does not say whose access was reviewed; add the user and export again.',
  );
  const department = row.text('department');
  return {
    principal_id: principal,
    aliases: id === null || id === principal ? [] : [id],
    ...(name === null ? {} : { name }),
    ...(department === null ? {} : { department }),
  };
}

function accessOf(row: Row, context: AdapterContext): Access & Pick<GrantRecord, 'grant_id' | 'role'> {
  const resource = row.text('resource') ?? row.text('resourceId');
  const entitlement = row.text('entitlement');
  row.r.need(
    row.columns.resource ?? row.columns.entitlement ?? [],
    resource ?? entitlement,
    'The row does not say which access was reviewed; add the key or entitlement and export again.',
  );
  const isGroup = row.text('resourceType')?.toLowerCase() === 'group';
  if (isGroup) {
    context.warn(
      'Some rows are about groups: the export does not say which keys a group reaches, so they join to no key.',
    );
  }
  const access = parseAccess(resource, entitlement, row.text('action'));
  const unplaced = access.key_id === entitlement || access.action !== null ? null : entitlement;
  return {
    ...access,
    role: row.text('role') ?? (isGroup ? resource : unplaced),
    grant_id: row.text('itemId'),
  };
}

function reviewOf(row: Row): Draft<'grants'> {
  return {
    known_by_review: row.columns.removedAt === undefined ? true : null,
    reviewer: () => row.text('reviewerEmail') ?? row.text('reviewer'),
    reviewed_at: () => dateOf(row, 'reviewedAt'),
    decision: () => decisionOf(row),
  };
}

/** Returns `none` for a blank decision; null if the export has no such column or member. */
function decisionOf({ r, columns }: Row): GrantRecord['decision'] {
  if (columns.decision === undefined || !hasMember(r, columns.decision)) return null;
  return r.read(columns.decision, parseDecision) ?? 'none';
}

function parseDecision(value: unknown): Parsed<GrantRecord['decision']> {
  const word = textOf(value)?.toLowerCase().replaceAll('_', ' ') ?? '';
  const own = Object.hasOwn(DECISIONS, word) ? DECISIONS[word] : undefined;
  if (own !== undefined) return parsed(own);
  const decision = parseEnum(value, ['keep', 'revoke', 'none']);
  return decision.ok ? decision : unparsable(`${quote(value)} is no decision: expected keep, revoke or none`);
}

function circumstancesOf(row: Row): Draft<'grants'> {
  const { r, columns } = row;
  return {
    environment: () => r.oneOf(columns.environment ?? [], ENVIRONMENTS),
    break_glass: () => r.flag(columns.breakGlass ?? []),
    granted_at: () => dateOf(row, 'grantedAt'),
    removed_at: () => dateOf(row, 'removedAt') ?? removedByTool(row),
    approved_by: () => row.text('approvedBy'),
    approved_at: () => dateOf(row, 'approvedAt'),
    requested_by: () => row.text('requestedBy'),
    ticket: () => row.text('ticket'),
    justification: () => row.text('justification'),
  };
}

/** Words of Entra for a decision that it carried out. */
const CARRIED_OUT = ['applied', 'appliedsuccessfully', 'appliedsuccessfullybutobjectnotfound'];

/** Returns when the tool of the review took the access away; null if it does not state that it did. */
function removedByTool(row: Row): Instant | null {
  const isApplied = CARRIED_OUT.includes(row.text('applied')?.toLowerCase() ?? '');
  return isApplied && decisionOf(row) === 'revoke' ? dateOf(row, 'appliedAt') : null;
}

const ENVIRONMENTS = ['production', 'staging', 'development', 'test', 'sandbox'] as const;
