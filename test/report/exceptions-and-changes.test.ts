import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Assessment, JudgedObservation, RegisteredWaiver } from '../../src/model/index.js';
import { actionColumns } from '../../src/report/actions/columns.js';
import { renderActionsMarkdown } from '../../src/report/actions/markdown.js';
import { exceptionsCsv } from '../../src/report/findings/exceptions-csv.js';
import { findingsCsv } from '../../src/report/findings/findings-csv.js';
import { renderHtml } from '../../src/report/html/page.js';
import { renderSummaryText } from '../../src/report/index.js';
import { paperPage } from '../../src/report/pdf/page.js';
import { annexView } from '../../src/report/pdf/view/annex-view.js';
import { paperView } from '../../src/report/pdf/view/paper-view.js';
import { csvOf } from '../../src/report/table/table.js';
import { makeAssessment } from './fixture.js';
import { packOf } from './pack-of.js';

const base = makeAssessment({ findings: 12, keys: 40 });
const rule = base.actions[0]?.ruleId ?? '';
const LONG_AGO = '2026-03-31T23:59:59.999Z';

/** Returns the findings with one that is new, one that is overdue, and one that an expired exception names. */
const marked = (observations: readonly JudgedObservation[]): JudgedObservation[] => {
  const failed = observations.filter(({ outcome }) => outcome === 'fail');
  return observations.map((one) => {
    if (one.id === failed[0]?.id) return { ...one, firstSeen: base.plan.asOf };
    if (one.id === failed[1]?.id) return { ...one, firstSeen: LONG_AGO };
    return one.id === failed[2]?.id ? { ...one, waiver: 'W-OLD' } : one;
  });
};

const exception = (id: string, given: Partial<RegisteredWaiver>): RegisteredWaiver => ({
  id,
  rule,
  subjects: ['partner-*'],
  allSubjects: false,
  reason: 'The partner replaces its gateway in October',
  risk: 'A key that leaked works until then',
  compensatingControl: 'Calls come from two addresses only',
  requestedBy: 'Noor Haddad',
  approver: 'Ines Okafor',
  granted: '2026-07-01',
  expires: '2026-12-31',
  ticket: 'RSK-204',
  worksheet: null,
  state: 'in-force',
  failures: 1,
  findings: ['0123456789abcdef'],
  controls: [],
  ...given,
});

const assessment: Assessment = {
  ...base,
  plan: { ...base.plan, classification: 'Restricted: internal audit' },
  observations: marked(base.observations),
  actions: base.actions.map((action) => ({ ...action, firstSeen: LONG_AGO, overdue: 3 })),
  exceptions: [
    exception('W-ACTIVE', {}),
    exception('W-OLD', { state: 'expired', expires: '2026-08-31', reason: '=HYPERLINK("http://x")' }),
    exception('W-UNUSED', { failures: 0, findings: [], allSubjects: true, subjects: [] }),
  ],
  changes: {
    previous: { asOf: '2026-06-30T23:59:59.999Z', assessmentSha256: 'a'.repeat(64) },
    counts: {
      new: { total: 4, severities: { critical: 4, high: 0, medium: 0, low: 0 } },
      persisting: { total: 8, severities: { critical: 8, high: 0, medium: 0, low: 0 } },
      fixed: { total: 6, severities: { critical: 0, high: 6, medium: 0, low: 0 } },
    },
    overdue: { critical: 2, high: 1, medium: 0, low: 0 },
  },
};
const pack = packOf(assessment);
const wordsOf = (document: string): string =>
  document.replace(/<(style|script)[^>]*>.*?<\/\1>|<[^>]*>/gs, ' ').replace(/\s+/g, ' ');
const SINCE =
  'Since 30 June 2026, end of day UTC: 4 new, 0 regressed, 8 persisting and 6 fixed; 3 overdue by the suggested dates.';

