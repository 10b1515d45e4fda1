import { expect, it } from 'vitest';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { dossierOf, type Evidence, storeOf } from './evidence.js';

const GROUP = { principal_id: 'payments-admins@northbridge.example', group: true, directory: false };

async function holders(principals: NonNullable<Evidence['principals']>, effect: 'allow' | 'deny' = 'allow') {
  const store = await storeOf({
    'keys.json': { keys: [{ key_id: 'k1' }] },
    'people.json': { principals },
    'grants.json': {
      grants: [
        { principal_id: GROUP.principal_id, key_id: 'k1', action: 'read', effect, via: ['role reader'] },
      ],
    },
  });
  const { grants } = await dossierOf(store, 'key', 'k1');
  return grants?.records.map((held) => [held.principal_id, held.effect, held.via]).sort();
}

describeUnlessProved('grants of a group', import.meta.url, STORE_FILES, () => {
  it('go over to the members that a directory lists, groups inside it included', async () => {
    const people = [
      GROUP,
      {
        principal_id: 'card-team',
        group: true,
        roles: ['Payments-Admins@northbridge.example'],
        directory: true,
      },
      { principal_id: 'ana', roles: ['payments-admins@northbridge.example'], directory: true },
      { principal_id: 'ben', roles: ['card-team'], directory: true },
      { principal_id: 'cleo', roles: ['developer'], directory: true },
    ];
    const steps = [`group ${GROUP.principal_id}`, 'role reader'];
    expect(await holders(people)).toEqual([
      ['ana', 'allow', steps],
      ['ben', 'allow', ['group card-team', ...steps]],
    ]);
    expect(await holders(people, 'deny')).toContainEqual(['ben', 'deny', ['group card-team', ...steps]]);
  });

  it('stay beside those of its members if no directory lists them, as it may have others', async () => {
    const people = [GROUP, { principal_id: 'ana', roles: [GROUP.principal_id], directory: false }];
    expect(await holders(people)).toEqual([
      ['ana', 'allow', [`group ${GROUP.principal_id}`, 'role reader']],
      [GROUP.principal_id, 'allow', ['role reader']],
    ]);
  });

  it('do not go to people whose role is called like an account that is no group', async () => {
    const account = { ...GROUP, group: false };
    expect(await holders([account, { principal_id: 'ana', roles: [GROUP.principal_id] }])).toEqual([
      [GROUP.principal_id, 'allow', ['role reader']],
    ]);
  });

  it('go over to the members that a list of the group has, and stay with a group inside it that no list has', async () => {
    const people = [
      { ...GROUP, members_listed: true },
      { principal_id: 'ana', member_of: [GROUP.principal_id], directory: false },
      { principal_id: 'on-call', group: true, member_of: [GROUP.principal_id], directory: false },
    ];
    const steps = [`group ${GROUP.principal_id}`, 'role reader'];
    expect(await holders(people)).toEqual([
      ['ana', 'allow', steps],
      ['on-call', 'allow', steps],
    ]);
    const all = [
      ...people,
      { principal_id: 'on-call', group: true, members_listed: true, directory: false },
      { principal_id: 'ben', member_of: ['on-call'], directory: false },
    ];
    expect(await holders(all)).toEqual([
      ['ana', 'allow', steps],
      ['ben', 'allow', ['group on-call', ...steps]],
    ]);
  });

  it('stay beside those of the members of which a list does not show that it has all', async () => {
    const people = [GROUP, { principal_id: 'ana', member_of: [GROUP.principal_id], directory: false }];
    expect(await holders(people)).toEqual([
      ['ana', 'allow', [`group ${GROUP.principal_id}`, 'role reader']],
      [GROUP.principal_id, 'allow', ['role reader']],
    ]);
  });

  it('are of nobody if the group is listed and empty', async () => {
    expect(await holders([{ ...GROUP, members_listed: true }])).toEqual([]);
  });

  it('go over once if two exports each call the group by the name that the other has', async () => {
    const people = [
      { ...GROUP, aliases: ['g-1'] },
      { ...GROUP, principal_id: 'g-1', aliases: [GROUP.principal_id], members_listed: true },
      { principal_id: 'ana', member_of: ['g-1'], directory: false },
    ];
    expect(await holders(people)).toEqual([['ana', 'allow', ['group g-1', 'role reader']]]);
  });
});
