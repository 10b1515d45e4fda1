import type { GrantRecord, Instant, PrincipalRecord } from '../../model/index.js';
import type { Adapter, AdapterContext, AdapterReader, Emit, FileSample, RawRecord } from '../adapter.js';
import { parseInstant } from '../instants.js';
import { type Parsed, parsed } from '../parsed.js';
import { quote } from '../quote.js';
import { UnreadableError } from '../unreadable-error.js';
import { parseBoolean, parseEnum, parseText } from '../values.js';
import { type ReviewColumns, type ReviewField, reviewColumns } from './access-review-columns.js';
import { type Access, parseAccess } from './access-review-entitlement.js';

/** Header of reports that describe a campaign and list nothing that was reviewed. */
const CAMPAIGN_ONLY = ['campaign id', 'campaign name', 'date of creation', 'deadline'];
const DECISIONS: { readonly [word: string]: NonNullable<GrantRecord['decision']> } = {
  maintain: 'keep',
  maintained: 'keep',
  acknowledge: 'keep',
  acknowledged: 'keep',
  accepted: 'keep',
  yes: 'keep',
  revoked: 'revoke',
  rejected: 'revoke',
  deny: 'revoke',
  denied: 'revoke',
  no: 'revoke',
  unreviewed: 'none',
  undecided: 'none',
  open: 'none',
  'not reviewed': 'none',
  '-': 'none',
};

/**
 * Access reviews (recertification campaigns) as CSV: Okta's Past Campaign Details, SailPoint certification reports, and
 * lists with columns such as `user, entitlement, decision, reviewer, reviewed at`. access-review-columns.ts has the names.
 *
 * Follows https://help.okta.com/en-us/content/topics/identity-governance/columns-campaign-details.htm and
 * https://documentation.sailpoint.com/saas/help/certs/campaign_status_reports.html
 * - One row is one grant as reviewed; the person is kept as a principal once. A person is known by the e-mail address where
 *   there is one, since other exports name people so; reviewers likewise, so that a review of one's own access shows.
 * - A blank decision is `none`: nobody decided. An export without a decision or date column proves no review: both stay
 *   unknown, with a warning.
 * - Only the entitlement says what may be done (`api-keys:admin`, `read on payments`); where it does not, that is unknown.
 * - Numeric dates with a clock of 12 hours are read month first, as SailPoint writes them in GMT.
 */
export const accessReview: Adapter = {
  id: 'access-review',
  title: 'Access review export (CSV: Okta, SailPoint, or own columns)',
  produces: ['grants', 'principals'],
  formats: ['csv'],
  signature: ['user', 'entitlement', 'decision', 'reviewer', 'reviewed at'],
  items: [''],
  recognise,
  convert: (raw, context) => convert(raw, context, newState(Object.keys(raw.value), context)),
  create: (sample, context) => createReader(sample, context),
};

type State = { columns: ReviewColumns; principals: Set<string>; campaignOnly: boolean };

/** @throws UnreadableError where keyproof.yaml maps a column that the file lacks */
function newState(header: readonly string[], context: AdapterContext): State {
  const own = context.spec?.columns ?? {};
  const missing = Object.values(own).find((column) => !header.includes(column));
  if (missing !== undefined) {
    throw new UnreadableError(
      `keyproof.yaml maps column ${quote(missing)}, which the file does not have; its columns are ${header.join(', ')}`,
    );
  }
  const columns = reviewColumns(header, own);
  return { columns, principals: new Set(), campaignOnly: isCampaignOnly(header) };
}

function createReader(sample: FileSample, context: AdapterContext): AdapterReader {
  const state = newState(sample.header ?? [], context);
  return {
    items: accessReview.items,
    produces: state.campaignOnly ? [] : accessReview.produces,
    convert: (raw) => convert(raw, context, state),
  };
}

function recognise(sample: FileSample): { version: string | null } | null {
  const header = sample.header ?? [];
  if (isCampaignOnly(header)) return { version: 'campaign description' };
  if (header.includes('key_id') && header.includes('principal_id')) return null;
  const columns = reviewColumns(header);
  const person = columns.principalId ?? columns.principalEmail ?? columns.principalName;
  const access = columns.entitlement ?? columns.resource;
  const review = columns.reviewer ?? columns.reviewerEmail;
  const result = columns.decision ?? columns.reviewedAt ?? columns.campaign;
  if (!person || !access || !review || !result) return null;
  return { version: header.some((column) => column.startsWith('reviewItem.')) ? 'okta' : null };
}

function isCampaignOnly(header: readonly string[]): boolean {
  const names = header.map((column) => column.toLowerCase());
  return CAMPAIGN_ONLY.every((column) => names.includes(column)) && !names.includes('decision');
}

