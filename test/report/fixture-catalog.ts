import type {
  Grade,
  ParamValue,
  PolicyDomain,
  Severity,
  SubjectKind,
  Verdict,
} from '../../src/model/index.js';

/** A policy of the hand-made assessment, in short. */
export type PolicySketch = {
  id: string;
  title: string;
  description: string;
  severity: Severity;
  subject: SubjectKind;
  domain: PolicyDomain;
  params: { [name: string]: ParamValue };
  remediation: string;
  /** Share of the findings asked for. */
  weight: number;
};

/** A control of the hand-made assessment, in short. */
export type ControlSketch = {
  id: string;
  group: string;
  title: string;
  assessor: string;
  ask: string | null;
  maps: { ruleId: string; grade: Grade; limitation: string | null }[];
};

const sketch = (
  id: string,
  domain: PolicyDomain,
  subject: SubjectKind,
  severity: Severity,
  weight: number,
  title: string,
  description: string,
  remediation: string,
  params: PolicySketch['params'] = {},
): PolicySketch => ({ id, title, description, severity, subject, domain, params, remediation, weight });

/** The policies, sorted by id. */
export const POLICY_SKETCHES: readonly PolicySketch[] = [
  sketch(
    'access-leaver-removed',
    'access',
    'principal',
    'critical',
    2,
    'Nobody who has left still holds a credential',
    'Fails where a person with a departure date holds a grant that was not removed within the limit. The limit counts from the last moment of the departure day.',
    'Remove the grant today, rotate the key it reached, and record both in the leaver ticket.',
    { max_hours: 24 },
  ),
  sketch(
    'access-review-recent',
    'access',
    'key',
    'medium',
    5,
    'Every grant on a key was reviewed within the interval',
    'Fails where the last review of a grant on the key is older than the interval, or the reviewer left the decision blank.',
    'Put the key in the next access review and record reviewer, decision and date.',
    { max_days: 180 },
  ),
  sketch(
    'environment-key-separate',
    'environment',
    'key',
    'high',
    3,
    'No production key is used outside production',
    'Fails where one fingerprint, workload or grant connects a production key with another environment.',
    'Issue a separate key for the other environment and rotate the production key.',
  ),
  sketch(
    'gateway-rate-limit-set',
    'gateway',
    'route',
    'medium',
    1,
    'Every external route has a rate limit for each key',
    'Fails where an external route has no sustained limit or no quota per key.',
    'Configure a sustained limit and a quota per key on the route.',
    { max_rps: 1000 },
  ),
  sketch(
    'incident-contained-in-time',
    'incident',
    'incident',
    'high',
    1,
    'Compromised credentials are contained within the limit',
    'Fails where the time from detection to containment exceeds the limit.',
    'Record why containment took longer, and rehearse the emergency revocation procedure.',
    { max_hours: 4 },
  ),
  sketch(
    'inventory-owner-known',
    'inventory',
    'key',
    'high',
    6,
    'Every active key has an accountable owner',
    'Fails where the inventory states that a key has no owner, or names one who has left.',
    'Name an accountable owner in the inventory.',
  ),
  sketch(
    'repository-no-live-secret',
    'repository',
    'repository',
    'critical',
    1,
    'No live credential is in a source repository',
    'Fails where a scanner found an open secret whose hash is that of a key that is still active.',
    'Revoke the key first, then remove it from the history of the repository.',
  ),
  sketch(
    'rotation-max-age',
    'rotation',
    'key',
    'high',
    8,
    'Keys are rotated within the interval the bank has set for their risk tier',
    'Fails where the time since the last rotation, or since creation where the key has never been rotated, exceeds the interval of its risk tier as of the audit date.',
    'Rotate the key, and enable automatic rotation where its store supports it.',
    { max_age_days: { critical: 30, high: 60, medium: 90, low: 90 } },
  ),
  sketch(
    'storage-encrypted-at-rest',
    'storage',
    'key',
    'critical',
    1,
    'Stored secret values are encrypted with a key the bank controls',
    'Fails where the store reports no encryption, or an algorithm that is not on the list.',
    'Move the secret to a store that encrypts it under a customer-managed key.',
    { algorithms: ['AES-256-GCM', 'AES-256'] },
  ),
  sketch(
    'transport-tls-minimum',
    'transport',
    'route',
    'high',
    1,
    'Every route refuses TLS below the minimum',
    'Fails where a route accepts a protocol version below the minimum or clear text.',
    'Raise the minimum protocol version of the listener.',
    { min_version: '1.2' },
  ),
  sketch(
    'vendor-assessed-yearly',
    'vendor',
    'vendor',
    'low',
    1,
    'Every vendor with API access was assessed within a year',
    'Fails where the last due-diligence assessment of an active vendor is older than the limit.',
    'Schedule the assessment with the vendor owner.',
    { max_days: 365 },
  ),
];

