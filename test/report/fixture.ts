import { createHash } from 'node:crypto';
import { dueDays } from '../../src/config/due-days.js';
import type {
  Assessment,
  ControlResult,
  FrameworkResult,
  InputFile,
  JudgedObservation,
  MappingResult,
  OutcomeCounts,
  PoamItem,
  PolicyResult,
  Severity,
  SeverityCounts,
  SubjectKind,
  Verdict,
} from '../../src/model/index.js';
import { SEVERITIES, VERDICTS } from '../../src/model/index.js';
import { inputFile } from '../support/input-file.js';
import { actionsOf, failuresOf, missingOf } from './fixture-actions.js';
import {
  CONTROL_SKETCHES,
  type ControlSketch,
  FRAMEWORK_HEADS,
  POLICY_SKETCHES,
  type PolicySketch,
} from './fixture-catalog.js';

/** How large the hand-made assessment is. */
export type FixtureSize = {
  /** Failed observations in all. */
  findings: number;
  /** Keys in the population. */
  keys?: number;
  /** How many times each policy is listed, with a suffix, to reach the size of a full rule book. */
  policyCopies?: number;
  /** How many times each control is listed. */
  controlCopies?: number;
  /** A complete run without anything wrong with its inputs. */
  complete?: boolean;
};

const AS_OF = Date.UTC(2026, 8, 30, 23, 59, 59, 999);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const DAY = 86_400_000;
const NO_LIMIT = { whose: 'none', text: 'no limit' } as const;

const noOutcomes = (): OutcomeCounts => ({
  fail: 0,
  'no-evidence': 0,
  error: 0,
  waived: 0,
  attested: 0,
  pass: 0,
  'not-applicable': 0,
});
const noSeverities = (): SeverityCounts => ({ critical: 0, high: 0, medium: 0, low: 0 });

const STORES = ['aws-secretsmanager', 'azure-keyvault', 'vault-kv', 'kong', 'vendor-portal'] as const;

const subjectId = (kind: SubjectKind, n: number): string => {
  if (kind === 'key')
    return `arn:aws:secretsmanager:eu-west-1:111122223333:secret:payments/card-processor-${n}-AbC${n % 10}dE`;
  if (kind === 'principal') return `person-${n}@northbridge.example`;
  if (kind === 'repository') return `northbridge/service-${n}`;
  return `${kind}-${n}`;
};

const populationOf = (kind: SubjectKind, keys: number): number =>
  ({ key: keys, principal: 60, repository: 20, route: 45, vendor: 12, incident: 6, organisation: 1 })[kind];

const severityOf = (policy: PolicySketch, n: number): Severity => {
  const worst = SEVERITIES.indexOf(policy.severity);
  return SEVERITIES[Math.min(worst + (n % 3 === 0 ? 1 : 0), SEVERITIES.length - 1)] ?? 'low';
};

const failure = (policy: PolicySketch, ruleId: string, n: number): JudgedObservation => {
  const subject = { kind: policy.subject, id: subjectId(policy.subject, n) };
  const severity = severityOf(policy, n);
  const store = STORES[n % STORES.length] ?? STORES[0];
  const file = `exports/${store}/list-2026-q3.json`;
  return {
    id: sha256(`${ruleId}|${subject.kind}|${subject.id}`).slice(0, 16),
    ruleId,
    subject,
    outcome: 'fail',
    severity,
    violations: [
      {
        element: ruleId,
        message: `Last rotated ${91 + (n % 300)} days before the as-of date; the interval for risk tier ${severity} is 60 days.`,
        facts: {
          age_days: 91 + (n % 300),
          limit_days: 60,
          risk_tier: severity,
          workloads: ['settlement', 'fx'],
        },
        records: [{ file, record: `/SecretList/${n}`, sha256: sha256(file) }],
      },
    ],
    missing: [],
    reasons: [],
    error: null,
    elements: [],
    controls: [],
  };
};

const lacking = (policy: PolicySketch, ruleId: string, n: number): JudgedObservation => ({
  ...failure(policy, ruleId, n),
  outcome: 'no-evidence',
  severity: null,
  violations: [],
  missing: ['key.last_rotated', 'key.risk_tier'],
});

const erring = (policy: PolicySketch, ruleId: string, n: number): JudgedObservation => ({
  ...lacking(policy, ruleId, n),
  outcome: 'error',
  missing: [],
  error: 'The policy did not finish within 1,000 ms on this subject.',
});

type Built = { result: PolicyResult; observations: JudgedObservation[] };

