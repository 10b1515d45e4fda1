import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACTION_FILES } from '../../support/closed-set.js';
import { describeUnlessProved } from '../../support/verdict.js';
import { checkout, keysCsv } from '../bank.js';
import { MERGE_GROUP } from '../events.js';
import { type PullRequestBench, startPullRequestBench } from '../pull-request-bench.js';

const NEW_ONLY = { with: { 'fail-on-new-only': 'true' } };
const LEDGER = { 'ledger-01': '2026-01-01', 'ledger-02': '2026-09-20' };
const folders: string[] = [];
let bench: PullRequestBench;

/** A checkout with two exports of keys, changed as a pull request does. */
function branch(change: (folder: string) => void = () => undefined): string {
  const folder = checkout();
  folders.push(folder);
  mkdirSync(join(folder, 'ledger'));
  writeFileSync(join(folder, 'ledger/keys.csv'), keysCsv(LEDGER));
  change(folder);
  return folder;
}

const withConfig = (text: string) => branch((folder) => appendFileSync(join(folder, 'keyproof.yaml'), text));
const firstLine = (text: string) => text.split('\n').find((line) => line.startsWith('**')) ?? '';

beforeAll(async () => {
  bench = await startPullRequestBench(branch());
});
afterAll(async () => {
  await bench.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describeUnlessProved('evidence that vanished', import.meta.url, ACTION_FILES, () => {
  it('is missing, first of all, in the comment, the summary, a warning and an output', async () => {
    const end = await bench.step(
      branch((folder) => rmSync(join(folder, 'ledger'), { recursive: true })),
      NEW_ONLY,
    );
    expect(end.outputs).toMatchObject({ new: '0', fixed: '0', missing: expect.stringMatching(/^[1-9]\d*$/) });
    const line = `missing now: 1 file, 2 keys and ${end.outputs['missing']} checks.** First: bring back ledger/keys.csv, or state`;
    for (const text of [end.comment, end.summary]) {
      expect(firstLine(text)).toContain(line);
      expect(text).toContain('- Read before and not now: ledger/keys.csv.');
      expect(text).toContain('- 2 keys: examined before, and not there now.');
      expect(text).toMatch(
        /- \d+ checks failed before: the subject or policy is not there now\. Not counted/,
      );
      expect(text).toMatch(/- \d+ checks passed before: the subject or policy is not there now\./);
    }
    expect(end.annotations[0]).toMatchObject({
      level: 'warning',
      message: expect.stringContaining(
        'Missing since main (run 811): Read before and not now: ledger/keys.csv.',
      ),
    });
    expect(bench.api.violations).toEqual([]);
  });

  it('is missing in a merge queue too', async () => {
    const gone = branch((folder) => rmSync(join(folder, 'ledger'), { recursive: true }));
    const end = await bench.step(gone, { ...NEW_ONLY, event: MERGE_GROUP });
    expect(firstLine(end.summary)).toContain('missing now: 1 file, 2 keys and');
  });

  it('is missing if keyproof.yaml ignores it, or nothing in it is recognised', async () => {
    const ignored = withConfig('ignore: [ledger]\n');
    const other = branch((folder) => writeFileSync(join(folder, 'ledger/keys.csv'), 'Moved to the wiki.\n'));
    for (const workspace of [ignored, other])
      expect((await bench.step(workspace)).comment).toContain('- Read before and not now: ledger/keys.csv.');
  });

  it('is not missing if the file only has another name', async () => {
    const end = await bench.step(
      branch((folder) => renameSync(join(folder, 'ledger/keys.csv'), join(folder, 'ledger/keys-q3.csv'))),
    );
    expect(end.outputs).toMatchObject({ new: '0', fixed: '0', missing: '0' });
    expect(end.comment).toBe('');
  });

  it('is not missing if it was exported anew under another name', async () => {
    const end = await bench.step(
      branch((folder) => {
        rmSync(join(folder, 'ledger/keys.csv'));
        writeFileSync(join(folder, 'ledger/keys-q3.csv'), keysCsv({ ...LEDGER, 'ledger-02': '2026-09-22' }));
      }),
    );
    expect(end.outputs).toMatchObject({ missing: '0' });
    expect(end.comment).toBe('');
    expect(end.summary).toContain(
      '- Read before and not now: ledger/keys.csv. Every check of them is still there.',
    );
  });

  it('is missing if every export is gone', async () => {
    const gone = branch((folder) => {
      for (const name of ['ledger', 'exports']) rmSync(join(folder, name), { recursive: true });
    });
    const end = await bench.step(gone);
    expect(end).toMatchObject({ code: 3, outputs: { conclusion: 'incomplete', fixed: '0' } });
    expect(end.comment).toContain(
      '- Read before and not now: exports/keys.csv, exports/people.csv, ledger/keys.csv.',
    );
  });

  it('is no evidence if it is a submodule that is not checked out', async () => {
    const workspace = branch((folder) => mkdirSync(join(folder, 'vendor/exports'), { recursive: true }));
    const end = await bench.step(workspace, {
      with: { paths: 'exports, ledger, vendor/exports', 'fail-on': 'none' },
    });
    expect(end).toMatchObject({ code: 3, outputs: { conclusion: 'incomplete' } });
    expect(firstLine(end.summary)).toContain('vendor/exports: no file matches;');
  });
});

describeUnlessProved('a keyproof.yaml that asks for less', import.meta.url, ACTION_FILES, () => {
  it('is named with the thresholds that differ, and what they alone fixed', async () => {
    const params = '{ critical: 900, high: 900, medium: 900, low: 900 }';
    const end = await bench.step(
      withConfig(
        `thresholds:\n  rotation-max-age:\n    params: { max_age_days: ${params} }\n    by: CISO\n    reason: Trial\n`,
      ),
    );
    expect(firstLine(end.comment)).toMatch(
      /0 new and (\d+) fixed \(\1 by other settings alone\) since main \(run 811\); settings differ\.\*\*/,
    );
    expect(end.comment).toMatch(/- Threshold rotation-max-age, max\\_age\\_days: .* before, .*900.* now\./);
    expect(end.annotations[0]?.message).toContain('Settings differ since main (run 811): ');
  });

  it('is named with the exceptions it adds and the limit it raises', async () => {
    const end = await bench.step(
      withConfig(`failOn: critical
waivers:
  - id: EXC-1
    rule: rotation-max-age
    allSubjects: true
    reason: The vendor rotates in November
    risk: An old key works longer
    compensatingControl: Calls are limited to two addresses
    requestedBy: o.lindqvist@northbridge.example
    approver: ciso@northbridge.example
    granted: 2026-09-01
    expires: 2027-06-30
    ticket: CHG-20417
`),
    );
    expect(firstLine(end.comment)).toMatch(/; \d+ newly accepted; settings differ\.\*\*/);
    expect(end.comment).toContain('- Accepted exceptions added: EXC-1.');
    expect(end.comment).toContain('- Lowest severity that fails a run: high before, critical now.');
  });

  it('is named even if no pack tells what it changes', async () => {
    const end = await bench.step(withConfig('classification: Internal\n'));
    expect(end.comment).toContain('- keyproof.yaml differs.');
    expect(end.outputs).toMatchObject({ new: '0', fixed: '0', missing: '0' });
  });

  it('is named with the frameworks it leaves out and the facts its rules state', async () => {
    const end = await bench.step(
      withConfig(
        "frameworks: [soc2]\nscope:\n  - ids: ['ledger-*']\n    facts: { pci_scope: out }\n    by: CISO\n    reason: No card data\n",
      ),
      { with: { frameworks: '' } },
    );
    expect(end.comment).toContain('- Frameworks not assessed any more: ');
    expect(end.comment).toContain('- The rules of \\`scope\\`, which state facts of subjects, differ.');
  });
});
