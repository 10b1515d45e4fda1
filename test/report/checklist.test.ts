import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderChecklistCsv } from '../../src/report/checklist/csv.js';
import { renderChecklistMarkdown } from '../../src/report/checklist/markdown.js';
import { makeAssessment } from './fixture.js';
import { anyAssessment, HOSTILE, withTexts } from './hostile.js';

const assessment = makeAssessment({ findings: 30 });

const readCsv = (text: string): string[][] => parse(text, { bom: true, relax_column_count: false });

describe('gap-checklist.csv', () => {
  const csv = renderChecklistCsv(assessment);

  it('has one line a gap, in order, with owner, due date and status left to the reader', () => {
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
      'Rules',
      'Failed',
      'Owner',
      'Due date',
      'Status',
      'Notes',
    ]);
    expect(rows.map((row) => row[0])).toEqual(assessment.gaps.map(({ id }) => id));
    expect(rows.every((row) => row.slice(11).join('') === '')).toBe(true);
    const rotation = rows.find((row) => row[0] === 'pci-dss-4.0.1/8.6.3');
    expect(rotation?.slice(4, 6)).toEqual(['Candidate: Not in Place', 'High']);
    expect(rotation?.[9]).toBe('rotation-max-age');
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
        expect(rows).toHaveLength(any.gaps.length + 1);
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
  it('has a table a framework, and says that the run is incomplete', () => {
    const markdown = renderChecklistMarkdown(assessment);
    expect(markdown).toContain('# Gap checklist: Northbridge Bank');
    expect(markdown).toMatch(/^## PCI DSS 4.0.1$/m);
    expect(markdown.split('\n').filter((line) => line.startsWith('| --- |'))).toHaveLength(
      assessment.frameworks.length,
    );
    expect(markdown).toContain('> **This run is incomplete.**');
    expect(markdown.split('\n').filter((line) => line.startsWith('| ☐'))).toHaveLength(
      assessment.gaps.length,
    );
  });

  it('names the facts that nobody stated and the subjects they are unknown for', () => {
    const [framework] = assessment.frameworks;
    const [unknown] = framework?.undecided ?? [];
    expect(renderChecklistMarkdown(assessment).replaceAll('\\', '')).toContain(
      `- ☐ pci_scope of 61 keys: ${unknown?.examples.join(', ')} (First 2 of 61; all of them are in assessment.json.)`,
    );
  });

  it('keeps one line a gap and eight cells a line, whatever the text', () => {
    const bare = (line: string): string => line.replaceAll('\\\\', '').replaceAll('\\|', '');
    fc.assert(
      fc.property(anyAssessment, (any) => {
        const rows = renderChecklistMarkdown(any)
          .split('\n')
          .filter((line) => line.startsWith('|'));
        expect(rows.every((row) => bare(row).split('|').length === 10)).toBe(true);
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
