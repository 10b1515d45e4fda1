import { expect, test } from 'vitest';
import type { Assessment, PolicyResult } from '../../src/model/index.js';
import { packPlan } from '../../src/replay/index.js';
import { PLAN } from '../store/evidence.js';

test('dates, stated facts and changed thresholds are the pack’s, paths are those given', () => {
  const changed = { from: { days: 90, warn: 10 }, by: 'CISO', reason: 'risk analysis' };
  const policies = [
    { id: 'a', params: { days: 30, warn: 10 }, changed },
    { id: 'b', params: { days: 1 }, changed: null },
  ] as unknown as PolicyResult[];
  const plan = {
    entity: 'Northbridge Bank',
    asOf: '2026-09-30T23:59:59.999Z',
    period: { from: '2026-07-01T00:00:00.000Z', to: '2026-09-30T23:59:59.999Z' },
    applicability: { pci_scope: 'out' },
  } as Assessment['plan'];
  const given = {
    ...PLAN,
    entity: 'Another Bank',
    asOfMs: 1,
    paths: ['/exports'],
    thresholds: { b: changed as never },
  };
  expect(packPlan(given, { plan, policies } as Assessment)).toMatchObject({
    entity: 'Northbridge Bank',
    asOfMs: 1790812799999,
    period: { startMs: 1782864000000, endMs: 1790812799999 },
    applicability: { pci_scope: 'out' },
    thresholds: { a: { params: { days: 30 }, by: 'CISO', reason: 'risk analysis' } },
    paths: ['/exports'],
  });
  expect(
    packPlan(given, { plan: { ...plan, period: null }, policies: [] } as unknown as Assessment),
  ).toMatchObject({
    period: null,
    thresholds: {},
  });
});