const buildPolicy = (policy: PolicySketch, id: string, failed: number, size: FixtureSize): Built => {
  const population = Math.max(populationOf(policy.subject, size.keys ?? 2000), failed);
  const rest = population - failed;
  const unknown = size.complete ? 0 : Math.min(rest, Math.floor(population / 25));
  const broken = size.complete || policy.id !== 'gateway-rate-limit-set' ? 0 : Math.min(rest - unknown, 1);
  const skipped = Math.floor((rest - unknown - broken) / 4);
  const outcomes = {
    ...noOutcomes(),
    fail: failed,
    'no-evidence': unknown,
    error: broken,
    'not-applicable': skipped,
  };
  outcomes.pass = population - failed - unknown - broken - skipped;
  const observations = [
    ...Array.from({ length: Math.min(failed, 1000) }, (_, n) => failure(policy, id, n)).sort(
      (a, b) =>
        SEVERITIES.indexOf(a.severity ?? 'low') - SEVERITIES.indexOf(b.severity ?? 'low') ||
        (a.subject.id < b.subject.id ? -1 : 1),
    ),
    ...Array.from({ length: broken }, (_, n) => erring(policy, id, failed + unknown + n)),
    ...Array.from({ length: unknown }, (_, n) => lacking(policy, id, failed + n)),
  ].slice(0, 1000);
  const severities = noSeverities();
  for (let n = 0; n < failed; n += 1) severities[severityOf(policy, n)] += 1;
  const result: PolicyResult = {
    id,
    title: policy.title,
    reads: ['key'],
    elements: [{ id, title: policy.title, shows: null, criterion: null, limit: NO_LIMIT, outcomes }],
    description: policy.description,
    severity: policy.severity,
    subject: policy.subject,
    domain: policy.domain,
    requires: ['key.last_rotated', 'key.risk_tier'],
    params: policy.params,
    evidence: 'data',
    remediation: policy.remediation,
    package: `policies.${policy.domain}.${policy.id.replaceAll('-', '_')}`,
    file: `${policy.domain}/${policy.id.replaceAll('-', '_')}/${policy.id.replaceAll('-', '_')}.rego`,
    relatedResources: [{ ref: 'https://example.org/guidance', description: 'Guidance of the bank' }],
    population,
    outcomes,
    severities,
    missing: unknown > 0 ? [{ field: 'key.last_rotated', subjects: unknown }] : [],
    reasons: skipped > 0 ? [{ reason: 'the key is revoked', subjects: skipped }] : [],
    errors:
      broken > 0
        ? [{ message: 'The policy did not finish within 1,000 ms on this subject.', subjects: broken }]
        : [],
    set:
      policy.id === 'rotation-max-age'
        ? {
            max_age_days: {
              from: { critical: 30, high: 60, medium: 90, low: 180 },
              origin: {
                kind: 'threshold',
                by: 'M. Okafor, Head of Key Management',
                reason: 'Board risk appetite 2026-02: low-tier keys follow the medium interval.',
              },
            },
          }
        : {},
  };
  return { result, observations };
};

const shareOut = (total: number, sketches: readonly PolicySketch[]): number[] => {
  const weights = sketches.reduce((sum, policy) => sum + policy.weight, 0);
  const shares = sketches.map((policy) => Math.floor((total * policy.weight) / weights));
  const rest = total - shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share, index) => share + (index < rest ? 1 : 0));
};

const verdictOf = (mappings: MappingResult[], status: ControlResult['status']): Verdict => {
  const deciding = mappings.filter((mapping) => mapping.grade !== 'supporting');
  if (deciding.some((mapping) => mapping.outcomes.fail > 0)) return 'exception';
  if (deciding.some((mapping) => mapping.outcomes['no-evidence'] + mapping.outcomes.error > 0))
    return 'insufficient-data';
  if (deciding.length === 0) return status === 'not-applicable' ? 'not-applicable' : 'not-tested';
  return deciding.every((mapping) => mapping.grade === 'direct') ? 'evidence-supports' : 'partly-supported';
};

const BECAUSE: { [V in Verdict]: string } = {
  exception: 'At least one subject in scope failed a direct or partial test.',
  'insufficient-data': 'Evidence that a mapped policy needs is missing for some subjects in scope.',
  'exception-accepted': 'exception accepted',
  'partly-supported': 'Every tested part passed; the rest of the control needs a person.',
  'evidence-supports': 'Every direct test passed on the whole population in scope.',
  attested: 'A document is on record and answered for.',
  'not-applicable': 'No subject is in scope, each for a stated reason.',
  'not-tested': 'No policy tests this control; it needs a person.',
};

