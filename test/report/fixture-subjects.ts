import {
  type Assessment,
  DAY_MS,
  type KeyAccess,
  type KeyLife,
  type RiskTier,
  SEVERITIES,
  type Subject,
} from '../../src/model/index.js';

const TIERS: readonly RiskTier[] = SEVERITIES;
const OWNERS = ['Amara Osei', 'Bea Castellano', 'payments@northbridge.example'] as const;
const ENVIRONMENTS = ['production', 'staging', 'development'] as const;

/** The subjects of the observations of a hand-made assessment, with owners, environments and lives of keys, by kind and id. */
export function makeSubjects({ observations, plan }: Assessment): Subject[] {
  const asOf = Date.parse(plan.asOf);
  const named = new Map(observations.map(({ subject }) => [`${subject.kind} ${subject.id}`, subject]));
  return [...named.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, subject], n) => ({
      ...subject,
      label: subject.kind === 'key' ? `card-processor-${n}` : null,
      owner: n % 7 === 6 ? null : (OWNERS[n % OWNERS.length] ?? null),
      status: subject.kind === 'key' ? 'active' : null,
      facts: { environment: subject.kind === 'key' ? (ENVIRONMENTS[n % 3] ?? null) : null },
      life: subject.kind === 'key' ? lifeOf(n, asOf) : null,
      source: { file: 'exports/keys.csv', record: `row ${n + 2}` },
    }));
}

const ACCESS: KeyAccess = {
  principal: 'ines.ferreira@northbridge.example',
  kind: 'human',
  can: ['read', 'use'],
  atMost: ['rotate'],
  denied: ['delete'],
  unstated: false,
  paths: ['group payments > policy read-prod > scope prod/*'],
  reasons: ['a condition of the policy read-prod is taken to hold'],
  source: { file: 'exports/iam.json', record: '/UserDetailList/0' },
};

function lifeOf(n: number, asOf: number): KeyLife {
  const at = (days: number) => ({ state: 'known' as const, ms: asOf - days * DAY_MS, tolerance_ms: 0 });
  const age = (n * 7) % 400;
  return {
    store: 'aws-sm',
    storage: 'secrets-manager',
    tier: TIERS[n % 4] ?? 'low',
    created: at(age + 900),
    rotated: n % 5 === 0 ? null : at(age),
    used: at(n % 30),
    expires: { state: 'never', ms: null, tolerance_ms: 0 },
    revoked: null,
    rotations: n % 5 === 0 ? [] : [asOf - age * DAY_MS, asOf - (age + 200) * DAY_MS],
    exposures:
      n % 11 === 0
        ? [
            {
              from: asOf - (age + 100) * DAY_MS,
              replaced: n % 2 === 0 ? null : asOf - age * DAY_MS,
              place: 'northbridge/payments',
            },
          ]
        : [],
    access: n % 3 === 0 ? null : [ACCESS],
    accessTotal: n % 3 === 0 ? 0 : 1 + (n % 4),
  };
}
