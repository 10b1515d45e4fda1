import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PRACTICES } from '../../src/config/presets.js';
import { ONLY_IN, OUTSIDE, PROFILES } from '../../src/config/profiles.js';

const page = readFileSync(new URL('../../docs/frameworks.md', import.meta.url), 'utf8');
const rowOf = (name: string) => page.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
const names = (text: string) => [...text.matchAll(/`([a-z_]+)(?:: [\w-]+)?`/g)].map(([, name]) => name);

test.each(Object.entries(PROFILES))('docs/frameworks.md says what the profile %s states', (kind, profile) => {
  const within = Object.values(profile.within ?? {}).flatMap((facts) => Object.keys(facts));
  const [, , states = '', also = ''] = rowOf(kind).split('|');
  expect(names(states).sort()).toEqual(Object.keys(profile.facts).sort());
  expect(names(also)).toEqual(within);
});

test('docs/frameworks.md says what a jurisdiction left out states', () => {
  const [, text = ''] = /Listed without `eu`, it states(.*?)No profile/s.exec(page) ?? [];
  const facts = Object.entries(OUTSIDE).flatMap(([place, stated]) => [
    ...Object.keys(stated),
    ...Object.keys(ONLY_IN).filter((fact) => ONLY_IN[fact] === place),
  ]);
  expect(names(text).filter((name) => name !== 'us' && name !== 'uk')).toEqual(facts);
});

test.each(Object.entries(PRACTICES))('docs/frameworks.md names the presets of %s', (name, conflict) => {
  const [, , listed = ''] = rowOf(name).split('|');
  expect(listed.trim().replaceAll('`', '').split(', ')).toEqual(Object.keys(conflict.presets));
  expect(Object.keys(conflict.presets)[0]).toBe(conflict.default);
});