const map = (ruleId: string, grade: Grade, limitation: string | null = null) => ({
  ruleId,
  grade,
  limitation,
});

/** Controls by framework id. */
export const CONTROL_SKETCHES: { readonly [framework: string]: readonly ControlSketch[] } = {
  'pci-dss-4.0.1': [
    {
      id: '7.2.4',
      group: '7',
      title: 'Review user accounts and their privileges at least every six months',
      assessor: 'Review records, corrections made, acknowledgement by management',
      ask: 'Did management acknowledge the review and confirm that access remains appropriate?',
      maps: [
        map('access-review-recent', 'partial', 'Shows that a review is on record, not that it was thorough.'),
      ],
    },
    {
      id: '7.2.5.1',
      group: '7',
      title: 'Review application and system account access at the frequency the entity has analysed',
      assessor: 'Targeted risk analysis, review records, acknowledgement',
      ask: 'Which targeted risk analysis sets the review frequency?',
      maps: [
        map(
          'access-review-recent',
          'direct',
          'The interval is the entity’s own; its risk analysis is not tested.',
        ),
        map('inventory-owner-known', 'supporting'),
      ],
    },
    {
      id: '8.2.5',
      group: '8',
      title: 'Revoke the access of users who leave at once',
      assessor: 'List of leavers against access lists',
      ask: null,
      maps: [
        map(
          'access-leaver-removed',
          'direct',
          'Covers grants in the exports supplied, not physical factors.',
        ),
      ],
    },
    {
      id: '8.3.2',
      group: '8',
      title: 'Keep authentication factors unreadable in storage and in transit',
      assessor: 'Store configuration, traffic samples',
      ask: 'Are factors unreadable in logs, caches and memory dumps?',
      maps: [
        map(
          'storage-encrypted-at-rest',
          'partial',
          'Reads what the store reports; no stored value was examined.',
        ),
        map('transport-tls-minimum', 'partial'),
        map('repository-no-live-secret', 'supporting'),
      ],
    },
    {
      id: '8.6.2',
      group: '8',
      title: 'No hard-coded passwords of interactive accounts in scripts, configuration or code',
      assessor: 'Procedures, and the scripts, configuration and source themselves',
      ask: 'Which of these accounts can be used for interactive login?',
      maps: [
        map(
          'repository-no-live-secret',
          'partial',
          'Potential exception only where the account can be used interactively.',
        ),
      ],
    },
    {
      id: '8.6.3',
      group: '8',
      title:
        'Change application and system credentials at the analysed frequency and on suspected compromise',
      assessor: 'Targeted risk analysis, rotation records, changes after compromise',
      ask: 'Which targeted risk analysis sets the rotation interval, and is complexity matched to it?',
      maps: [
        map(
          'rotation-max-age',
          'partial',
          'Age against the entity’s own interval; the control also asks for change on compromise and for complexity.',
        ),
      ],
    },
    {
      id: '10.5.1',
      group: '10',
      title: 'Keep audit log history for the required time',
      assessor: 'Retention settings, oldest available events',
      ask: 'How long is audit log history kept, and how much of it is available at once?',
      maps: [],
    },
    {
      id: '12.8.4',
      group: '12',
      title: 'Monitor the PCI DSS status of third-party service providers yearly',
      assessor: 'Monitoring records of each provider',
      ask: 'Where is the status of each provider recorded?',
      maps: [map('vendor-assessed-yearly', 'supporting')],
    },
  ],
  'soc2-2017': [
    {
      id: 'CC6.1',
      group: 'CC6',
      title: 'Logical access over protected assets: inventory, authentication, credential protection',
      assessor: 'Configuration, inventory, samples',
      ask: 'Which of the entity’s controls map to this criterion, and is their design suitable?',
      maps: [
        map(
          'storage-encrypted-at-rest',
          'partial',
          'Evidence for a control mapped to the criterion, not for the criterion.',
        ),
        map('inventory-owner-known', 'partial'),
        map('rotation-max-age', 'supporting'),
      ],
    },
    {
      id: 'CC6.2',
      group: 'CC6',
      title: 'Credentials are issued after authorisation and disabled when no longer valid',
      assessor: 'Samples of issue and removal',
      ask: null,
      maps: [map('access-leaver-removed', 'partial')],
    },
    {
      id: 'CC6.6',
      group: 'CC6',
      title: 'Protection against threats from outside the boundary',
      assessor: 'Gateway and TLS configuration',
      ask: null,
      maps: [map('transport-tls-minimum', 'direct'), map('gateway-rate-limit-set', 'partial')],
    },
    {
      id: 'CC7.4',
      group: 'CC7',
      title: 'Respond to identified security incidents',
      assessor: 'Incident records',
      ask: 'Were the follow-up actions carried out?',
      maps: [map('incident-contained-in-time', 'partial')],
    },
    {
      id: 'CC9.2',
      group: 'CC9',
      title: 'Assess and manage risks of vendors and partners',
      assessor: 'Vendor inventory, reviews, contracts',
      ask: null,
      maps: [map('vendor-assessed-yearly', 'partial')],
    },
    {
      id: 'CC1.3',
      group: 'CC1',
      title: 'Structures, reporting lines and authorities are set',
      assessor: 'Responsibility matrix',
      ask: 'Who answers for credentials, and where is that written?',
      maps: [],
    },
  ],
};

