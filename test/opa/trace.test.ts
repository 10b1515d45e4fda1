import { expect, it } from 'vitest';
import { RegoSourceError, type TracedRule, trace } from '../../dist/opa/index.js';

const KEYS = `package keys

import data.limits

violations contains message if {
	some key in input.keys
	old(key)
	not excepted(key.id)
	message := sprintf("%s is old", [key.id])
}

old(key) if key.age > limit

limit := limits.days

excepted(id) if id in input.exceptions

calm if {
	every key in input.keys { key.age < 90 }
}

word := "none" if {
	count(input.keys) == 0
} else := "many" if {
	count(input.keys) > 2
} else := "few"

conflict := input.keys[_].age
`;
const LIMITS = 'package limits\n\ndays := data.params.days\n';
const INPUT = {
  keys: [
    { id: 'a', age: 30 },
    { id: 'b', age: 100 },
    { id: 'c', age: 200 },
  ],
  exceptions: ['c'],
};

const run = (targets: string[], input: unknown = INPUT, query = 'data.keys.violations') =>
  trace({
    modules: { 'keys.rego': KEYS, 'limits.rego': LIMITS },
    query,
    input,
    data: { params: { days: 90 } },
    targets,
  });

/** `name row: text = value, ...` with a sign for what held. */
const said = (rules: TracedRule[]): string[] =>
  rules.flatMap(({ path, held, lines }) => [
    `${held ? '+' : '-'} ${path}`,
    ...lines.map(
      (line) =>
        `${line.held ? '+' : '-'} ${line.row}: ${line.values.map(({ text, value, defined }) => `${text} = ${defined ? JSON.stringify(value) : '?'}`).join('; ')}`,
    ),
  ]);

it('gives the body that held, with what its terms were, and the rules of the package it rests on', async () => {
  const { result, rules } = await run(['data.keys.violations']);
  expect(result).toEqual(['b is old']);
  const key = JSON.stringify({ age: 100, id: 'b' });
  expect(said(rules)).toEqual([
    '+ data.keys.violations',
    `+ 6: key = ${key}; input.keys = ${JSON.stringify(INPUT.keys.map(({ id, age }) => ({ age, id })))}`,
    `+ 7: key = ${key}`,
    `+ 8: key.id = "b"; key = ${key}`,
    `+ 9: message = "b is old"; sprintf("%s is old", [key.id]) = "b is old"; key.id = "b"; key = ${key}`,
    '+ data.keys.old',
    `+ 12: key.age = 100; key = ${key}; limit = 90`,
    '+ data.keys.limit',
    '+ 14: limits.days = 90',
    '- data.keys.excepted',
    '- 16: id = "b"; input.exceptions = ["c"]',
  ]);
  expect(rules[0]?.lines[0]?.values[1]).toMatchObject({ text: 'input.keys', path: ['keys'] });
});

it('gives each way in which a rule held, three of them, and the number of the others', async () => {
  const keys = Array.from({ length: 5 }, (_, n) => ({ id: `k${n}`, age: 100 }));
  const { rules } = await run(['data.keys.violations'], { keys, exceptions: [] });
  const ways = rules.filter(({ path }) => path === 'data.keys.violations');
  expect(ways.map(({ value }) => value)).toEqual(['k0 is old', 'k1 is old', 'k2 is old']);
  expect(ways.map(({ further }) => further)).toEqual([undefined, undefined, 2]);
});

it('gives the line at which a rule stopped, for `every` with the element that broke it', async () => {
  const { rules } = await run(['data.keys.calm'], INPUT, 'data.keys.calm');
  expect(said(rules).slice(0, 2)).toEqual([
    '- data.keys.calm',
    expect.stringMatching(/^- 19: input\.keys = .*; key\.age = 100; key = \{"age":100,"id":"b"\}$/),
  ]);
});

it('gives the branch of an `else` chain that held', async () => {
  const { result, rules } = await run(['data.keys.word'], INPUT, 'data.keys.word');
  expect(result).toBe('many');
  expect(rules).toHaveLength(1);
  expect(rules[0]).toMatchObject({ value: 'many', held: true, location: { row: 24 } });
});

it('is silent about a rule that was not evaluated, and about an undefined query', async () => {
  expect(await run(['data.keys.calm', 'data.keys.nothing'])).toMatchObject({ rules: [] });
  expect(await run([], INPUT, 'data.keys.calm')).toMatchObject({ result: null, rules: [] });
});

it('says where an evaluation goes wrong', async () => {
  const failure = await run([], INPUT, 'data.keys.conflict').catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(RegoSourceError);
  expect(failure).toMatchObject({ file: 'keys.rego', row: 28, sourceLine: 'conflict := input.keys[_].age' });
});