const buildControl = (
  sketch: ControlSketch,
  id: string,
  frameworkId: string,
  built: Map<string, Built>,
): ControlResult => {
  const mappings = sketch.maps.map((mapping): MappingResult => {
    const policy = built.get(mapping.ruleId);
    const undecided = Math.floor((policy?.result.outcomes.pass ?? 0) / 20);
    const outcomes = { ...(policy?.result.outcomes ?? noOutcomes()) };
    outcomes.pass -= undecided;
    return {
      ...mapping,
      elements: [{ id: mapping.ruleId, title: policy?.result.title ?? '' }],
      limits: [],
      inPart: false,
      undecided,
      outOfScope: 0,
      outcomes,
      population: (policy?.result.population ?? 0) - undecided,
      findings: (policy?.observations ?? [])
        .filter((observation) => observation.outcome === 'fail')
        .slice(0, 20)
        .map((observation) => observation.id),
    };
  });
  const status = mappings.length === 0 ? 'manual' : sketch.ask === null ? 'automated' : 'partial';
  const verdict = verdictOf(mappings, status);
  return {
    id,
    group: sketch.group,
    title: sketch.title,
    assessor: sketch.assessor,
    applicability: 'In force',
    status,
    verdict,
    verdictText: FRAMEWORK_HEADS[frameworkId]?.vocabulary[verdict] ?? verdict,
    because: BECAUSE[verdict],
    ask: sketch.ask,
    mappings,
  };
};

const buildFramework = (id: string, built: Map<string, Built>, copies: number): FrameworkResult => {
  const head = FRAMEWORK_HEADS[id];
  if (head === undefined) throw new Error(`no framework ${id}`);
  const controls = Array.from({ length: copies }, (_, copy) =>
    (CONTROL_SKETCHES[id] ?? []).map((sketch) =>
      buildControl(sketch, copy === 0 ? sketch.id : `${sketch.id}.${copy}`, id, built),
    ),
  ).flat();
  const verdicts = Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, controls.filter((control) => control.verdict === verdict).length]),
  ) as FrameworkResult['verdicts'];
  return {
    id,
    ...head,
    reviewed: '2026-08-14',
    verdicts,
    undecided: [
      { field: 'pci_scope', kind: 'key', subjects: 61, examples: [subjectId('key', 7), subjectId('key', 8)] },
    ],
    controls,
  };
};

const gapOf = (framework: FrameworkResult, control: ControlResult, built: Map<string, Built>): PoamItem => {
  const policies = control.mappings.flatMap((mapping) => built.get(mapping.ruleId)?.result ?? []);
  const failed = control.mappings.reduce((sum, mapping) => sum + mapping.outcomes.fail, 0);
  return {
    id: `${framework.id}/${control.id}`,
    framework: framework.id,
    control: control.id,
    title: control.title,
    verdictText: control.verdictText,
    verdict: control.verdict,
    severity:
      SEVERITIES.find((severity) => policies.some((policy) => policy.severities[severity] > 0)) ?? null,
    gap: control.because,
    action: policies[0]?.remediation ?? control.ask ?? '',
    missing: policies.some((policy) => policy.missing.length > 0)
      ? ['key.last_rotated in the key inventory']
      : [],
    rules: control.mappings.map((mapping) => mapping.ruleId),
    failed,
  };
};

const input = (path: string, change: Partial<InputFile> = {}): InputFile =>
  inputFile(path, {
    bytes: 1_048_576,
    sha256: sha256(path),
    adapter: 'aws-secretsmanager',
    records: 400,
    produced: { keys: 398 },
    ...change,
  });

const INPUTS: readonly InputFile[] = [
  ...STORES.map((store) => input(`exports/${store}/list-2026-q3.json`)),
  input('exports/aws-iam/credential-report.csv', {
    adapter: 'aws-iam-credential-report',
    records: 62,
    produced: { keys: 80, principals: 60 },
    rejected: 2,
    rejects: [
      {
        record: 'row 14',
        field: 'access_key_1_last_rotated',
        reason: '“31/02/2026” is not a date; expected ISO 8601. Correct the row and run again.',
      },
      { record: 'row 15', field: null, reason: '21 columns where the header has 22.' },
    ],
    skipped: { 'root account without keys': 1 },
    warnings: ['The report is older than 4 hours before the as-of date.'],
  }),
  input('exports/notes/minutes.docx', {
    state: 'not-used',
    adapter: null,
    records: 0,
    produced: {},
  }),
  input('exports/vault/rotation.ndjson', {
    state: 'unreadable',
    sha256: null,
    records: 118,
    produced: { rotations: 117 },
    truncated: true,
    warnings: ['Ends in the middle of record line 119; export the file again.'],
  }),
].sort((a, b) => (a.path < b.path ? -1 : 1));

