import { expect, test } from 'vitest';
import { packPlan } from '../../src/explain/replay/index.js';
import type { Assessment, PolicyResult } from '../../src/model/index.js';
import { PLAN } from '../store/evidence.js';

test('dates, stated facts and changed thresholds are the pack’s, paths are those given', () => {
  const origin = { kind: 'config', by: 'CISO', reason: 'risk analysis' };
  const policies = [
    { id: 'a', params: { days: 30, warn: 10 }, set: { days: { from: 90, origin } } },
    { id: 'b', params: { days: 1 }, set: {} },
  ] as unknown as PolicyResult[];
  const plan = {
    organisation: 'Northbridge Bank',
    asOf: '2026-09-30T23:59:59.999Z',
    period: { from: '2026-07-01T00:00:00.000Z', to: '2026-09-30T23:59:59.999Z' },
    applicability: { pci_scope: 'out' },
  } as unknown as Assessment['plan'];
  const given = {
    ...PLAN,
    organisation: 'Another Bank',
    asOfMs: 1,
    paths: ['/exports'],
    thresholds: { b: { params: { days: 2 }, origins: {} } },
  };
  expect(packPlan(given, { plan, policies } as Assessment)).toMatchObject({
    organisation: 'Northbridge Bank',
    asOfMs: 1790812799999,
    period: { startMs: 1782864000000, endMs: 1790812799999 },
    applicability: { pci_scope: 'out' },
    thresholds: { a: { params: { days: 30 }, origins: { days: origin } } },
    paths: ['/exports'],
  });
  expect(
    packPlan(given, { plan: { ...plan, period: null }, policies: [] } as unknown as Assessment),
  ).toMatchObject({
    period: null,
    thresholds: {},
  });
});
