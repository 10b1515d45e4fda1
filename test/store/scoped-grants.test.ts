import { expect, it } from 'vitest';
import { openDatabase } from '../../src/duckdb/database.js';
import { spreadScopedGrants } from '../../src/store/resolve/scoped-grants.js';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { dossierOf, storeOf, workFolder } from './evidence.js';

const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}`;
const vault = (name: string) => `https://nb-payments-prod.vault.azure.net/secrets/${name}`;

describeUnlessProved('grants on a scope', import.meta.url, STORE_FILES, () => {
  it('reach the keys whose id or other name the pattern fits, and no other', async () => {
    const store = await storeOf({
      'keys.json': {
        keys: [
          { key_id: secret('prod/sepa-a1B2c3') },
          { key_id: secret('dev/sepa-a1B2c3'), aliases: ['k8s:dev/sepa'] },
          { key_id: vault('swift[1]') },
        ],
      },
      'grants.json': {
        grants: [
          { principal_id: 'jane', key_id: secret('prod/*'), action: 'read', role: 'payments' },
          { principal_id: 'max', key_id: vault('*'), action: 'admin' },
          { principal_id: 'lea', key_id: 'k8s:dev/*', action: 'read' },
          { principal_id: 'tom', key_id: vault('swift[1]').replace('prod', '????'), action: 'read' },
          { principal_id: 'ivo', key_id: vault('[a-z]*'), action: 'read' },
          { principal_id: 'ana', key_id: 'projects/*/secrets/*', action: 'read' },
          { principal_id: 'all', key_id: '*', action: 'audit' },
        ],
      },
    });
    const reached = async (key: string) => {
      const { grants } = await dossierOf(store, 'key', key);
      return grants?.records.map(({ principal_id, role, key_id }) => [principal_id, role, key_id]).sort();
    };
    expect(await reached(secret('prod/sepa-a1B2c3'))).toEqual([
      ['all', null, '*'],
      ['jane', 'payments', secret('prod/sepa-a1B2c3')],
    ]);
    expect(await reached(secret('dev/sepa-a1B2c3'))).toEqual([
      ['all', null, '*'],
      ['lea', null, secret('dev/sepa-a1B2c3')],
    ]);
    expect((await reached(vault('swift[1]')))?.map(([who]) => who)).toEqual(['all', 'max', 'tom']);
  });

  it('that reach no key name none that the inventory lacks', async () => {
    const store = await storeOf({
      'keys.json': { keys: [{ key_id: 'k1' }] },
      'grants.json': {
        grants: [
          { principal_id: 'ana', key_id: 'projects/*/secrets/*', action: 'read' },
          { principal_id: 'max', key_id: 'ghost', action: 'read' },
        ],
      },
    });
    const { unknown_keys: unknown } = await dossierOf(store, 'organisation', 'Northbridge Bank');
    expect(unknown?.records.map(({ key_id }) => key_id)).toEqual(['ghost']);
  });

  it('leave out the keys that they except, and say by which scope they reach the others', async () => {
    const store = await storeOf({
      'keys.json': {
        keys: [{ key_id: secret('prod/sepa-a1B2c3') }, { key_id: secret('prod/swift-a1B2c3') }],
      },
      'grants.json': {
        grants: [
          {
            principal_id: 'ana',
            key_id: secret('prod/*'),
            action: 'read',
            via: ['policy all'],
            except_keys: [secret('prod/swift*')],
          },
        ],
      },
    });
    const reached = async (key: string) =>
      (await dossierOf(store, 'key', key)).grants?.records.map(({ via }) => via) ?? [];
    expect(await reached(secret('prod/sepa-a1B2c3'))).toEqual([['policy all', `scope ${secret('prod/*')}`]]);
    expect(await reached(secret('prod/swift-a1B2c3'))).toEqual([]);
  });

  it.each([
    [{ compared: 100, spread: 3 }, ['a1', 'a2', 'b*'], 1],
    [{ compared: 100, spread: 6 }, ['a1', 'a2', 'b1', 'b2', 'b3', 'b4'], 0],
    [{ compared: 6, spread: 6 }, ['a1', 'a2', 'b*'], 1],
    [{ compared: 5, spread: 6 }, ['a*', 'b*'], 2],
  ])('past a bound (%j) stay on their scope and are counted', async (bounds, keys, left) => {
    const database = await openDatabase(await workFolder(), {});
    const ids = ['a1', 'a2', 'b1', 'b2', 'b3', 'b4'].map((id) => `('${id}', NULL::VARCHAR[])`).join(', ');
    await database.run(
      `CREATE TABLE raw_keys AS FROM (VALUES ${ids}) t(key_id, aliases)`,
      'CREATE VIEW inventory AS SELECT rowid AS rowid, * FROM raw_keys',
      `CREATE TABLE raw_grants AS SELECT * FROM (VALUES ('b*', NULL::VARCHAR[], NULL::VARCHAR[]), ('a*', NULL, NULL)) t(key_id, via, except_keys)`,
      ...spreadScopedGrants(bounds),
    );
    const rows = await database.rows('SELECT key_id FROM raw_grants ORDER BY key_id');
    expect(rows.map((row) => row['key_id'])).toEqual(keys);
    expect(await database.rows('SELECT grants FROM unspread')).toEqual([{ grants: left }]);
    await database.close();
  });
});
