import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FrameworkResult, NOT_RECOGNISED } from '../../src/model/index.js';
import { endingText, renderSummaryText } from '../../src/report/index.js';
import { statesText } from '../../src/report/text/control-states.js';
import { makeAssessment } from './fixture.js';
import { anyAssessment, emptied } from './hostile.js';

const plain = { output: './evidence-pack', color: false, width: 80 };

describe('the terminal summary', () => {
  const assessment = makeAssessment({ findings: 30 });
  const text = renderSummaryText(assessment, plain);

  it('says the result, the first actions, a line a framework, what would decide most, and where the pack is', () => {
    expect(text).toMatch(
      /^Northbridge Bank, as of 30 September 2026, end of day UTC\n2,000 keys, 60 principals/,
    );
    expect(text).toMatch(
      /\d+ of 2,000 keys tested have a critical failure; \d+ have a failure of any\s+severity\./,
    );
    expect(text).toMatch(/[\d,]+ checks that apply: 30 failed, /);
    expect(text).toMatch(/What to do first\n {2}(Critical|High) {2}/);
    expect(text.match(/^ {2}(Critical|High|Medium|Low) /gm)?.length).toBeLessThanOrEqual(5);
    expect(text).toContain('PCI DSS 4.0.1, 8 controls: Candidate: Not in Place 6, not examined 2');
    expect(text).toContain('What would decide most of the rest, in checks\n');
    expect(text).toContain('This run is incomplete\n  - exports/vault/rotation.ndjson');
    expect(text).toMatch(/\nEvidence pack: \.\/evidence-pack\nIndicative; an assessor concludes\.\n$/);
    expect(text).not.toContain('Taken as given');
  });

  it('adds what was taken as given, and every verdict in the words of its framework, when asked', () => {
    const whole = renderSummaryText(assessment, { ...plain, verbose: true });
    expect(whole).toMatch(/PCI DSS 4\.0\.1: 8 controls\n {2}6 Candidate: Not in Place\n {2}2 Not Tested/);
    expect(whole).toContain('  Unknown, so that what needs it was not used: PCI DSS scope (61 keys)\n');
    expect(whole.replace(/\s+/g, ' ')).toContain('role under the GDPR = both (bank profile: controller)');
    expect(whole).toContain('Taken as given\n');
  });

  it('counts controls apart that have words of their own for a verdict', () => {
    const frameworks = structuredClone(assessment.frameworks);
    const own = frameworks[0]?.controls.find(({ verdict }) => verdict === 'exception');
    if (own === undefined) throw new Error('no exception');
    own.verdictText = 'exception noted on a filing';
    const said = (verbose: boolean) =>
      renderSummaryText({ ...assessment, frameworks }, { ...plain, width: 120, verbose });
    const [filing, others] = ['exception noted on a filing', 'Candidate: Not in Place'];
    expect(said(false)).toMatch(
      new RegExp(`8 controls: (${filing} 1, ${others} 5|${others} 5, ${filing} 1), not examined\\s+2`),
    );
    expect(said(true)).toContain(`  5 ${others}\n`);
    expect(said(true)).toContain(`  1 ${filing}\n`);
    expect(statesText(frameworks[0] as FrameworkResult)).toContain(`1 “${filing}”`);
  });

  it('names the files that no adapter recognised, the first three and how many more', () => {
    const [input] = assessment.inputs;
    const files = ['a', 'b', 'c', 'd'].map((name) => ({
      ...(input as (typeof assessment.inputs)[number]),
      path: `${name}.csv`,
      warnings: [`${NOT_RECOGNISED} (csv); state what it is`],
    }));
    const said = (inputs: typeof assessment.inputs) =>
      renderSummaryText({ ...assessment, inputs }, { ...plain, width: 100 }).replace(/\n/g, ' ');
    expect(said([...assessment.inputs, ...files])).toContain(
      '4 files were not recognised as any export, so that nothing in them counts: a.csv, b.csv, c.csv and 1 more. keyproof inspect states what each looks like.',
    );
    expect(said(files.slice(0, 1))).toContain(
      '1 file was not recognised as any export, so that nothing in it counts',
    );
    expect(text).not.toContain('not recognised');
  });

  it('says that other subjects failed also only if keys did', () => {
    const worst = { critical: 0, high: 0, medium: 0, low: 0 };
    const keys = { kind: 'key', subjects: 3, tested: 2, undecided: 1, worst } as const;
    const vendors = {
      kind: 'vendor',
      subjects: 9,
      tested: 2,
      failed: 1,
      undecided: 0,
      worst: { ...worst, low: 1 },
    } as const;
    const said = (failed: number) =>
      renderSummaryText({ ...assessment, subjectFailures: [{ ...keys, failed }, vendors] }, plain);
    expect(said(0)).toContain('\nFailures on 1 of 2 vendors tested.\n');
    expect(said(1)).toContain('\nFailures also on 1 of 2 vendors tested.\n');
  });

  it('counts no organisation, of which there is one', () => {
    const organisation = { kind: 'organisation', subjects: 1, tested: 1, failed: 0, undecided: 1 } as const;
    const worst = { critical: 0, high: 0, medium: 0, low: 0 };
    const said = (failures: object) => {
      const subjectFailures = [{ ...organisation, worst, ...failures }];
      return renderSummaryText({ ...assessment, subjectFailures }, { ...plain, width: 100 }).replace(
        /\s+/g,
        ' ',
      );
    };
    expect(said({})).toContain(
      'No key was examined. No failure was found on the organisation itself; it could not be decided in full.',
    );
    expect(said({ undecided: 0 })).toContain('on the organisation itself in the records supplied.');
    expect(said({ failed: 1 })).toContain('The organisation itself has a failure; none is critical.');
    expect(said({ failed: 1, worst: { ...worst, critical: 1 } })).toContain(
      'The organisation itself has a critical failure.',
    );
  });

  it('gives the reason of the exit code, then the file to open', () => {
    const end = { exitCode: 1, failOn: 'high' } as const;
    const { critical, high } = assessment.severities;
    const open = 'evidence-pack/index.html';
    expect(renderSummaryText(assessment, { ...plain, end, open })).toContain(
      `${critical + high} findings at or above high (--fail-on high): exit 1.\nEvidence pack: ./evidence-pack\nOpen ${open}\n`,
    );
    expect(endingText(assessment, { exitCode: 3, failOn: 'high' })).toMatch(
      /^The run is incomplete for \d+ reasons?: exit 3\.$/,
    );
    expect(endingText(assessment, { exitCode: 0, failOn: 'critical' })).toBe(
      'No finding at or above critical (--fail-on critical), and the run is complete: exit 0.',
    );
  });

  it('says first that most is undecided, if most is', () => {
    const outcomes = { ...assessment.outcomes, 'no-evidence': 100_000 };
    expect(renderSummaryText({ ...assessment, outcomes }, plain)).toMatch(
      /\n\n100,\d{3} of 1\d\d,\d{3} checks that apply could not be decided: evidence is missing\.\n/,
    );
  });

  it.each([40, 60, 80])('keeps to the width of a terminal of %i columns', (width) => {
    const end = { exitCode: 1, failOn: 'high' } as const;
    for (const verbose of [false, true]) {
      const lines = renderSummaryText(assessment, { ...plain, width, end, verbose }).split('\n');
      expect(lines.filter((line) => line.length > width && line.trim().includes(' '))).toEqual([]);
    }
  });

  it('names frameworks of which nothing applies in one sentence', () => {
    const [first, ...others] = structuredClone(assessment.frameworks);
    for (const control of first?.controls ?? []) control.verdict = 'not-applicable';
    const frameworks = first === undefined ? others : [first, ...others];
    const said = renderSummaryText({ ...assessment, frameworks }, { ...plain, width: 100 });
    expect(said).toContain(`  No control applies, for stated reasons: ${first?.title}`);
    expect(said).not.toContain(`${first?.title} ${first?.version}, `);
  });

  it('uses colour only when told', () => {
    expect(text).not.toContain('\u001b');
    expect(renderSummaryText(assessment, { ...plain, color: true })).toContain('\u001b[1;31m');
  });

  it('says so when nothing was evaluated or no pack was written', () => {
    const nothing = renderSummaryText(emptied(assessment), { ...plain, output: null });
    expect(nothing).toContain('Nothing was evaluated, so nothing can be said.');
    expect(nothing).toContain('No evidence pack was written.');
  });

  it('never lets an export steer the terminal', () => {
    fc.assert(
      fc.property(anyAssessment, (any) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not come through
        expect(renderSummaryText(any, plain)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
      }),
      { numRuns: 100 },
    );
  });
});