describe('exceptions and changes, as every report states them', async () => {
  const html = await renderHtml(pack);
  const page = wordsOf(html);
  const paper = wordsOf(
    paperPage('print.hbs', paperView(assessment), { pages: new Map(), density: 'loose' }),
  );

  it('says in page, paper and terminal what changed since the previous pack', () => {
    const terminal = renderSummaryText(assessment, { output: null, color: false, width: 200 });
    for (const text of [page, paper, terminal.replace(/\s+/g, ' ')]) expect(text).toContain(SINCE);
    const first = renderSummaryText(base, { output: null, color: false, width: 200 });
    expect(first).not.toContain('Since ');
  });

  it('says in page, paper and terminal what is late by the dates that people stated, or called done and still open', async () => {
    const stated = (id: string, due: string | null, status: string | null) => ({
      ...{ id, owner: null, due, status, notes: null, listed: true },
    });
    const followUps = [
      stated(rule, '2026-09-29', null),
      stated(base.actions[0]?.findings[0] ?? '', '2026-09-30', 'Done'),
      stated(base.gaps[0]?.id ?? '', '2026-08-01', 'in progress'),
      stated('soc2-2017/CC99.9', '2026-08-01', 'done'),
    ];
    const late = { ...base, followUps };
    const terminal = renderSummaryText(late, { output: null, color: false, width: 200 });
    const shown = [
      wordsOf(await renderHtml(packOf(late))),
      wordsOf(paperPage('print.hbs', paperView(late), { pages: new Map(), density: 'loose' })),
      terminal.replace(/\s+/g, ' '),
    ];
    for (const text of shown) {
      expect(text).toContain('The due date stated in the checklist has passed for 1 action and 1 control.');
      expect(text).toContain('The checklist calls done what is still open by this evidence: 1 finding.');
    }
  });

  it('says in page, paper and terminal how many exceptions are in force, and how many checks they waive', () => {
    const said = '3 accepted exceptions: 1 in force, 1 expired, 1 unused;';
    const terminal = renderSummaryText(assessment, { output: null, color: false, width: 200 });
    for (const text of [page, paper, terminal.replace(/\s+/g, ' ')]) expect(text).toContain(said);
    expect(renderSummaryText(base, { output: null, color: false, width: 200 })).not.toContain('in force');
  });

  it('says in page, paper and terminal what a merged pack was made of', async () => {
    const packs = ['payments', 'cards'].map((name) => ({
      name,
      assessmentSha256: (name === 'cards' ? 'b' : 'c').repeat(64),
      inputs: 3,
      subjects: 20,
    }));
    const merged = { ...assessment, merged: { packs, shared: 2, differing: 1 } };
    const said =
      'Merged from 2 packs, each of evidence of its own: payments and cards. 2 subjects are in several of them: there the worse result counts. The packs state different facts of 1 subject.';
    const terminal = renderSummaryText(merged, { output: null, color: false, width: 200 });
    const onPaper = paperPage('print.hbs', paperView(merged), { pages: new Map(), density: 'loose' });
    const onPage = await renderHtml({ ...pack, assessment: merged });
    for (const text of [terminal, onPaper, onPage]) expect(wordsOf(text)).toContain(said);
    for (const text of [onPaper, onPage]) {
      const words = wordsOf(text);
      for (const { name, assessmentSha256 } of packs) {
        expect(words).toContain(name);
        expect(words).toContain(assessmentSha256);
      }
      expect(words).toContain('the same packs, configuration');
      expect(words).toContain('keyproof merge PACK PACK...');
      expect(words).not.toContain('keyproof audit EXPORTS');
    }
    expect(paper).not.toContain('Merged from');
  });

  it('says of each of the first actions what of it is overdue, wherever it suggests a date', async () => {
    const first = Math.min(5, assessment.actions.length);
    const terminal = renderSummaryText(assessment, { output: null, color: false, width: 200 });
    expect(terminal.match(/suggested by [^(\n]+ \(3 overdue\)/g)).toHaveLength(first);
    const glance = wordsOf(html.slice(html.indexOf('id="glance"'), html.indexOf('id="plan"')));
    expect(glance.match(/\d{4} 3 overdue/g)).toHaveLength(first);
    expect(renderActionsMarkdown(assessment).match(/\d{4}-\d\d-\d\d<br>3 overdue/g)).toHaveLength(
      assessment.actions.length,
    );
    expect(renderSummaryText(base, { output: null, color: false, width: 200 })).not.toContain('overdue');
  });

  it('counts in the plan of work as a table what of each action is overdue, empty without a previous pack', () => {
    const overdueOf = ({ plan, policies, frameworks, actions }: typeof assessment): string[] =>
      parse<{ Overdue: string }>(csvOf(actionColumns({ plan, policies, frameworks }), actions), {
        bom: true,
        columns: true,
      }).map(({ Overdue }) => Overdue);
    expect(new Set(overdueOf(assessment))).toEqual(new Set(['3']));
    expect(new Set(overdueOf(base))).toEqual(new Set(['']));
  });

  it('marks each action with when it was first seen and what of it is overdue', () => {
    expect(page).toContain('since 31 March 2026');
    expect(page.match(/3 overdue/g)?.length).toBeGreaterThan(assessment.actions.length);
    expect(paper).toContain('since 31 March 2026, 3 overdue');
  });

  it('prints the register: state, owner, reason, expiry, and that an expired or unused one covers nothing', () => {
    for (const text of [page, paper]) {
      expect(text).toContain('3 accepted exceptions: 1 in force, 1 expired, 1 unused.');
      expect(text).toContain('W-OLD expired: covers nothing');
      expect(text).toContain('W-UNUSED unused: names no failure');
      expect(text).toMatch(/Noor Haddad approved by Ines Okafor/);
      expect(text).toContain('31 December 2026');
      expect(text).toContain('0123456789abcdef');
    }
  });

  it('writes the register as a table that no spreadsheet takes for formulas', () => {
    const rows: { [column: string]: string }[] = parse(exceptionsCsv(assessment), {
      bom: true,
      columns: true,
    });
    expect(rows.map((row) => [row['exception_id'], row['state'], row['owner'], row['expires']])).toEqual([
      ['W-ACTIVE', 'in-force', 'Noor Haddad', '2026-12-31'],
      ['W-OLD', 'expired', 'Noor Haddad', '2026-08-31'],
      ['W-UNUSED', 'unused', 'Noor Haddad', '2026-12-31'],
    ]);
    expect(rows[1]?.['reason']).toMatch(/^'=HYPERLINK/);
  });

  it('has in findings.csv when each was first seen, by when it is due, and the exception that names it', async () => {
    let csv = '';
    for await (const piece of findingsCsv(pack)) csv += piece;
    const rows: { [column: string]: string }[] = parse(csv, { bom: true, columns: true });
    const overdue = rows.find((row) => row['first_seen'] === '2026-03-31');
    expect(overdue?.['due_suggested']).toMatch(/^2026-/);
    expect((overdue?.['due_suggested'] ?? '') < '2026-09-30').toBe(true);
    expect(rows.filter((row) => row['exception'] === 'W-OLD')).toHaveLength(1);
  });

  it('prints the classification on the page and on each of its sheets', () => {
    expect(page.match(/Restricted: internal audit/g)?.length).toBeGreaterThanOrEqual(2);
    expect(html).toMatch(/@page \{ [^@]*@bottom-left \{ content: "Restricted\\3a {2}internal audit"/);
  });

  it('marks the findings of an annex in the same way', () => {
    const texts = assessment.frameworks.map(({ id }) =>
      wordsOf(paperPage('annex.hbs', annexView(assessment, id), { pages: new Map(), density: 'loose' })),
    );
    expect(texts.join(' ')).toContain('since 31 March 2026, overdue');
    expect(texts.join(' ')).toContain('Exception W-OLD names it and does not hold.');
  });
});
