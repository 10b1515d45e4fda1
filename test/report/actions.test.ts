import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, Assessment } from '../../src/model/index.js';
import { renderFormats } from '../../src/report/index.js';
import { makeAssessment } from './fixture.js';
import { anyAssessment, HOSTILE, withTexts } from './hostile.js';
import { memorySink, packOf } from './pack-of.js';

const assessment = makeAssessment({ findings: 60 });

async function rendered(of: Assessment): Promise<{ csv: string; markdown: string }> {
  const sink = memorySink();
  expect(await renderFormats(packOf(of), ['actions'], sink)).toEqual([]);
  return { csv: sink.files.get('actions.csv') ?? '', markdown: sink.files.get('actions.md') ?? '' };
}

const rowsOf = (csv: string): Record<string, string>[] =>
  parse(csv, { columns: true, bom: true, record_delimiter: '\r\n' });

const firstOf = (actions: readonly Action[], of: Partial<Action>): Action => {
  const [first] = actions;
  if (first === undefined) throw new Error('The fixture has no action.');
  return { ...first, ...of };
};

describe('actions.csv', () => {
  it('has a row for each rule that failed, by priority, with what to do, whose it is and by when', async () => {
    const rows = rowsOf((await rendered(assessment)).csv);
    expect(rows.map((row) => row['ID'])).toEqual(assessment.actions.map(({ ruleId }) => ruleId));
    expect(rows.map((row) => row['Priority'])).toEqual(rows.map((_, place) => String(place + 1)));
    const place = assessment.actions.findIndex(({ ruleId }) => ruleId === 'rotation-max-age');
    const action = assessment.actions[place];
    expect(rows[place]).toMatchObject({
      Severity: 'High',
      Affected: `${action?.failed} of ${action?.tested.toLocaleString('en')} keys tested`,
      Failed: String(action?.failed),
      Tested: String(action?.tested),
      'Worst environment': expect.stringMatching(/^production \(\d+\)$/),
      'Owners in the exports': expect.stringMatching(/^Farid Mansouri \(\d+\), Agnes Tolland \(\d+\)/),
      'Suggested due date': '2026-10-14',
      'Kind of work': 'rotation or revocation',
      'Controls it counts for': expect.stringMatching(/pci-dss-4.0.1 .*8\.6\.3/),
      'Evidence that closes it': action?.closedBy,
      'What is tested': assessment.policies.find(({ id }) => id === 'rotation-max-age')?.title,
      Owner: '',
      'Due date': '',
      Status: '',
      Notes: '',
    });
  });

  it('names the first owners and findings, and says how many more there are', async () => {
    const many = firstOf(assessment.actions, {
      failed: 1500,
      owners: Array.from({ length: 15 }, (_, n) => ({ owner: `team-${n}`, failed: 100 })),
      findings: Array.from({ length: 1000 }, (_, n) => `finding-${n}`),
    });
    const [row] = rowsOf((await rendered({ ...assessment, actions: [many] })).csv);
    expect(row?.['Owners in the exports']).toMatch(/team-11 \(100\), and 3 more owners$/);
    expect(row?.['Findings']).toMatch(/finding-19, and 1,480 more, in findings\.csv$/);
  });

  it('says that an owner is not stated, and leaves an environment empty that is not', async () => {
    const unknown = firstOf(assessment.actions, {
      effort: null,
      owners: [{ owner: null, failed: 2 }],
      environments: [{ environment: null, failed: 2 }],
    });
    const [row] = rowsOf((await rendered({ ...assessment, actions: [unknown] })).csv);
    expect(row).toMatchObject({
      'Owners in the exports': 'not stated (2)',
      'Worst environment': '',
      'Kind of work': '',
    });
  });

  it('keeps its shape, and runs no formula, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(anyAssessment, async (any) => {
        const rows = rowsOf((await rendered(any)).csv);
        expect(rows).toHaveLength(any.actions.length);
        const cells = rows.flatMap((row) => Object.values(row));
        expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('actions.md', () => {
  it('is a task list by priority that says what is incomplete', async () => {
    const { markdown } = await rendered(assessment);
    expect(markdown).toContain('# Plan of work: Northbridge Bank');
    expect(markdown).toContain('> **This run is incomplete.**');
    expect(markdown).toMatch(/ Dates are suggested: critical \d+ days( \(default\))?, high /);
    const rows = markdown.split('\n').filter((line) => line.startsWith('| ☐'));
    expect(rows.map((row) => row.split(' | ')[1])).toEqual(
      assessment.actions.map(({ priority }) => String(priority)),
    );
  });

  it('states the result when there is nothing to do', async () => {
    const none = makeAssessment({ findings: 0 });
    expect((await rendered(none)).markdown).toMatch(/^No check failed/m);
  });

  it('prints markup as text, one line an action', async () => {
    const { markdown } = await rendered(withTexts(assessment, HOSTILE));
    const unescaped = markdown.replace(/\\[\\`*_[\]|<>~&$:]/g, '').replaceAll('<br>', '');
    expect(unescaped).not.toMatch(/<|\]\(|`|:\/\/|!\[/);
    const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(assessment.actions.length + 2);
  });
});
