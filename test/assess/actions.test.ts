import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byPriority } from '../../src/assess/action-priority.js';
import { readFirstSeen } from '../../src/assess/due-dates.js';
import { assess } from '../../src/assess/index.js';
import { dueDays } from '../../src/config/due-days.js';
import { type Assessment, type Observation, type Policy, SEVERITIES } from '../../src/model/index.js';
import { control, framework, observation, plan, policy } from './fixtures.js';
import { memoryStore, type TestSubject } from './memory-store.js';

const ORGANISATION: TestSubject = { kind: 'organisation', id: 'Northbridge Bank' };

type Scene = { subjects: TestSubject[]; observations: Observation[]; policies: Policy[] };

async function assessed(
  { subjects, observations, policies }: Scene,
  audited = plan(),
  mapped = ['rotation-max-age:direct', 'inv-owner-assigned:supporting'],
): Promise<Assessment> {
  const store = await memoryStore([...subjects, ORGANISATION], observations, ['keys', 'events']);
  const assessment = await assess({
    plan: audited,
    store,
    policies,
    policyBundleSha256: 'a'.repeat(64),
    frameworks: [framework([control('A-1', 'automated', ...mapped), control('A-2', 'manual')])],
    frameworksSha256: 'b'.repeat(64),
    files: [],
    incomplete: [],
    toolVersion: '0.1.0',
  });
  await store.close();
  return assessment;
}

const key = (id: string, environment: string, owner?: string): TestSubject => ({
  kind: 'key',
  id,
  environment,
  ...(owner === undefined ? {} : { owner }),
});

const fails = (rule: string, id: string, severity: Observation['severity'] = 'high'): Observation =>
  observation(rule, 'key', id, 'fail', { severity });

test('an action states counts, places, owners, a date and the controls it decides', async () => {
  const subjects = [
    key('a', 'production', 'Ida Thorsen'),
    key('b', 'production', 'Ida Thorsen'),
    key('c', 'sandbox', 'Anton Brekke'),
    key('d', 'sandbox'),
    key('e', 'staging'),
  ];
  const observations = [
    fails('rotation-max-age', 'a', 'low'),
    fails('rotation-max-age', 'b', 'critical'),
    fails('rotation-max-age', 'c'),
    fails('rotation-max-age', 'd'),
    observation('rotation-max-age', 'key', 'e', 'pass'),
  ];
  const policies = [
    policy('rotation-max-age', 'key', {
      action: 'Rotate the old keys',
      effort: 'rotation',
      closedBy: 'The log shows it.',
    }),
  ];
  const { actions } = await assessed({ subjects, observations, policies });
  expect(actions).toEqual([
    {
      ruleId: 'rotation-max-age',
      priority: 1,
      title: 'Rotate the old keys',
      remedy: 'Remedy rotation-max-age.',
      severity: 'critical',
      effort: 'rotation',
      kind: 'key',
      failed: 4,
      tested: 5,
      undecided: 0,
      notApplicable: 0,
      severities: { critical: 1, high: 2, medium: 0, low: 1 },
      environments: [
        { environment: 'production', failed: 2 },
        { environment: 'sandbox', failed: 2 },
      ],
      owners: [
        { owner: 'Ida Thorsen', failed: 2 },
        { owner: 'Anton Brekke', failed: 1 },
        { owner: null, failed: 1 },
      ],
      due: { date: '2026-10-07', days: 7 },
      controls: [{ framework: 'house', control: 'A-1' }],
      closedBy: 'The log shows it.',
      findings: ['b', 'c', 'd', 'a'].map((id) => fails('rotation-max-age', id).id),
    },
  ]);
});

test('a rule that only supports a control decides none, and METADATA need not state action, effort and evidence', async () => {
  const policies = [policy('inv-owner-assigned', 'key', { requires: ['key.owner', 'owner'] })];
  const observations = [fails('inv-owner-assigned', 'a')];
  const { actions } = await assessed({ subjects: [key('a', 'test')], observations, policies });
  expect(actions).toMatchObject([
    {
      title: 'Title of inv-owner-assigned',
      effort: null,
      controls: [],
      closedBy:
        'A new audit in which inv-owner-assigned finds no violation, on evidence that states key.owner and owner.',
    },
  ]);
});

test('a rule without a failure has no action', async () => {
  const observations = [
    observation('rotation-max-age', 'key', 'a', 'pass'),
    observation('rotation-max-age', 'key', 'b', 'no-evidence'),
  ];
  const policies = [policy('rotation-max-age', 'key')];
  const { actions } = await assessed({
    subjects: [key('a', 'test'), key('b', 'test')],
    observations,
    policies,
  });
  expect(actions).toEqual([]);
});

test('an action names the 1,000 worst failures', async () => {
  const ids = Array.from({ length: 1005 }, (_, index) => `key-${String(index).padStart(4, '0')}`);
  const observations = ids.map((id, index) =>
    fails('rotation-max-age', id, index < 1000 ? 'low' : 'critical'),
  );
  const policies = [policy('rotation-max-age', 'key')];
  const { actions } = await assessed({
    subjects: ids.map((id) => key(id, 'test')),
    observations,
    policies,
  });
  const byId = new Map(observations.map((one) => [one.id, one.subject.id]));
  const named = actions[0]?.findings.map((id) => byId.get(id)) ?? [];
  expect(actions[0]?.failed).toBe(1005);
  expect(named).toEqual([...ids.slice(1000), ...ids.slice(0, 995)]);
});

