import { describe, expect, it } from 'vitest';
import type { AuditPlan } from '../../src/model/index.js';
import { at, type Evidence, sharedStoreOf, storeOf } from './evidence.js';

const FACTS: Evidence = {
  keys: [
    { key_id: 'cards-auth', pci_scope: 'cde', vendor: 'Acquirer' },
    { key_id: 'cards-show', pci_scope: 'connected', vendor: 'Acquirer' },
    { key_id: 'fees-batch', pci_scope: 'out', vendor: 'Ledgerly' },
    { key_id: 'lab-try', vendor: 'Labs' },
  ],
  vendors: [
    { vendor_id: 'v-acquirer', name: 'Acquirer' },
    { vendor_id: 'v-ledgerly', name: 'Ledgerly' },
    { vendor_id: 'v-labs', name: 'Labs' },
    { vendor_id: 'v-partner', name: 'Partner' },
  ],
  routes: [
    { route_id: 'pay', vendor: 'Partner' },
    { route_id: 'fees' },
    { route_id: 'fees-open' },
    { route_id: 'refused' },
    { route_id: 'upstream', upstream_credential: 'cards-show' },
  ],
  incidents: [
    { incident_id: 'i-cards', key_ids: ['fees-batch', 'cards-auth'] },
    { incident_id: 'i-fees', key_ids: ['fees-batch'] },
    { incident_id: 'i-unknown', key_ids: ['fees-batch', 'gone'] },
    { incident_id: 'i-none', key_ids: [] },
  ],
  events: [
    call('pay', 'cards-auth'),
    call('fees', 'fees-batch'),
    call('fees-open', 'fees-batch'),
    call('fees-open', null),
    { ...call('refused', 'cards-auth'), outcome: 'failure' },
  ],
};

/** A call that a gateway let pass. */
function call(route_id: string, key_id: string | null): NonNullable<Evidence['events']>[number] {
  return { at: at('2026-09-01T08:00:00Z'), category: 'use', route_id, key_id, outcome: 'success' };
}

const shared = sharedStoreOf({ 'all.csv': FACTS });

/** Returns the PCI DSS scope of a subject as `value by key`. */
async function scopeOf(id: string, store = shared()): Promise<string> {
  const [row] = await store.query<{ value: string; by: string; key: string }>(
    `SELECT pci_scope AS value, pci_scope_by AS by, pci_scope_of AS key FROM subjects WHERE id = '${id}'`,
  );
  return [row?.value, row?.by, row?.key].filter((part) => part).join(' ');
}

describe('the scope of what touches keys', () => {
  it('of a vendor is that of its keys and of the keys used on its routes', async () => {
    expect(await scopeOf('v-acquirer')).toBe('cde keys cards-auth');
    expect(await scopeOf('v-ledgerly')).toBe('out keys fees-batch');
    expect(await scopeOf('v-labs')).toBe('');
    expect(await scopeOf('v-partner')).toBe('cde keys cards-auth');
  });

  it('of a route is that of its credentials and of the keys of calls that passed', async () => {
    expect(await scopeOf('pay')).toBe('cde keys cards-auth');
    expect(await scopeOf('upstream')).toBe('connected keys cards-show');
    expect(await scopeOf('fees')).toBe('out keys fees-batch');
    expect(await scopeOf('refused')).toBe('');
  });

  it('of an incident is that of the keys it names', async () => {
    expect(await scopeOf('i-cards')).toBe('cde keys cards-auth');
    expect(await scopeOf('i-fees')).toBe('out keys fees-batch');
    expect(await scopeOf('i-none')).toBe('');
  });

  it('is never out by keys if some key is not known', async () => {
    expect(await scopeOf('fees-open')).toBe('');
    expect(await scopeOf('i-unknown')).toBe('');
  });
});

it('what a record or a rule states of a vendor, a route or an incident comes before the keys, and those before the default', async () => {
  const stated: Evidence = {
    ...FACTS,
    vendors: [{ vendor_id: 'v-acquirer', name: 'Acquirer', pci_scope: 'out' }],
    incidents: [...(FACTS.incidents ?? []), { incident_id: 'i-own', key_ids: ['cards-auth'] }],
  };
  const plan: Partial<AuditPlan> = {
    applicability: { pci_scope: 'out' },
    scope: [
      { kind: 'route', ids: ['pa?'], facts: { pci_scope: 'connected' }, by: 'Cards', reason: 'tokens only' },
      { kind: 'incident', ids: ['i-own'], facts: { pci_scope: 'out' }, by: 'Cards', reason: 'a drill' },
    ],
  };
  const store = await storeOf({ 'all.csv': stated }, plan);
  expect(await scopeOf('v-acquirer', store)).toBe('out record');
  expect(await scopeOf('pay', store)).toBe('connected rule');
  expect(await scopeOf('i-own', store)).toBe('out rule');
  expect(await scopeOf('i-cards', store)).toBe('cde keys cards-auth');
  expect(await scopeOf('refused', store)).toBe('out default');
});
