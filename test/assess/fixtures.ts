import { createHash } from 'node:crypto';
import { dueDays } from '../../src/config/due-days.js';
import type {
  AuditPlan,
  Control,
  Framework,
  Observation,
  Outcome,
  Policy,
  SubjectKind,
} from '../../src/model/index.js';

/** A policy with the given id on the given kind of subject. */
export function policy(id: string, subject: SubjectKind, rest: Partial<Policy> = {}): Policy {
  return {
    id,
    title: `Title of ${id}`,
    description: `Why ${id}.`,
    severity: 'high',
    subject,
    domain: 'rotation',
    requires: [],
    reads: rest.requires ?? [],
    params: {},
    evidence: 'data',
    remediation: `Remedy ${id}.`,
    package: `policies.custom.${id.replaceAll('-', '_')}`,
    file: `${id}.rego`,
    relatedResources: [],
    ...rest,
  };
}

/** One observation; its id is made as the evaluation makes it. */
export function observation(
  ruleId: string,
  kind: SubjectKind,
  id: string,
  outcome: Outcome,
  rest: Partial<Observation> = {},
): Observation {
  const failed = outcome === 'fail';
  return {
    id: createHash('sha256').update(`${ruleId} ${kind} ${id}`).digest('hex').slice(0, 16),
    ruleId,
    subject: { kind, id },
    outcome,
    severity: failed ? 'high' : null,
    violations: failed
      ? [{ element: ruleId, message: `${id} is wrong`, facts: { days: 31 }, records: [] }]
      : [],
    missing: outcome === 'no-evidence' ? ['key.last_rotated'] : [],
    reasons: outcome === 'not-applicable' ? ['the key is revoked'] : [],
    error: outcome === 'error' ? 'division by zero' : null,
    elements: [],
    ...rest,
  };
}

/** One control with the given mappings, written `policy:grade`. */
export function control(id: string, status: Control['status'], ...mappings: string[]): Control {
  return {
    id,
    group: 'A',
    title: `Title of ${id}`,
    assessor: 'Rotation log',
    applicability: 'All keys',
    status,
    verification: 'L',
    policies: mappings.map((mapping) => {
      const [rule = '', grade] = mapping.split(':');
      return { id: rule, grade: grade === 'direct' || grade === 'partial' ? grade : 'supporting' };
    }),
    ...(status === 'automated' ? {} : { ask: `Who answers for ${id}?` }),
  };
}

/** A framework with the given controls. */
export function framework(controls: Control[], rest: Partial<Framework> = {}): Framework {
  return {
    id: 'house',
    aliases: [],
    title: 'House rules',
    version: '1',
    issuer: 'Northbridge Bank',
    source: 'https://northbridge.example',
    reviewed: '2026-09-30',
    disclaimer: 'Indicative; internal audit to conclude.',
    vocabulary: {
      exception: 'open',
      'insufficient-data': 'unclear',
      'exception-accepted': 'exception accepted',
      'evidence-supports': 'fine',
      'partly-supported': 'fine in part',
      attested: 'on paper',
      'not-applicable': 'none',
      'not-tested': 'not looked at',
    },
    groups: [{ id: 'A', title: 'Keys' }],
    controls,
    ...rest,
  };
}

/** A plan of Northbridge Bank as of 2026-09-30. */
export function plan(rest: Partial<AuditPlan> = {}): AuditPlan {
  return {
    organisation: 'Northbridge Bank',
    profile: null,
    jurisdictions: [],
    asOfMs: Date.UTC(2026, 8, 30, 23, 59, 59, 999),
    period: { startMs: Date.UTC(2026, 6, 1), endMs: Date.UTC(2026, 8, 30, 23, 59, 59, 999) },
    root: '/srv/exports',
    paths: [],
    sources: [],
    ignore: [],
    applicability: {},
    facts: [],
    presets: [],
    thresholds: {},
    due: dueDays(),
    frameworks: ['house'],
    policyDirs: [],
    formats: ['json'],
    output: '/srv/pack',
    failOn: 'high',
    classification: 'Confidential',
    workers: 1,
    subjectTimeoutMs: 1000,
    ...rest,
  };
}
