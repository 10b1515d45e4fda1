import { describe, expect, it } from 'vitest';
import type { ClassifyRule } from '../../src/model/index.js';
import { readFolder } from './folder.js';

const KEYS = `key_id,name,owner,environment,risk_tier,store
arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/a,gate,Moss,staging,low,aws-sm
arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/b,fx,-,,,aws-sm
kv/PROD/c,sepa,,,,vault-kv
kv/test/d,mock,,,,vault-kv
`;

const classified = async (
  classify: ClassifyRule[],
  content: { [path: string]: string } = { 'cards/keys.csv': KEYS },
) => {
  const { files, records } = await readFolder(content, { classify });
  return {
    keys: records.keys?.map(({ classified: given = null, stated_by: by = null }) => ({ given, by })),
    said: files.flatMap(({ decisions }) => decisions.filter((one) => one.startsWith('classify'))),
  };
};

describe('rules of classify', () => {
  it('give what the record does not state, the first that fits first, and are counted', async () => {
    const { keys, said } = await classified([
      { id: ['*/prod/*', '*:secret:prod/*'], environment: 'production', owner: 'Key Office' },
      { store: 'vault-kv', environment: 'test', risk_tier: 'low' },
      { account: '1111*', name: 'f?', risk_tier: 'high' },
    ]);
    expect(keys).toEqual([
      {
        given: null,
        by: ['environment: column environment', 'owner: column owner', 'risk_tier: column risk_tier'],
      },
      { given: ['environment=production, rule 1', 'risk_tier=high, rule 3'], by: ['owner: column owner'] },
      {
        given: ['owner=Key Office, rule 1', 'environment=production, rule 1', 'risk_tier=low, rule 2'],
        by: null,
      },
      { given: ['environment=test, rule 2', 'risk_tier=low, rule 2'], by: null },
    ]);
    expect(said).toEqual([
      'classify: rule 1 (id */prod/* or *:secret:prod/*) gives owner to 1 key, environment to 2 keys',
      'classify: rule 2 (store vault-kv) gives environment to 1 key, risk_tier to 2 keys',
      'classify: rule 3 (name f?, account 1111*) gives risk_tier to 1 key',
      'classify: rules 1 and 2 give 1 key another environment; rule 1 stands first and counts',
      'classify: 1 key with owner neither stated nor given by a rule',
    ]);
  });

  it('fit the path of the file, and its patterns are no regular expressions', async () => {
    const { said } = await classified([
      { path: 'cards/*', owner: 'Cards IT' },
      { id: '.*', risk_tier: 'low' },
    ]);
    expect(said.slice(0, 2)).toEqual([
      'classify: rule 1 (path cards/*) gives owner to 2 keys',
      'classify: rule 2 (id .*) gives risk_tier to 0 keys',
    ]);
  });
});