test.each([
  ['2026-01-30T23:59:59.999Z', dueDays({ high: '30d' }), '2026-03-01'],
  ['2028-01-30T23:59:59.999Z', dueDays({ high: '30d' }), '2028-02-29'],
  ['2026-12-31T00:00:00.000Z', dueDays({ high: '1d' }), '2027-01-01'],
  ['2026-09-30T12:00:00.000Z', dueDays(), '2026-10-30'],
])('as of %s the date is that many days later', async (asOf, due, date) => {
  const policies = [policy('rotation-max-age', 'key')];
  const observations = [fails('rotation-max-age', 'a')];
  const audited = plan({ asOfMs: Date.parse(asOf), due });
  const { actions, plan: echoed } = await assessed(
    { subjects: [key('a', 'test')], observations, policies },
    audited,
  );
  expect(actions[0]?.due).toEqual({ date, days: due.high.days });
  expect(echoed.due).toEqual(due);
});

test('failures of a previous pack are overdue from the day after they were due, whatever the hour', async () => {
  const firstSeen = {
    a: '2026-08-30T23:59:59.999Z',
    b: '2026-08-31T00:00:00.000Z',
    c: '2026-08-31T23:59:59.999Z',
  };
  const observations = Object.keys(firstSeen).map((id) => fails('rotation-max-age', id, 'high'));
  const store = await memoryStore(
    [...Object.keys(firstSeen).map((id) => key(id, 'test')), ORGANISATION],
    observations,
  );
  for (const [id, seen] of Object.entries(firstSeen)) {
    await store.run(`UPDATE observations SET first_seen = '${seen}' WHERE "subjectId" = '${id}'`);
  }
  const asOf = (iso: string) => plan({ asOfMs: Date.parse(iso), due: dueDays() });
  const seenAt = async (iso: string) => (await readFirstSeen(asOf(iso), store)).get('rotation-max-age');
  const first = { firstSeen: '2026-08-30T23:59:59.999Z', due: '2026-09-29' };
  expect(await seenAt('2026-09-29T23:59:59.999Z')).toEqual({ ...first, overdue: 0 });
  expect(await seenAt('2026-09-30T00:00:00.000Z')).toEqual({ ...first, overdue: 1 });
  expect(await seenAt('2026-10-01T00:00:00.000Z')).toEqual({ ...first, overdue: 3 });
  await store.close();
});

const ranked = (ruleId: string, severity: (typeof SEVERITIES)[number], failed: number, tested: number) => ({
  action: { ruleId, severity },
  environments: [{ environment: 'production', failed, tested }],
});

test.each([
  ['severity before numbers', ranked('a', 'critical', 1, 900), ranked('b', 'high', 400, 900)],
  ['a large share before a few of many', ranked('b', 'high', 13, 48), ranked('a', 'high', 19, 2399)],
  ['many of many before the only one', ranked('b', 'high', 324, 1861), ranked('a', 'high', 1, 1)],
  ['the rule id where all is equal', ranked('a', 'high', 2, 4), ranked('b', 'high', 2, 4)],
])('priority goes by %s', (_, first, second) => {
  expect(byPriority(first, second)).toBeLessThan(0);
  expect(byPriority(second, first)).toBeGreaterThan(0);
});

test('the worst environment that has a failure decides, not the number elsewhere', () => {
  const inProduction = ranked('b', 'high', 5, 10);
  const elsewhere = {
    action: { ruleId: 'a', severity: 'high' as const },
    environments: [
      { environment: 'production', failed: 0, tested: 80 },
      { environment: 'sandbox', failed: 4, tested: 10 },
    ],
  };
  expect(byPriority(inProduction, elsewhere)).toBeLessThan(0);
});

const anyRanked = fc
  .record({
    ruleId: fc.string({ minLength: 1, maxLength: 3 }),
    severity: fc.constantFrom(...SEVERITIES),
    failed: fc.integer({ min: 1, max: 6 }),
    passed: fc.integer({ min: 0, max: 6 }),
  })
  .map(({ ruleId, severity, failed, passed }) => ranked(ruleId, severity, failed, failed + passed));

// A plan has one action for a rule: of equal weight, the rule ids decide, so that no two tie.
const anyPlan = fc.uniqueArray(anyRanked, { maxLength: 12, selector: ({ action }) => action.ruleId });

test('priority is an order whatever the order of the rules', () => {
  fc.assert(
    fc.property(anyPlan, (rows) => {
      const ordered = [...rows].sort(byPriority);
      expect([...rows].reverse().sort(byPriority)).toEqual(ordered);
      ordered.slice(1).forEach((row, index) => {
        expect(byPriority(ordered[index] ?? row, row)).toBeLessThan(0);
      });
    }),
  );
});

test('subjects are counted once, by the worst severity of their failures', async () => {
  const policies = [policy('rotation-max-age', 'key'), policy('inv-owner-assigned', 'key')];
  const observations = [
    fails('rotation-max-age', 'a', 'low'),
    fails('inv-owner-assigned', 'a', 'critical'),
    fails('rotation-max-age', 'b', 'medium'),
    observation('inv-owner-assigned', 'key', 'b', 'no-evidence'),
    observation('rotation-max-age', 'key', 'c', 'no-evidence'),
    observation('inv-owner-assigned', 'key', 'c', 'no-evidence'),
    observation('rotation-max-age', 'key', 'd', 'pass'),
  ];
  const subjects = ['a', 'b', 'c', 'd'].map((id) => key(id, 'test'));
  const { subjectFailures } = await assessed({ subjects, observations, policies });
  expect(subjectFailures).toEqual([
    {
      kind: 'key',
      subjects: 4,
      tested: 3,
      failed: 2,
      worst: { critical: 1, high: 0, medium: 1, low: 0 },
      undecided: 1,
    },
    {
      kind: 'organisation',
      subjects: 1,
      tested: 0,
      failed: 0,
      worst: { critical: 0, high: 0, medium: 0, low: 0 },
      undecided: 0,
    },
  ]);
});
