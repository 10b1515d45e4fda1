import { isObject } from '../../../../text/is-object.js';
import type { FileSample, RawRecord } from '../../../adapter.js';
import { textOf } from '../../../fields/json.js';
import type { ReviewColumns } from './columns.js';

/** An API that answers with reviewed access. */
export type ReviewApi = {
  /** Its product. */
  version: string;
  /** Members that only its answers have together. */
  members: readonly string[];
  /** Where each field is in one of its items. */
  places: ReviewColumns;
};

/**
 * - Microsoft Graph: decisions of an instance of an access review
 *   (https://learn.microsoft.com/en-us/graph/api/accessreviewinstance-list-decisions). Nobody reviewed an item of which `reviewedBy` has no name.
 * - SailPoint Identity Security Cloud: items of a certification
 *   (https://developer.sailpoint.com/docs/api/v3/list-identity-access-review-items), which name neither the reviewer nor the day: those are the
 *   certification's.
 */
const APIS: readonly ReviewApi[] = [
  {
    version: 'graph',
    members: ['decision', 'principal', 'reviewedBy', 'accessReviewId'],
    places: {
      itemId: 'id',
      principalEmail: 'principal.userPrincipalName',
      principalId: 'principal.id',
      principalName: 'principal.displayName',
      resourceType: 'resource.type',
      resource: 'resource.displayName',
      resourceId: 'resource.id',
      reviewer: 'reviewedBy.displayName',
      reviewerEmail: 'reviewedBy.userPrincipalName',
      reviewedAt: 'reviewedDateTime',
      decision: 'decision',
      appliedAt: 'appliedDateTime',
      applied: 'applyResult',
      justification: 'justification',
      campaign: 'accessReviewId',
    },
  },
  {
    version: 'sailpoint',
    members: ['identitySummary', 'accessSummary', 'decision'],
    places: {
      itemId: 'id',
      principalId: 'identitySummary.identityId',
      principalName: 'identitySummary.name',
      resourceType: 'accessSummary.access.type',
      resource: 'accessSummary.entitlement.sourceName',
      resourceId: 'accessSummary.accessProfile.sourceName',
      entitlement: 'accessSummary.access.name',
      decision: 'decision',
      justification: 'comments',
    },
  },
];

/** Returns the API whose answer a file is; null if it is none of these. */
export function apiOf({ keys, head }: FileSample): ReviewApi | null {
  const has = (name: string) =>
    keys.includes(name) || (keys.includes('value') && new RegExp(`"${name}"\\s*:`).test(head));
  return APIS.find(({ members }) => members.every(has)) ?? null;
}

/**
 * Returns a decision of Microsoft Graph with the resource that its link names, if it has no other: the kind and the id,
 * `groups/3f6a...`. Anything else is returned as it is.
 */
export function withResource(raw: RawRecord): RawRecord {
  const { resource, resourceLink } = raw.value;
  const [, kind, id] = /\/(\w+)\/([^/?]+)\/?$/.exec(textOf(resourceLink) ?? '') ?? [];
  if (isObject(resource) || kind === undefined) return raw;
  const named = { type: kind.replace(/s$/, ''), id: `${kind}/${id}`, displayName: null };
  return { ...raw, value: { ...raw.value, resource: named } };
}
