import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/assets/package-root.js';
import { PRACTICES, type Preset } from '../../src/config/presets.js';
import type { ParamValue, Policy } from '../../src/model/index.js';
import { loadPolicies } from '../../src/policies/index.js';

const folder = { dir: fileURLToPath(new URL('policies', packageRoot)), builtIn: true };
const presets = Object.entries(PRACTICES).flatMap(([conflict, { presets: named }]) =>
  Object.entries<Preset>(named).map(([name, preset]) => ({ conflict, name, preset })),
);

/** A preset as overrides of the rule book. */
function overridesOf({ thresholds }: Preset) {
  return Object.fromEntries(Object.entries(thresholds).map(([id, params]) => [id, { params }]));
}

describe('the presets that are shipped', () => {
  let book: Policy[];
  beforeAll(async () => {
    book = (await loadPolicies([folder], { overrides: {} })).policies;
  });

  test.each(presets)('$conflict $name sets parameters that rules of the book have', async ({ preset }) => {
    const overrides = overridesOf(preset);
    const { policies } = await loadPolicies([folder], { overrides });
    for (const [id, { params }] of Object.entries(overrides)) {
      const policy = policies.find((one) => one.id === id);
      expect(policy?.params, id).toMatchObject(params);
      for (const [name, value] of Object.entries(params))
        expect(shapeOf(value), `${id}.${name}`).toEqual(shapeOf(policy?.defaults?.[name]));
    }
  });

  test.each(Object.entries(PRACTICES))('the default of %s is what the rules do anyway', (_, conflict) => {
    const named = new Map<string, Preset>(Object.entries(conflict.presets));
    for (const [id, params] of Object.entries(named.get(conflict.default)?.thresholds ?? {}))
      expect(book.find((policy) => policy.id === id)?.params, id).toMatchObject(params);
  });

  test.each(Object.entries(PRACTICES))(
    'the presets of %s differ, and set the same parameters',
    (_, conflict) => {
      const all = Object.values<Preset>(conflict.presets).map(({ thresholds }) => thresholds);
      const names = all.map((thresholds) =>
        Object.entries(thresholds).map(([id, params]) => [id, Object.keys(params).sort()]),
      );
      expect(new Set(names.map((each) => JSON.stringify(each))).size).toBe(1);
      expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(all.length);
    },
  );
});

/** The type of a parameter, with the names a mapping has: a tier left out would have no limit. */
function shapeOf(value: ParamValue | undefined): unknown {
  if (Array.isArray(value) || typeof value !== 'object') return Array.isArray(value) ? 'list' : typeof value;
  return Object.keys(value).sort();
}
