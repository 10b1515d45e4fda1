import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Assessment, ControlResult } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

const KEYS = `key_id,environment,status,risk_tier,last_rotated,icfr_relevant
nb-old,production,active,low,2024-08-10,true
`;

/** The bank's own limit, which is shorter than the age of the key and longer than keyproof's. */
const OWN = `thresholds:
  rotation-max-age:
    params: { max_age_days: { critical: 90, high: 180, medium: 365, low: 365 } }
    by: CISO
    reason: risk analysis of 2026
`;

const folder = mkdtempSync(join(tmpdir(), 'keyproof-limit-'));
describeUnlessProved('whose limit a control is held to', import.meta.url, PROGRAM_FILES, () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Audits the key and returns a control, with the line of findings.csv on its age. */
  async function audited(config: string, control: string): Promise<{ result: ControlResult; row: string }> {
    writeFileSync(join(folder, 'keys.csv'), KEYS);
    writeFileSync(join(folder, 'keyproof.yaml'), `organisation: Northbridge Bank\n${config}`);
    const args = ['audit', 'keys.csv', '--as-of', '2026-09-30', '--format', 'findings', '--fail-on', 'none'];
    const { code, stderr } = await keyproof(args, { cwd: folder });
    expect(code, stderr).toBe(0);
    const read = (name: string) => readFileSync(join(folder, 'evidence-pack', name), 'utf8');
    const { frameworks } = JSON.parse(read('assessment.json')) as Assessment;
    const result = frameworks.flatMap(({ controls }) => controls).find(({ id }) => id === control);
    const row = read('findings.csv')
      .split('\r\n')
      .find((line) => line.includes(',rotation-max-age,'));
    if (result === undefined || row === undefined) throw new Error(`There is no ${control} or no finding.`);
    return { result, row };
  }

  test("a failure against keyproof's default is an observation in SOX, with the limit named everywhere", async () => {
    const { result, row } = await audited('', 'ITGC-APD-5');
    expect(result.verdict).toBe('insufficient-data');
    expect(result.verdictText).toBe("observation against keyproof's default");
    expect(result.because).toMatch(/^Observation against keyproof's default: .*the only tested key/);
    expect(result.because).not.toContain('rotation-max-age');
    expect(result.because).toContain("limit: keyproof's default (max_age_days)");
    const own = result.mappings.find(({ ruleId }) => ruleId === 'rotation-max-age');
    expect(own?.limits).toEqual([{ whose: 'keyproof', text: "keyproof's default (max_age_days)" }]);
    expect(own?.limitation).toContain("Limit: keyproof's default (max_age_days).");
    expect(row).toContain("keyproof's default (max_age_days)");
  });

  test("a failure against the entity's own limit is an exception there", async () => {
    const { result, row } = await audited(OWN, 'ITGC-APD-5');
    expect(result.verdict).toBe('exception');
    expect(result.because).toContain("limit: the entity's, in keyproof.yaml (max_age_days set by CISO)");
    expect(row).toContain("the entity's, in keyproof.yaml (max_age_days set by CISO)");
  });

  test('a key that never expires is an exception: no limit decides that', async () => {
    writeFileSync(
      join(folder, 'keys.csv'),
      'key_id,environment,status,expires,icfr_relevant\nnb-old,production,active,never,true\n',
    );
    writeFileSync(join(folder, 'keyproof.yaml'), 'organisation: Northbridge Bank\n');
    const args = ['audit', 'keys.csv', '--as-of', '2026-09-30', '--format', 'findings', '--fail-on', 'none'];
    const { code, stderr } = await keyproof(args, { cwd: folder });
    expect(code, stderr).toBe(0);
    const pack = readFileSync(join(folder, 'evidence-pack', 'assessment.json'), 'utf8');
    const controls = (JSON.parse(pack) as Assessment).frameworks.flatMap((one) => one.controls);
    const own = controls
      .find(({ id }) => id === 'ITGC-APD-5')
      ?.mappings.find(({ ruleId }) => ruleId === 'inv-expiry-set');
    expect([own?.outcomes.fail, own?.defaultFailures]).toEqual([1, undefined]);
  });
});