/** Framework heads by id. */
export const FRAMEWORK_HEADS: {
  readonly [id: string]: {
    title: string;
    version: string;
    issuer: string;
    source: string;
    groups: { id: string; title: string }[];
    vocabulary: { [V in Verdict]: string };
    disclaimer: string;
  };
} = {
  'pci-dss-4.0.1': {
    title: 'PCI DSS',
    version: '4.0.1',
    issuer: 'PCI Security Standards Council',
    source: 'https://www.pcisecuritystandards.org/document_library/',
    groups: [
      { id: '7', title: 'Restrict access by business need' },
      { id: '8', title: 'Identify users and authenticate access' },
      { id: '10', title: 'Log and monitor access' },
      { id: '12', title: 'Policies and programmes' },
    ],
    vocabulary: {
      exception: 'Candidate: Not in Place',
      'insufficient-data': 'Insufficient data',
      'exception-accepted': 'exception accepted',
      'partly-supported': 'Partly supported by evidence',
      'evidence-supports': 'Candidate: In Place',
      attested: 'Document on record, content not tested',
      'not-applicable': 'Not Applicable',
      'not-tested': 'Not Tested',
    },
    disclaimer: 'Indicative; the Qualified Security Assessor concludes on every requirement.',
  },
  'soc2-2017': {
    title: 'SOC 2 Trust Services Criteria',
    version: '2017, points of focus 2022',
    issuer: 'AICPA',
    source: 'https://www.aicpa-cima.com/',
    groups: [
      { id: 'CC1', title: 'Control environment' },
      { id: 'CC6', title: 'Logical and physical access' },
      { id: 'CC7', title: 'System operations' },
      { id: 'CC9', title: 'Risk mitigation' },
    ],
    vocabulary: {
      exception: 'Exception noted',
      'insufficient-data': 'Insufficient evidence',
      'exception-accepted': 'exception accepted',
      'partly-supported': 'Partly supported by evidence',
      'evidence-supports': 'No exception noted',
      attested: 'Document inspected, operation not tested',
      'not-applicable': 'Not applicable',
      'not-tested': 'Not tested',
    },
    disclaimer: 'Indicative; the service auditor concludes on every criterion.',
  },
};
