import { plainName } from '../../../fields/names.js';

/** What a column of an access-review export can hold. */
export type ReviewField =
  | 'itemId'
  | 'principalId'
  | 'principalEmail'
  | 'principalName'
  | 'department'
  | 'resourceType'
  | 'resource'
  | 'resourceId'
  | 'entitlement'
  | 'action'
  | 'role'
  | 'environment'
  | 'breakGlass'
  | 'reviewer'
  | 'reviewerEmail'
  | 'reviewedAt'
  | 'decision'
  | 'grantedAt'
  | 'removedAt'
  | 'appliedAt'
  | 'applied'
  | 'approvedBy'
  | 'approvedAt'
  | 'requestedBy'
  | 'ticket'
  | 'justification'
  | 'campaign';

/** Position of each field that the header has, by column name. */
export type ReviewColumns = { readonly [F in ReviewField]?: string };

/**
 * Names of columns by field, in plain form (lower case, letters and digits only), best first. The first names of a line are
 * Okta's export headers (`reviewItem.principalUserd` is Okta's own spelling), then its report page, SailPoint's certification
 * reports, and what banks write by hand.
 */
export const REVIEW_COLUMNS: { readonly [F in ReviewField]: readonly string[] } = {
  itemId: ['reviewitemid', 'itemid', 'reviewid', 'grantid', 'certificationitemid', 'accessreviewitemid'],
  principalEmail: [
    'reviewitemprincipaluseremail',
    'useremail',
    'principalupn',
    'identityemail',
    'principalemail',
    'email',
    'emailaddress',
    'accountemail',
    'mail',
  ],
  principalId: [
    'reviewitemprincipaluserd',
    'reviewitemprincipaluserid',
    'userid',
    'identityid',
    'principalid',
    'employeeid',
    'accountid',
    'login',
    'username',
    'account',
    'accountname',
    'principal',
    'identity',
    'user',
    'holder',
    'subject',
  ],
  principalName: [
    'reviewitemprincipaluserfullname',
    'userfullname',
    'userdisplayname',
    'identityname',
    'identitydisplayname',
    'displayname',
    'fullname',
    'principalname',
    'employeename',
    'name',
  ],
  department: ['department', 'userdepartment', 'identitydepartment', 'costcentre', 'costcenter'],
  resourceType: [
    'reviewitemresourcetype',
    'resourcetype',
    'reviewtype',
    'itemtype',
    'accesstype',
    'entitlementtype',
  ],
  resource: [
    'keyid',
    'key',
    'apikey',
    'credential',
    'secret',
    'secretname',
    'keyname',
    'reviewitemresourcename',
    'resourcename',
    'resourcedisplayname',
    'resource',
    'application',
    'applicationname',
    'system',
    'target',
    'sourcename',
    'source',
  ],
  resourceId: ['reviewitemresourceid', 'resourceid', 'applicationid'],
  entitlement: [
    'reviewitementitlementname',
    'entitlement',
    'entitlementname',
    'entitlementvalue',
    'accessname',
    'accessitem',
    'accessitemname',
    'access',
    'permissions',
  ],
  action: ['action', 'permission', 'right', 'accesslevel', 'privilege'],
  role: ['role', 'rolename', 'group', 'groupname'],
  environment: ['environment', 'env', 'stage'],
  breakGlass: ['breakglass', 'emergencyaccess', 'firecall'],
  reviewer: [
    'reviewitemreviewerfullname',
    'reviewername',
    'reviewer',
    'reviewedby',
    'certifier',
    'certifiername',
    'certifiedby',
    'decisionmaker',
    'decidedby',
    'signedoffby',
  ],
  reviewerEmail: [
    'reviewitemrevieweremail',
    'revieweremail',
    'revieweremailaddress',
    'reviewerupn',
    'certifieremail',
  ],
  reviewedAt: [
    'reviewitemdecided',
    'reviewitemdecisiondate',
    'reviewitemreviewdate',
    'reviewedat',
    'reviewedon',
    'revieweddate',
    'revieweddatetime',
    'reviewdate',
    'reviewed',
    'decided',
    'decidedat',
    'decisiondate',
    'datecompleted',
    'completedon',
    'datesigned',
    'signoffdate',
    'signedoff',
    'certifiedon',
    'certifieddate',
    'certificationdate',
    'lastreviewed',
    'lastreview',
    'lastcertified',
  ],
  decision: [
    'reviewitemdecision',
    'decision',
    'reviewdecision',
    'reviewresult',
    'certificationdecision',
    'certificationaction',
    'certifieraction',
    'actiontaken',
    'outcome',
    'result',
    'reviewstatus',
    'certificationstatus',
  ],
  grantedAt: ['grantedat', 'grantedon', 'granted', 'assignedat', 'assignedon', 'assigneddate', 'accesssince'],
  removedAt: ['removedat', 'removedon', 'revokedat', 'revokedon', 'remediatedon', 'remediationdate'],
  appliedAt: ['applieddate'],
  applied: ['submissionresult'],
  approvedBy: ['approvedby', 'approver'],
  approvedAt: ['approvedat', 'approvedon', 'approvaldate'],
  requestedBy: ['requestedby', 'requester', 'requestor'],
  ticket: ['ticket', 'ticketid', 'changeticket', 'requestid', 'requestnumber'],
  justification: [
    'reviewitemnote',
    'justification',
    'reason',
    'reviewercomment',
    'comment',
    'comments',
    'note',
    'notes',
  ],
  campaign: [
    'campaignid',
    'campaignname',
    'reviewname',
    'campaign',
    'certificationname',
    'certification',
    'reviewcampaign',
  ],
};

/** Canonical names of fields that are not the plain form of ours. */
const CANONICAL: { readonly [F in ReviewField]?: string } = {
  resource: 'keyid',
  itemId: 'grantid',
  principalName: 'name',
};

/**
 * Returns which column of a header holds which field.
 * @param own mapping of keyproof.yaml (canonical field -> column), which wins: `{reviewed_at: 'Completed on'}`
 */
export function reviewColumns(
  header: readonly string[],
  own: { [field: string]: string } = {},
): ReviewColumns {
  const byName = new Map(header.map((column) => [plainName(column), column]));
  const mapped = new Map(Object.entries(own).map(([field, column]) => [plainName(field), column]));
  const found: { [F in ReviewField]?: string } = {};
  for (const field of FIELDS) {
    const name = REVIEW_COLUMNS[field].find((candidate) => byName.has(candidate));
    const column =
      mapped.get(CANONICAL[field] ?? plainName(field)) ?? (name === undefined ? undefined : byName.get(name));
    if (column !== undefined) found[field] = column;
  }
  return found;
}

/** Words in a column called "Action" that are a certifier's. */
const CERTIFIED = /(?:^|[,;\t"])(?:conditionally )?(?:certif(?:y|ied)|revoked?|remediate)(?=[,;\t"\r\n]|$)/im;

/**
 * Returns the columns with "Action" as the decision, which is what Saviynt calls it: if there is no other column of a decision, somebody
 * certified, and the words are those of a certifier.
 */
export function withAction(columns: ReviewColumns, head: string): ReviewColumns {
  const { action, decision, ...rest } = columns;
  const certifies = /certif/i.test(columns.reviewer ?? '');
  return action !== undefined && decision === undefined && certifies && CERTIFIED.test(head)
    ? { ...rest, decision: action }
    : columns;
}

const FIELDS = Object.keys(REVIEW_COLUMNS).filter(isField);

function isField(name: string): name is ReviewField {
  return Object.hasOwn(REVIEW_COLUMNS, name);
}