const planOf = (frameworks: readonly FrameworkResult[]): Assessment['plan'] => ({
  organisation: 'Northbridge Bank',
  profile: { id: 'bank', title: 'Bank', about: 'Credit institution with customers of its own.' },
  jurisdictions: ['eu'],
  asOf: new Date(AS_OF).toISOString(),
  period: { from: '2026-07-01T00:00:00.000Z', to: new Date(AS_OF).toISOString() },
  frameworks: frameworks.map((framework) => framework.id),
  formats: ['html', 'pdf', 'checklist', 'findings', 'sarif', 'junit', 'parquet', 'json'],
  failOn: 'high',
  classification: 'Confidential',
  applicability: { icfr_relevant: true, gdpr_role: 'both', soc2_categories: ['security'] },
  facts: [
    { name: 'soc2_categories', value: ['security'], origin: 'profile', instead: null },
    {
      name: 'gdpr_role',
      value: 'both',
      origin: 'applicability',
      instead: { value: 'controller', origin: 'profile' },
    },
    { name: 'icfr_relevant', value: true, origin: 'applicability', instead: null },
  ],
  presets: [
    {
      conflict: 'rotation',
      title: 'How long a secret may live',
      about: 'One practice sets an interval by risk tier, another 90 days for every key.',
      preset: 'tiers',
      stated: false,
      meaning: 'an interval for each risk tier',
      reason: 'The interval follows the risk.',
      others: ['strict-90'],
      sets: [
        {
          ruleId: 'rotation-max-age',
          param: 'max_age_days',
          value: { critical: 30, high: 60, medium: 90, low: 180 },
          inForce: false,
        },
      ],
    },
  ],
  due: dueDays({ high: '14d' }),
});

/** A valid, deterministic assessment with the number of findings asked for. */
export const makeAssessment = (size: FixtureSize): Assessment => {
  const copies = size.policyCopies ?? 1;
  const sketches = Array.from({ length: copies }, () => POLICY_SKETCHES).flat();
  const shares = shareOut(size.findings, sketches);
  const built = new Map(
    sketches.map((sketch, index): [string, Built] => {
      const copy = Math.floor(index / POLICY_SKETCHES.length);
      const id = copy === 0 ? sketch.id : `${sketch.id}-${copy}`;
      return [id, buildPolicy(sketch, id, shares[index] ?? 0, size)];
    }),
  );
  const policies = [...built.values()].map(({ result }) => result).sort((a, b) => (a.id < b.id ? -1 : 1));
  const frameworks = Object.keys(FRAMEWORK_HEADS).map((id) =>
    buildFramework(id, built, size.controlCopies ?? 1),
  );
  const outcomes = noOutcomes();
  const severities = noSeverities();
  for (const policy of policies) {
    for (const name of Object.keys(outcomes) as (keyof OutcomeCounts)[])
      outcomes[name] += policy.outcomes[name];
    for (const name of SEVERITIES) severities[name] += policy.severities[name];
  }
  const observations = [...built.values()].flatMap((one) => one.observations);
  const plan = planOf(frameworks);
  const subjects = {
    key: size.keys ?? 2000,
    principal: 60,
    repository: 20,
    route: 45,
    vendor: 12,
    incident: 6,
    organisation: 1,
  };
  const inputs = size.complete ? INPUTS.filter((file) => file.adapter === 'aws-secretsmanager') : INPUTS;
  return {
    schemaVersion: '1.0.0',
    tool: {
      name: 'keyproof',
      version: '0.1.0',
      policyBundleSha256: sha256('policies'),
      frameworksSha256: sha256('frameworks'),
    },
    plan,
    incomplete: size.complete
      ? []
      : [
          {
            kind: 'unreadable-input',
            message:
              'exports/vault/rotation.ndjson ends in the middle of record line 119; export the file again.',
          },
          {
            kind: 'rejected-records',
            message: 'exports/aws-iam/credential-report.csv: 2 of 62 records were rejected.',
          },
        ],
    inputs: [...inputs],
    population: [
      {
        kind: 'keys',
        files: 6,
        records: 2075,
        distinct: size.keys ?? 2000,
        rejected: 2,
        range: { firstMs: AS_OF - 2200 * DAY, lastMs: AS_OF - DAY },
      },
      { kind: 'principals', files: 1, records: 60, distinct: 60, rejected: 0, range: null },
      {
        kind: 'rotations',
        files: 1,
        records: 117,
        distinct: 117,
        rejected: 0,
        range: { firstMs: AS_OF - 365 * DAY, lastMs: AS_OF - 3 * DAY },
      },
      { kind: 'incidents', files: 0, records: 0, distinct: 0, rejected: 0, range: null },
    ],
    subjects,
    outcomes,
    severities,
    subjectFailures: failuresOf(subjects, observations),
    actions: actionsOf(policies, plan, frameworks, observations),
    exceptions: [],
    missingEvidence: missingOf(policies, frameworks),
    policies,
    frameworks,
    gaps: frameworks
      .flatMap((framework) =>
        framework.controls
          .filter((control) => !['evidence-supports', 'not-applicable'].includes(control.verdict))
          .map((control) => gapOf(framework, control, built)),
      )
      .sort(
        (a, b) =>
          VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
          b.failed - a.failed ||
          (a.id < b.id ? -1 : 1),
      ),
    observations,
  };
};
