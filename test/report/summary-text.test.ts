import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSummaryText } from '../../src/report/index.js';
import { makeAssessment } from './fixture.js';
import { anyAssessment, emptied } from './hostile.js';

const plain = { output: './evidence-pack', color: false, width: 80 };

describe('the terminal summary', () => {
  const assessment = makeAssessment({ findings: 30 });
  const text = renderSummaryText(assessment, plain);

  it('says what was examined, the result, each framework, the worst risks, what is incomplete and where the pack is', () => {
    expect(text).toMatch(
      /^Northbridge Bank, as of 30 September 2026, end of day UTC\n2,000 keys, 60 principals/,
    );
    expect(text).toMatch(/30 of [\d,]+ checks failed\./);
    expect(text).toMatch(/PCI DSS 4\.0\.1: 8 controls\n {2}6 Candidate: Not in Place\n {2}2 Not Tested/);
    expect(text).toContain('  Unknown, so that what needs it was not used: pci_scope (61 keys)\n');
    expect(text).toMatch(/Top risks\n {2}Critical {2}/);
    expect(text.match(/^ {2}(Critical|High|Medium|Low) /gm)).toHaveLength(5);
    expect(text).toContain('This run is incomplete\n  - exports/vault/rotation.ndjson');
    expect(text).toContain('Evidence pack: ./evidence-pack\nIndicative; an assessor concludes.\n');
  });

  it('keeps to the width of the terminal and uses colour only when told', () => {
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
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
