import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderChecklistCsv } from '../../src/report/checklist/csv.js';
import { renderChecklistMarkdown } from '../../src/report/checklist/markdown.js';
import { gapRows } from '../../src/report/checklist/row.js';
import { makeAssessment } from './fixture.js';
import { anyAssessment, HOSTILE, withTexts } from './hostile.js';

const assessment = makeAssessment({ findings: 30 });
/** Has controls without a failure that wait for evidence. */
const waiting = makeAssessment({ findings: 2 });

/** Reads `pci-dss-4.0.1 3.6.1, 8.6.3; soc2-2017 CC6.1` as `pci-dss-4.0.1 3.6.1`, `pci-dss-4.0.1 8.6.3` ... */
const namedControls = (text: string): string[] =>
  text.split('; ').flatMap((part) => {
    const [framework = '', ...controls] = part.split(/ |, /);
    return controls.map((control) => `${framework} ${control}`);
  });

const readCsv = (text: string): string[][] => parse(text, { bom: true, relax_column_count: false });

describe('gap-checklist.csv', () => {
  const csv = renderChecklistCsv(assessment);

  it('has a line for each control with a failure, in order, with the last four columns left to the reader', () => {
    const [header, ...rows] = readCsv(csv);
    expect(header).toEqual([
      'ID',
      'Framework',
      'Control',
      'Title',
      'State',
      'Severity',
      'Gap',
      'Action',
      'Missing evidence',
      'Policies',
      'Failed',
      'Owner',
      'Due date',
      'Status',
      'Notes',
    ]);
    const failing = assessment.gaps.filter(({ verdict }) => verdict === 'exception');
    expect(rows.slice(0, failing.length).map((row) => row[0])).toEqual(failing.map(({ id }) => id));
    expect(rows.every((row) => row.slice(11).join('') === '')).toBe(true);
    const rotation = rows.find((row) => row[0] === 'pci-dss-4.0.1/8.6.3');
    expect(rotation?.slice(4, 6)).toEqual(['Candidate: Not in Place', 'High']);
    expect(rotation?.[9]).toBe('rotation-max-age');
  });

  it('names every other control in the line of what it waits for: what is missing, or a question', () => {
    const rows = readCsv(renderChecklistCsv(waiting)).slice(1);
    expect(rows.some((row) => row[0]?.startsWith('missing/'))).toBe(true);
    const others = rows.filter((row) => /^(missing|questions)\//.test(row[0] ?? ''));
    expect(others.length).toBeGreaterThan(0);
    for (const { framework, control, id } of waiting.gaps) {
      const own = rows.filter((row) => row[0] === id).length;
      const named = others.filter((row) =>
        namedControls(row[2] ?? '').includes(`${framework} ${control}`),
      ).length;
      expect([id, own === 1 ? named === 0 : own === 0 && named > 0]).toEqual([id, true]);
    }
  });

  it('is what Excel expects: a byte-order mark and CRLF', () => {
    expect(csv.startsWith('\ufeffID,')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://x","y")'])(
    'does not let %j run as a formula',
    (text) => {
      const hostile = renderChecklistCsv(withTexts(assessment, [text]));
      const cells = readCsv(hostile).slice(1).flat();
      expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
      expect(cells.some((cell) => cell.startsWith("'") || cell.startsWith('[U+'))).toBe(true);
    },
  );

  it('keeps its shape whatever the text', () => {
    fc.assert(
      fc.property(anyAssessment, (any) => {
        const rows = readCsv(renderChecklistCsv(any));
        expect(rows).toHaveLength(gapRows(any).length + 1);
        expect(
          rows
            .slice(1)
            .flat()
            .filter((cell) => /^[=+@\t\r]|^-/.test(cell)),
        ).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('gap-checklist.md', () => {
  it('has a table a framework, one of what is missing, and says that the run is incomplete', () => {
    const markdown = renderChecklistMarkdown(waiting);
    expect(markdown).toContain('# Gap checklist: Northbridge Bank');
    expect(markdown).toMatch(/^## PCI DSS 4.0.1$/m);
    expect(markdown).toContain('> **This run is incomplete.**');
    const rows = markdown.split('\n').filter((line) => line.startsWith('| ☐'));
    const expected = gapRows(waiting).filter(({ id }) => !id.startsWith('questions/'));
    expect(rows).toHaveLength(expected.length);
    expect(markdown).toMatch(/^## Evidence that is missing$/m);
    expect(markdown).toMatch(/^## Questions for people$/m);
  });

  it('has no heading without a line below it, and says that no control has a line if none has', () => {
    const quiet = {
      ...waiting,
      gaps: [],
      missingEvidence: [],
      frameworks: waiting.frameworks.map((one) => ({ ...one, undecided: [] })),
    };
    expect(renderChecklistMarkdown(quiet)).not.toMatch(/^## /m);
    expect(renderChecklistMarkdown(quiet)).not.toContain('0 controls');
  });

  it('names the facts that nobody stated and the subjects they are unknown for', () => {
    const [framework] = assessment.frameworks;
    const [unknown] = framework?.undecided ?? [];
    expect(renderChecklistMarkdown(assessment).replaceAll('\\', '')).toContain(
      `- ☐ PCI DSS scope of 61 keys (pci_scope): ${unknown?.examples.join(', ')} (First 2 of 61; all of them are in assessment.json.)`,
    );
  });

  it('keeps one line a row and its cells, whatever the text', () => {
    const bare = (line: string): string => line.replaceAll('\\\\', '').replaceAll('\\|', '');
    fc.assert(
      fc.property(anyAssessment, (any) => {
        const rows = renderChecklistMarkdown(any)
          .split('\n')
          .filter((line) => line.startsWith('|'));
        expect(rows.every((row) => [9, 10].includes(bare(row).split('|').length))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('prints markup as text', () => {
    const markdown = renderChecklistMarkdown(withTexts(assessment, HOSTILE));
    const unescaped = markdown.replace(/\\[\\`*_[\]|<>~&$:]/g, '').replaceAll('<br>', '');
    expect(unescaped).not.toMatch(/<|\]\(|`|:\/\/|!\[/);
  });
});
