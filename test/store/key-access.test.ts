import { expect, it } from 'vitest';
import type { KeyLife } from '../../src/model/index.js';
import { keyLives } from '../../src/store/observations/key-lives.js';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { at, type Evidence, storeOf } from './evidence.js';

type Grant = NonNullable<Evidence['grants']>[number];

async function accessTo(grants: Grant[] | null): Promise<KeyLife['access']> {
  const store = await storeOf({
    'keys.json': { keys: [{ key_id: 'prod/sepa', environment: 'production' }] },
    'people.json': { principals: [{ principal_id: 'ana', kind: 'human', directory: true }] },
    ...(grants === null ? {} : { 'grants.json': { grants } }),
  });
  const [row] = await store.query<{ life: KeyLife }>(keyLives('SELECT key_id FROM keys'));
  return row?.life.access;
}

const held = (
  principal_id: string,
  action: NonNullable<Grant['action']> | null,
  more: Grant = {},
): Grant => ({
  principal_id,
  key_id: 'prod/sepa',
  action,
  ...more,
});

describeUnlessProved('effective access to a key', import.meta.url, STORE_FILES, () => {
  it('is what grants allow, by every way, in five verbs', async () => {
    const access = await accessTo([
      held('ana', 'read', { via: ['group payments', 'policy read-prod'], key_id: 'prod/*' }),
      held('ana', 'revoke', { role: 'janitor' }),
      held('ben', 'admin', { key_id: '*', environment: 'production' }),
      held('cleo', 'use'),
      held('dev', 'audit'),
      held('eli', null),
    ]);
    expect(
      access?.map(({ principal, kind, can, unstated, paths }) => [principal, kind, can, unstated, paths]),
    ).toEqual([
      [
        'ana',
        'human',
        ['read', 'use', 'delete'],
        false,
        ['group payments > policy read-prod > scope prod/*', 'role janitor'],
      ],
      ['ben', null, ['read', 'use', 'rotate', 'create', 'delete'], false, ['named itself > scope *']],
      ['cleo', null, ['use'], false, ['named itself']],
      ['eli', null, [], true, ['named itself']],
    ]);
  });

  it('lacks what a denial takes away, and says so', async () => {
    const access = await accessTo([
      held('ana', 'admin'),
      held('ana', 'read', { effect: 'deny', key_id: 'prod/s*' }),
      held('ben', 'read'),
      held('ben', 'read', { effect: 'deny', removed_at: at('2026-09-01T00:00:00Z') }),
      held('cleo', 'read', { effect: 'deny' }),
    ]);
    expect(access?.map(({ principal, can, denied }) => [principal, can, denied])).toEqual([
      ['ana', ['rotate', 'create', 'delete'], ['read', 'use']],
      ['ben', ['read', 'use'], []],
    ]);
    expect(access?.[0]?.paths).toContain('denied: scope prod/s*');
  });

  it('tells what is an over-approximation, unless another way is none', async () => {
    const why = { over_approximation: ['a condition of the policy office is taken to hold'] };
    const access = await accessTo([
      held('ana', 'admin', why),
      held('ana', 'use'),
      held('ben', 'read', { removed_at: at('2026-09-01T00:00:00Z') }),
    ]);
    expect(access?.map(({ principal, can, atMost, reasons }) => [principal, can, atMost, reasons])).toEqual([
      ['ana', ['use'], ['read', 'rotate', 'create', 'delete'], why.over_approximation],
    ]);
  });

  it('is not known without access rights, and nobody’s if none of them reaches the key', async () => {
    expect(await accessTo(null)).toBeNull();
    expect(await accessTo([held('ana', 'read', { key_id: 'other' })])).toEqual([]);
  });
});
