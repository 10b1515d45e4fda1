import { expect, it } from 'vitest';
import { isSameRepository } from '../../src/github/same-repository.js';

it.each([
  ['ledger', true],
  ['northbridge/ledger', true],
  ['Northbridge/Ledger', true],
  ['https://github.com/northbridge/ledger.git', true],
  ['git@github.com:northbridge/ledger.git', true],
  ['ledger-docs', false],
  ['a-contributor/ledger', false],
  ['https://github.com/a-contributor/ledger', false],
])('%s: %j', (name, is) => expect(isSameRepository(name, 'northbridge/ledger')).toBe(is));