function convert(raw: RawRecord, context: AdapterContext, state: State): Emit[] {
  if (state.campaignOnly) {
    context.warn(
      'The report describes a campaign and lists nothing that was reviewed; export the report with one row a reviewed access (SailPoint: Campaign Status Report).',
    );
    context.skip('campaign without reviewed items');
    return [];
  }
  warnAboutColumns(state.columns, context);
  const row = rowReader(raw, state.columns, context);
  const principal = readPrincipal(row);
  const access = readAccess(row);
  if (!principal || !access) return [];
  const review = readReview(row);
  const circumstances = review && readCircumstances(row);
  if (!review || !circumstances) return [];
  const source = { file: context.file, record: raw.record };
  const grant: Emit = {
    kind: 'grants',
    record: { ...access, ...circumstances, ...review, principal_id: principal.principal_id, source },
  };
  if (state.principals.has(principal.principal_id)) return [grant];
  state.principals.add(principal.principal_id);
  return [{ kind: 'principals', record: { ...principal, source } }, grant];
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

/** Reads the cells of one row; `failed` is set once a cell cannot be read, which has been rejected then. */
type Row = {
  text: (field: ReviewField) => string | null;
  read: <T>(field: ReviewField, parse: (text: string) => Parsed<T>) => T | null;
  reject: (field: ReviewField, reason: string) => void;
  has: (field: ReviewField) => boolean;
  date: (field: ReviewField) => Instant | null;
  failed: () => boolean;
  warn: (sentence: string) => void;
};

function rowReader(raw: RawRecord, columns: ReviewColumns, context: AdapterContext): Row {
  let failed = false;
  const reject = (field: ReviewField, reason: string) => {
    failed = true;
    context.reject(raw.record, columns[field] ?? null, reason);
  };
  const cell = (field: ReviewField) => {
    const column = columns[field];
    const value = column === undefined ? undefined : raw.value[column];
    return typeof value === 'string' ? value.trim() : '';
  };
  const read = <T>(field: ReviewField, parse: (text: string) => Parsed<T>): T | null => {
    const text = cell(field);
    const value = text === '' ? null : parse(text);
    if (value?.ok === false) reject(field, `${value.reason}; correct it or export again.`);
    return value?.ok ? value.value : null;
  };
  return {
    read,
    reject,
    text: (field) => read(field, parseText) || null,
    date: (field) => read(field, (text) => parseInstant(text, context.datesOf(columns[field]))),
    has: (field) => columns[field] !== undefined,
    failed: () => failed,
    warn: (sentence) => context.warn(sentence),
  };
}

type Principal = Partial<PrincipalRecord> & { principal_id: string };

function readPrincipal(row: Row): Principal | null {
  const email = row.text('principalEmail');
  const id = row.text('principalId');
  const name = row.text('principalName');
  const principal = email ?? id ?? name;
  if (principal === null) {
    if (!row.failed()) {
      const field = row.has('principalEmail')
        ? 'principalEmail'
        : row.has('principalId')
          ? 'principalId'
          : 'principalName';
      row.reject(field, 'The row does not say whose access was reviewed; add the user and export again.');
    }
    return null;
  }
  const aliases = id === null || id === principal ? [] : [id];
  const department = row.text('department');
  return {
    principal_id: principal,
    aliases,
    ...(name === null ? {} : { name }),
    ...(department === null ? {} : { department }),
  };
}

function readAccess(row: Row): (Access & Pick<GrantRecord, 'grant_id' | 'role'>) | null {
  const resource = row.text('resource') ?? row.text('resourceId');
  const entitlement = row.text('entitlement');
  if (resource === null && entitlement === null) {
    if (!row.failed()) {
      const field = row.has('resource') ? 'resource' : 'entitlement';
      row.reject(
        field,
        'The row does not say which access was reviewed; add the key or entitlement and export again.',
      );
    }
    return null;
  }
  const isGroup = row.text('resourceType')?.toLowerCase() === 'group';
  if (isGroup) {
    row.warn(
      'Some rows are about groups: the export does not say which keys a group reaches, so they join to no key.',
    );
  }
  const access = parseAccess(resource, entitlement, row.text('action'));
  return { ...access, role: row.text('role') ?? (isGroup ? resource : null), grant_id: row.text('itemId') };
}

function readReview(row: Row): Pick<GrantRecord, 'reviewer' | 'reviewed_at' | 'decision'> | null {
  const review = {
    reviewer: row.text('reviewerEmail') ?? row.text('reviewer'),
    reviewed_at: row.date('reviewedAt'),
    decision: readDecision(row),
  };
  return row.failed() ? null : review;
}

/** Blank means that nobody decided; null that the export has no such column. */
function readDecision(row: Row): GrantRecord['decision'] {
  if (!row.has('decision')) return null;
  return row.read('decision', parseDecision) ?? (row.failed() ? null : 'none');
}

function parseDecision(text: string): Parsed<GrantRecord['decision']> {
  const word = text.toLowerCase().replaceAll('_', ' ');
  const own = Object.hasOwn(DECISIONS, word) ? DECISIONS[word] : undefined;
  if (own !== undefined) return parsed(own);
  const value = parseEnum(text, ['keep', 'revoke', 'none']);
  return value.ok
    ? value
    : { ok: false, reason: `${quote(text)} is no decision: expected keep, revoke or none` };
}

type Circumstances = Partial<GrantRecord>;

function readCircumstances(row: Row): Circumstances | null {
  const circumstances: Circumstances = {
    environment: row.read('environment', (text) =>
      parseEnum(text, ['production', 'staging', 'development', 'test', 'sandbox']),
    ),
    break_glass: row.read('breakGlass', parseBoolean),
    granted_at: row.date('grantedAt'),
    removed_at: row.date('removedAt'),
    approved_by: row.text('approvedBy'),
    approved_at: row.date('approvedAt'),
    requested_by: row.text('requestedBy'),
    ticket: row.text('ticket'),
    justification: row.text('justification'),
  };
  return row.failed() ? null : circumstances;
}
