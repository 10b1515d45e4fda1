import { describe, expect, it } from 'vitest';
import { limitOf } from '../../src/assess/limits.js';
import type { AuditPlan, Policy } from '../../src/model/index.js';
import { policy } from './fixtures.js';

const rule: Policy = {
  ...policy('rule', 'key'),
  elements: [
    { id: 'age', title: 'age', shows: 'Age.', criterion: { params: ['days', 'hours'] } },
    { id: 'proof', title: 'proof', shows: 'Proof.', criterion: 'none' },
    { id: 'plan', title: 'plan', shows: 'Plan.', criterion: 'entity' },
    { id: 'clock', title: 'clock', shows: 'Clock.', criterion: { law: 'Article 1' } },
  ],
};

const threshold = { kind: 'threshold', by: 'CISO', reason: 'risk analysis' } as const;
const preset = { kind: 'preset', conflict: 'rotation', preset: 'strict-90', reason: 'both' } as const;

function set(origins: AuditPlan['thresholds'][string]['origins']): AuditPlan['thresholds'] {
  return { rule: { params: {}, origins } };
}

describe('whose limit decides', () => {
  it('is what the policy states of an element', () => {
    expect(limitOf(rule, 'proof', {})).toEqual({ whose: 'none', text: 'no limit' });
    expect(limitOf(rule, 'plan', {}).whose).toBe('entity');
    expect(limitOf(rule, 'clock', {})).toEqual({ whose: 'law', text: 'the law (Article 1)' });
  });

  it("is keyproof's unless keyproof.yaml sets every parameter of it", () => {
    const [none, one] = [{}, set({ days: threshold })];
    expect(limitOf(rule, 'age', none)).toEqual({
      whose: 'keyproof',
      text: "keyproof's default (days, hours)",
    });
    expect(limitOf(rule, 'age', one)).toEqual({ whose: 'keyproof', text: "keyproof's default (hours)" });
    expect(limitOf(rule, 'age', set({ days: threshold, hours: preset }))).toEqual({
      whose: 'entity',
      text: "the entity's, in keyproof.yaml (days set by CISO; hours by the preset strict-90)",
    });
  });

  it("is the policy's own if it comes from outside and keyproof.yaml sets not all of it", () => {
    const own: Policy = { ...rule, domain: 'custom' };
    expect(limitOf(own, 'age', {})).toEqual({ whose: 'entity', text: "the policy's own (days, hours)" });
    expect(limitOf(own, 'age', set({ days: threshold })).text).toBe("the policy's own (hours)");
    expect(limitOf(own, 'age', set({ days: threshold, hours: threshold })).text).toContain('keyproof.yaml');
  });

  it('is the criterion of a policy without elements, and no limit if it states none', () => {
    const { elements: _, ...whole } = rule;
    const limited: Policy = { ...whole, criterion: { params: ['days'] } };
    expect(limitOf(limited, 'rule', set({ days: threshold })).whose).toBe('entity');
    expect(limitOf(limited, 'rule', {}).whose).toBe('keyproof');
    expect(limitOf(whole, 'rule', {}).whose).toBe('none');
  });
});
