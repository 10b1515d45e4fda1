import { expect, it } from 'vitest';
import { adapter as variables } from '../../../src/ingest/adapters/gitlab/ci-variables/adapter.js';
import { adapter as tokens } from '../../../src/ingest/adapters/sailpoint/access-tokens/adapter.js';
import { readTextWith } from './read-with-adapter.js';

const identity = { type: 'IDENTITY', id: '2c91', name: 'Petra Lang' };
const created = '2026-02-11T18:45:37.098Z';

it.each([
  ['variables of Terraform Cloud', [{ key: 'region', value: 'eu', category: 'env', sensitive: true }]],
  ['variables of a pipeline of another tool', [{ key: 'a', masked: true, value: 'b' }]],
  ['roles of SailPoint', [{ id: 'r', name: 'x', owner: identity, created, enabled: true }]],
  [
    'a scope of a group',
    [{ id: 'r', name: 'x', scope: ['a'], owner: { type: 'GROUP' }, created, managed: true }],
  ],
])('%s are no keys', async (_what, value) => {
  const { file } = await readTextWith(variables, JSON.stringify(value), 'projects/1/variables.json');
  expect([variables.id, tokens.id]).not.toContain(file.adapter);
});
