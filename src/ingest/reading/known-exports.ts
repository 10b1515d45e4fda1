import { isObject } from '../../text/is-object.js';
import type { FileSample } from '../adapter.js';
import { sampleColumns } from '../adapters/canonical/records/kind.js';

/** An export that keyproof does not read, and what to hand over instead. */
type KnownExport = {
  /** What it is. */
  what: string;
  /** What it proves or lacks, and what to export; a clause. */
  instead: string;
  /** Columns, or members of the file or of its first record, that it has all of. */
  has?: readonly string[];
  /** How its text looks. */
  looks?: RegExp;
};

const VERDICT = 'a verdict of another tool and no evidence for ours: audit the exports it was made from';
const NOT_LISTED = 'it holds no date of a key: audit';

/** How files of an evidence pack look, by their columns and by how they begin. */
const OWN: readonly Pick<KnownExport, 'has' | 'looks'>[] = [
  { has: ['finding_id', 'rule_id', 'due_suggested', 'explain'] },
  { has: ['exception_id', 'rule_id', 'finding_ids', 'compensating_control'] },
  { has: ['key_id', 'holder', 'paths', 'over_approximation'] },
  { has: ['Priority', 'What to do', 'Suggested due date', 'Evidence that closes it'] },
  { has: ['Framework', 'Control', 'Gap', 'Missing evidence'] },
  { has: ['Missing, or to ask', 'How to get it, or what is known'] },
  { has: ['Control', 'Against defaults only', 'Checks tested', 'Still to ask'] },
  { has: ['Subject', 'What was found', 'What to do', 'Suggested due date'] },
  { has: ['Topic', 'What to know'] },
  { looks: /^# (?:Plan of work|Gap checklist): [^\n]*\n\nAs of [^\n]*Indicative; an assessor concludes\./ },
  { looks: /^\s*\{\s*"actions": \[\s*(?:\{\s*"closedBy"|\])/ },
  { looks: /^\s*\{\s*"schemaVersion": "[\d.]+",\s*"(?:tool|runs)"[^}]{0,60}"name": "keyproof"/ },
  { looks: /<testsuites name="keyproof: / },
  { looks: /<meta name="generator" content="keyproof / },
  { looks: /"driver"\s*:\s*\{\s*"name"\s*:\s*"keyproof"/ },
];

/** The most telling first: of several that fit, the first counts. */
const KNOWN: readonly KnownExport[] = [
  ...OWN.map((own) => ({
    what: 'an output of keyproof',
    instead: 'it is no evidence: audit the exports that it was made from',
    ...own,
  })),
  {
    what: 'the download of a new AWS access key (CSV)',
    instead: 'it holds the secret itself: remove it, and export aws iam list-access-keys',
    has: ['Access key ID', 'Secret access key'],
  },
  {
    what: 'the answer that made a new AWS access key',
    instead: 'it holds the secret itself: remove it, and export aws iam list-access-keys',
    looks: /"SecretAccessKey"\s*:/,
  },
  {
    what: 'the answer that made a new client secret of Entra ID',
    instead: 'it holds the secret itself: remove it, and export az ad app list --all',
    has: ['appId', 'password', 'tenant'],
  },
  {
    what: 'a parameter of AWS Systems Manager with its value',
    instead: 'it may hold the secret itself: remove it, and export aws ssm describe-parameters',
    looks: /"Parameter"\s*:\s*\{[\s\S]{0,2000}"Value"\s*:/,
  },
  {
    what: 'a secret of Vault with its value',
    instead: 'it holds the secret itself: remove it, and export vault kv metadata get -format=json',
    looks: /"data"\s*:\s*\{[\s\S]*"metadata"\s*:\s*\{[\s\S]{0,1000}"deletion_time"\s*:/,
  },
  {
    what: 'the value of a version of Google Secret Manager',
    instead: 'it holds the secret itself: remove it, and export gcloud secrets versions list --format=json',
    looks: /\/secrets\/[^"/]+\/versions\/[\s\S]{0,200}"payload"\s*:\s*\{/,
  },
  {
    what: 'assignments of directory roles of Microsoft Entra ID',
    instead:
      'they reach no key in a vault (export az role assignment list --all --include-inherited for that), and who may change credentials of applications by them is not worked out',
    looks: /"roleDefinitionId"\s*:[\s\S]*"directoryScopeId"\s*:/,
  },
  {
    what: 'deny assignments of Azure',
    instead:
      'what they take away is not taken from the rights that role assignments give: those are shown as if nothing were denied',
    looks: /"denyAssignmentName"\s*:/i,
  },
  {
    what: 'definitions of roles of Azure',
    instead:
      'they say what a role allows and not who has it, and are not worked out: export az role assignment list --all --include-inherited',
    looks: /"assignableScopes"\s*:|"roleType"\s*:\s*"(?:BuiltInRole|CustomRole)"/,
  },
  {
    what: 'definitions of roles of Microsoft Entra ID',
    instead: 'they say what a role allows and not who has it, and reach no key in a vault',
    looks: /"rolePermissions"\s*:\s*\[[\s\S]{0,400}"allowedResourceActions"\s*:/,
  },
  {
    what: 'deny policies of Google Cloud',
    instead:
      'what they take away is not taken from the rights that policies give: those are shown as if nothing were denied',
    looks: /"denyRule"\s*:\s*\{|\/denypolicies\//,
  },
  {
    what: 'definitions of roles of Google Cloud',
    instead:
      'they say what a role allows and not who has it, and are not worked out: export gcloud projects get-iam-policy --format=json',
    looks: /"includedPermissions"\s*:/,
  },
  {
    what: 'outputs of Terraform',
    instead: 'they may hold secrets, and no date of a key: export the inventory of the system itself',
    looks: /^\s*\{\s*"[^"]+"\s*:\s*\{\s*"sensitive"\s*:\s*(?:true|false)\s*,\s*"type"\s*:/,
  },
  {
    what: 'users of AWS IAM as the console downloads them',
    instead: 'their dates are ages ("2 days ago"): export the credential report',
    has: ['User name', 'Access key ID', 'Active key age'],
  },
  {
    what: 'a Terraform state',
    instead:
      'it may hold secrets, and states what Terraform made, not what there is: export the inventory of the system itself',
    looks: /"terraform_version"\s*:[\s\S]*"(?:lineage|values|planned_values|resource_changes)"\s*:/,
  },
  {
    what: 'findings of Prowler',
    instead: VERDICT,
    looks:
      /"metadata"[\s\S]{0,4000}"product"[\s\S]{0,600}"Prowler"|"ProwlerFindingUniqueId|^"?(?:PROFILE,ACCOUNT_NUM|ASSESSMENT_START_TIME|AUTH_METHOD;|ACCOUNT_UID)|"(?:CheckID|Control ID|Control)"\s*:[\s\S]{0,400}"(?:StatusExtended|Message)"|"(?:Profile|Account Number)"\s*:[\s\S]{0,400}"Control(?: ID)?"\s*:/,
  },
  {
    what: 'findings in the AWS Security Finding Format',
    instead: VERDICT,
    looks: /"ProductArn"\s*:\s*"arn:aws/,
  },
  { what: 'a report of ScoutSuite', instead: VERDICT, looks: /^\s*scoutsuite_results\s*=/ },
  { what: 'findings of CloudSploit', instead: VERDICT, has: ['plugin', 'category', 'resource', 'region'] },
  { what: 'a report of Wiz', instead: VERDICT, has: ['Wiz URL', 'Issue ID'] },
  {
    what: 'findings of IAM Access Analyzer',
    instead: `${VERDICT} (get-account-authorization-details)`,
    has: ['analyzedAt', 'resourceOwnerAccount'],
  },
  {
    what: 'what a query of AWS Config found',
    instead: 'export aws secretsmanager list-secrets, which has the dates',
    has: ['Results', 'QueryInfo'],
  },
  {
    what: 'users or roles of AWS IAM',
    instead: 'export aws iam get-account-authorization-details and the credential report',
    looks: /"(?:Users|Roles)"\s*:\s*\[\s*\{[\s\S]{0,400}"Path"\s*:/,
  },
  {
    what: 'the text output of the AWS command line',
    instead: 'it names no field: export again with --output json',
    looks: /^(?:SECRETLIST|ACCESSKEYMETADATA|ACCESSKEYLASTUSED|USERDETAILLIST|VERSIONS|EVENTS|ITEMS)\t/,
  },
  {
    what: 'the tsv output of the Azure command line',
    instead: 'it names no field: export again with --output json',
    looks:
      /^(?:[^\t\n]*\t){0,8}(?:https:\/\/[\w-]+\.vault\.azure\.net\/|\/subscriptions\/[\w-]{36}\/)[^\t\n]*(?:\t|\r?\n)/,
  },
  {
    what: 'a table in Markdown',
    instead: 'save it as CSV or Excel, and audit that',
    looks: /(?:^|\n)\|[^\n]*\|[ \t]*\r?\n\|(?:[ \t]*:?-{2,}:?[ \t]*\|)+/,
  },
  {
    what: 'rows without names, as --query gives them',
    instead: 'name each field in the query ({Name: Name, ARN: ARN}), or export again without it',
    looks: /^\s*\[\s*\[\s*(?:"|null\b|true\b|false\b|\d)/,
  },
  {
    what: 'audit search results of Microsoft Purview',
    instead: 'export the audit log of Microsoft Entra ID (Graph: auditLogs/directoryAudits)',
    has: ['Operations', 'AuditData'],
  },
  {
    what: 'entries of Google Cloud Logging that are of no audit log',
    instead: 'no rule reads them: export those of the audit logs (logName:cloudaudit.googleapis.com)',
    has: ['insertId', 'logName', 'resource'],
    looks: /"(?:json|text)Payload"\s*:/,
  },
  {
    what: 'activities that Google Workspace reports',
    instead:
      'no rule reads them: export the audit logs of Google Cloud, and members of groups (keyproof collect --print gcp)',
    looks: /"kind"\s*:\s*"(?:admin#reports#activity|reports#activity|admin#reports#activities)"/,
  },
  {
    what: 'sign-ins of Microsoft Entra ID',
    instead: 'no rule reads them: export the audit log (Graph: auditLogs/directoryAudits)',
    has: ['userPrincipalName', 'appDisplayName', 'conditionalAccessStatus'],
  },
  {
    what: 'the activity log as the Azure portal downloads it (CSV)',
    instead: 'it lacks the operation as the log names it: export az monitor activity-log list',
    has: ['Operation name', 'Event category', 'Event initiated by'],
  },
  {
    what: 'service accounts of Google Cloud',
    instead: `${NOT_LISTED} gcloud iam service-accounts keys list of each`,
    has: ['oauth2ClientId', 'uniqueId', 'email'],
  },
  {
    what: 'a table of gcloud (CSV)',
    instead: 'export again with --format=json',
    looks:
      /^name,(?:created,replication_policy|state,created,destroyed)|^"?name"?,[^\n]*\n"?projects\/[^/]+\/(?:secrets|locations|serviceAccounts)\//,
  },
  {
    what: 'a policy that gcloud printed in YAML',
    instead: 'give its name the ending .yaml, or export with --format=json',
    looks: /^bindings:\r?\n- (?:members|role|condition):/,
  },
  {
    what: 'the history of assets of Google Cloud, or a message about one',
    instead: 'it states what was: export gcloud asset list --content-type=resource --format=json',
    looks: /"window"\s*:\s*\{[^{}]*"startTime"/,
  },
  {
    what: 'what a search of Cloud Asset Inventory found',
    instead:
      'it lacks the data of the assets: export gcloud asset list --content-type=resource --format=json',
    has: ['assetType', 'parentFullResourceName'],
  },
  {
    what: 'an answer of Policy Analyzer of Google Cloud',
    instead: `${VERDICT} (gcloud asset search-all-iam-policies --format=json)`,
    looks: /"mainAnalysis"\s*:\s*\{|"attachedResourceFullName"\s*:/,
  },
  {
    what: 'a static role of a secrets engine of Vault',
    instead:
      'it does not say which one: list it under kind: rotations in keyproof.yaml, or audit the audit log',
    has: ['last_vault_rotation', 'rotation_period'],
  },
  {
    what: 'mounts of secrets engines or logins of Vault',
    instead: `${NOT_LISTED} vault kv metadata get -format=json of each secret, and vault policy read`,
    looks: /^\s*\{\s*"[\w/-]+\/"\s*:\s*\{[\s\S]{0,600}"seal_wrap"\s*:/,
  },
  {
    what: 'an entity of Vault',
    instead: 'who holds a policy is not read: audit the policies (vault policy read) and the audit log',
    has: ['aliases', 'direct_group_ids', 'policies'],
  },
  {
    what: 'a certificate of a PKI engine of Vault',
    instead: 'certificates are not opened: list them with their dates under kind: keys in keyproof.yaml',
    looks: /"certificate"\s*:\s*"-----BEGIN CERTIFICATE[\s\S]*"revocation_time"\s*:/,
  },
  {
    what: 'the audit log of a CyberArk vault in CEF or LEEF',
    instead:
      'its entries name no year: send them with the translator for Elastic (JSON), or list the events under kind: events in keyproof.yaml, with columns',
    looks: /(?:CEF:0|LEEF:\d\.\d)\|Cyber-Ark\|/,
  },
  {
    what: 'accounts of an old interface of CyberArk',
    instead:
      'it lacks dates: export GET /PasswordVault/API/Accounts, or the Privileged Accounts Inventory report',
    looks: /"AccountID"\s*:[\s\S]{0,800}"(?:Internal)?Properties"\s*:/,
  },
  {
    what: 'plugins, routes or services of Kong',
    instead: 'export the consumers with their credentials: deck gateway dump, or /key-auths of the Admin API',
    looks: /"data"\s*:\s*\[\s*\{[\s\S]{0,2000}"(?:config|hosts|connect_timeout)"\s*:[\s\S]*"next"\s*:/,
  },
  {
    what: 'consumers of Kong without their credentials',
    instead: 'export deck gateway dump, or /key-auths of the Admin API',
    looks: /"data"\s*:\s*\[\s*\{[\s\S]{0,600}"custom_id"\s*:[\s\S]*"next"\s*:/,
  },
  {
    what: 'API products of Apigee',
    instead: `${NOT_LISTED} the apps (apps?expand=true)`,
    looks: /"apiProduct"\s*:\s*\[[\s\S]*"(?:proxies|approvalType)"\s*:/,
  },
  {
    what: 'analytics of Apigee',
    instead: 'they count calls and name no time of one: audit the apps (apps?expand=true) and the audit log',
    has: ['apiproxy', 'developer_app'],
  },
  {
    what: 'accounts to be taken into CyberArk (CSV of the Account Onboard Utility)',
    instead:
      'it may hold their passwords, and no date: remove it, and export GET /PasswordVault/API/Accounts, or the Privileged Accounts Inventory report',
    has: ['username', 'address', 'safe', 'platformID'],
  },
  {
    what: 'what kubectl describe prints',
    instead: 'export again with kubectl get -o json',
    looks: /^Name:\s+\S+\r?\nNamespace:\s/,
  },
  {
    what: 'a table of the Kubernetes API',
    instead: 'export again with kubectl get -o json',
    looks: /"kind"\s*:\s*"Table"[\s\S]*"columnDefinitions"/,
  },
  {
    what: 'objects of External Secrets, Sealed Secrets or the Secrets Store driver',
    instead: `${NOT_LISTED} kubectl get secrets -o json and the store they point to`,
    looks: /\bkind"?\s*:\s*"?(?:Cluster)?(?:ExternalSecret|SecretStore|SealedSecret|SecretProviderClass)\b/,
  },
  {
    what: 'an answer of the GraphQL API of GitHub',
    instead: 'export the REST answer, which has the fields of the audit log or of the alerts',
    looks: /^\s*\{\s*"data"\s*:\s*\{\s*"(?:organization|repository|enterprise|viewer)"/,
  },
  {
    what: 'certificates of crt.sh',
    instead: 'they say what was issued by anybody, not what the bank holds: export the inventory',
    has: ['issuer_ca_id', 'name_value'],
  },
  {
    what: 'a report of JUnit',
    instead: "it lacks fields: write the scanner's own JSON, or SARIF",
    looks: /^\s*(?:<\?xml[^>]*>\s*)?<testsuites?\b/,
  },
  {
    what: 'an XML export of ServiceNow',
    instead: 'export the list as CSV or JSON',
    looks:
      /^\s*(?:<\?xml[^>]*>\s*)?<(?:unload\b|xml>\s*<(?:change_request|sc_request|sc_req_item|incident|change_task)\b)/,
  },
  {
    what: 'an XML feed of Jira',
    instead: 'export the search as CSV, or as JSON of the REST API',
    looks: /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<rss\b/,
  },
  {
    what: 'a certificate in itself (PEM)',
    instead:
      'export a list of certificates (CSV with subject, serial number, valid from and valid to; Venafi, Keyfactor)',
    looks: /^-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/m,
  },
  {
    what: 'members of a role of CyberArk Conjur',
    instead:
      'they are not read: who is in a group or layer stays open. State memberships as principals of your own (member_of)',
    has: ['admin_option', 'ownership', 'role', 'member'],
  },
  {
    what: 'a graph of roles of CyberArk Conjur',
    instead:
      'it is not read: who is in a group or layer stays open. State memberships as principals of your own (member_of)',
    looks: /"parent"\s*:\s*"[^":]+:(?:group|layer|user|host|policy):/,
  },
  {
    what: 'decisions of the former access reviews API of Microsoft Graph (beta)',
    instead:
      'they name no access that was reviewed: export the decisions of v1.0 (identityGovernance/accessReviews/definitions/{id}/instances/{id}/decisions)',
    looks: /#microsoft\.graph\.accessReviewInstanceDecisionItem\w*Target"/,
  },
  {
    what: 'what trufflehog prints for people',
    instead: 'scan again with --json',
    looks: /TruffleHog\. Unearth your secrets|^Found (?:un)?verified result/m,
  },
  {
    what: 'what gitleaks prints for people',
    instead: 'scan again with --report-format json',
    looks: /^Finding:\s[\s\S]{0,800}^RuleID:\s/m,
  },
  {
    what: 'an access log of a gateway or web server in text',
    instead:
      'its lines name no key: log in JSON with the id of the key (apiKeyId of AWS API Gateway, file-log or http-log of Kong)',
    looks:
      /^\S+ \S+ \S+ \[\d{2}\/[A-Z][a-z]{2}\/\d{4}:[\d:]{8} [+-]\d{4}\] ?"|^[^\s,]+,[^\s,]+,[^\s,]+,\d{2}\/[A-Z][a-z]{2}\/\d{4}:[\d:]{8} [+-]\d{4},|^<request id="[^"]*">\s*<ip>|^requestId: \S+, ip: /,
  },
  {
    what: 'an access log of AWS API Gateway without times or results',
    instead: 'log requestTime, status and resourcePath as well',
    has: ['requestId', 'apiKeyId'],
  },
  {
    what: 'events of CloudTrail by columns',
    instead:
      'their requests are text of which JSON cannot tell the parts: query SELECT eventJson in CloudTrail Lake, or @message in Logs Insights',
    has: ['eventName', 'eventSource'],
  },
  {
    what: 'documents of Elastic by columns, without the events that they were made from',
    instead: 'add event.original to the columns, or export the documents as JSON',
    has: ['event.action', 'event.provider'],
  },
  {
    what: 'results of CloudWatch Logs Insights without the events',
    instead: 'add @message to the fields of the query',
    looks: /"field"\s*:\s*"@(?:ptr|timestamp)"/,
  },
  {
    what: 'search results of Splunk by columns, or in XML',
    instead: 'export with output_mode=json, and with _raw',
    looks:
      /^\s*(?:<\?xml[^>]*>\s*)?<results preview=|"preview"\s*:\s*(?:true|false)[\s\S]*"columns"\s*:\s*\[\s*\[/,
  },
  {
    what: 'events in OCSF without the events that they were made from (raw_data)',
    instead: 'export the log itself',
    has: ['class_uid', 'metadata'],
  },
  {
    what: 'vulnerabilities, of a scanner that looks for no secrets here',
    instead: 'scan for secrets, and audit that report',
    has: ['vulnerability', 'advisories'],
  },
];

/**
 * Returns what a file is that no adapter recognises but that is known, in one sentence with what to export instead; null
 * if it is not known.
 */
export function knownExport(sample: FileSample): string | null {
  const names = new Set([...sample.keys, ...sampleColumns(sample), ...namesInside(sample.partial)]);
  const known = KNOWN.find(
    ({ has, looks }) => (has?.every((name) => names.has(name)) ?? true) && (looks?.test(sample.head) ?? true),
  );
  return known === undefined ? null : `${known.what}: ${known.instead}`;
}

/** Vault gives what was asked for in `data`. */
function namesInside(value: unknown): string[] {
  return isObject(value) && isObject(value['data']) ? Object.keys(value['data']) : [];
}
