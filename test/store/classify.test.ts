import { expect, it } from 'vitest';
import { dossierOf, storeOf } from './evidence.js';

const RULES = ['owner=Key Office, rule 2', 'environment=production, rule 10', 'environment=test, rule 9'];

async function keyOf(files: { [file: string]: { [field: string]: unknown } }) {
  const evidence = Object.fromEntries(
    Object.entries(files).map(([file, key]) => [file, { keys: [{ key_id: 'k', ...key }] }]),
  );
  const { owner, environment, stated_by } = (await dossierOf(await storeOf(evidence), 'key', 'k')).key;
  return { owner, environment, stated_by };
}

it('a rule of classify counts if no record of the key states the field, the first rule first', async () => {
  expect(await keyOf({ 'a.csv': { classified: RULES } })).toEqual({
    owner: 'Key Office',
    environment: 'test',
    stated_by: [
      'owner: rule 2 of classify in keyproof.yaml',
      'environment: rule 9 of classify in keyproof.yaml',
    ],
  });
  expect(
    await keyOf({
      'a.csv': { classified: RULES },
      'b.csv': {
        environment: 'staging',
        owner: '',
        stated_by: ['environment: tag env', 'owner: column Owner'],
      },
    }),
  ).toEqual({
    owner: '',
    environment: 'staging',
    stated_by: ['environment: tag env', 'owner: column Owner'],
  });
});

it('a rule gives the owner that tags do not name, and nothing that records contradict each other on', async () => {
  expect(
    await keyOf({
      'a.csv': { classified: RULES, owner: '', environment: 'staging' },
      'b.csv': { environment: 'production' },
    }),
  ).toEqual({
    owner: 'Key Office',
    environment: null,
    stated_by: ['owner: rule 2 of classify in keyproof.yaml'],
  });
});
