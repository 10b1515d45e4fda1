import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Assessment } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

/** A value that stands in a file and cannot be read counts neither as one that nobody stated nor as one that is right. */

const KEY = {
  key_id: 'nb-cards',
  environment: 'production',
  status: 'active',
  risk_tier: 'high',
  owner: 'pia',
};
const INES = {
  principal_id: 'ines',
  kind: 'human',
  status: 'left',
  departed_at: '2026-03-01',
  directory: true,
};
const GRANT = {
  grant_id: 'g1',
  principal_id: 'ines',
  key_id: 'nb-cards',
  action: 'read',
};

const PIA = { ...INES, principal_id: 'pia' };

type Bank = { owner?: object; grant?: object };

/** Outcome of a policy or of one of its elements, as `rule` or `rule#element`, on the only subject of its kind. */
async function audited({ owner = {}, grant = {} }: Bank): Promise<(name: string) => string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'unread-'));
  const files = {
    keys: [KEY],
    principals: [INES, { ...PIA, ...owner }],
    grants: [{ ...GRANT, ...grant }],
  };
  try {
    const sources = Object.entries(files).map(([kind, records]) => {
      writeFileSync(join(folder, `${kind}.json`), JSON.stringify(records));
      return { path: `${kind}.json`, kind, as: 'canonical', covers: { complete: true, systems: ['*'] } };
    });
    const config = { organisation: 'Northbridge Bank', sources };
    writeFileSync(join(folder, 'keyproof.yaml'), JSON.stringify(config));
    const args = ['audit', '.', '--as-of', '2026-09-30', '--fail-on', 'none', '--format', 'findings'];
    const run = await keyproof(args, { cwd: folder });
    expect([0, 3], run.stderr).toContain(run.code);
    const text = readFileSync(join(folder, 'evidence-pack', 'assessment.json'), 'utf8');
    return outcomesIn(JSON.parse(text) as Assessment);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function outcomesIn({ policies }: Assessment): (name: string) => string[] {
  return (name) => {
    const [id, element] = name.split('#');
    const policy = policies.find((one) => one.id === id);
    const counted = element === undefined ? policy : policy?.elements.find((one) => one.id === element);
    return Object.entries(counted?.outcomes ?? {}).flatMap(([outcome, count]) =>
      count > 0 ? [outcome] : [],
    );
  };
}

describeUnlessProved('values that cannot be read', import.meta.url, PROGRAM_FILES, () => {
  it('fails on what is not stated, and on what is', async () => {
    const of = await audited({});
    expect(of('emergency-rotate-departure#access')).toEqual(['fail']);
    expect(of('inv-owner-assigned#employed')).toEqual(['fail']);
  });

  it('leaves open what hangs on a date that cannot be read', async () => {
    const of = await audited({ owner: { departed_at: 'next spring' }, grant: { removed_at: 'in spring' } });
    expect(of('emergency-rotate-departure#access')).toEqual(['no-evidence']);
    expect(of('inv-owner-assigned#employed')).toEqual(['no-evidence']);
  });
});
