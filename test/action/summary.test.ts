import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Changes } from '../../src/action/changes.js';
import { endingOf } from '../../src/action/conclusion.js';
import { COMMENT_ROOM, runMarkdown, SUMMARY_ROOM } from '../../src/action/markdown/summary.js';
import type { RunReport } from '../../src/action/run-report.js';
import type { CheckChange, ExitCode, JudgedObservation } from '../../src/model/index.js';
import { makeAssessment } from '../report/fixture.js';

const assessment = makeAssessment({ findings: 40, complete: true });
const failed = assessment.observations.filter(({ outcome }) => outcome === 'fail');
const changed = (check: JudgedObservation, change: CheckChange['change']): CheckChange => ({
  id: check.id,
  change,
  causes: ['evidence'],
  ruleId: check.ruleId,
  subject: { ...check.subject, label: null, owner: null },
  old: change === 'new' ? null : { outcome: 'fail', severity: check.severity },
  new: { outcome: change === 'new' ? 'fail' : 'pass', severity: change === 'new' ? check.severity : null },
  message: check.violations[0]?.message ?? null,
});
const changes: Changes = {
  since: 'main (run 811)',
  new: {
    severities: { critical: 0, high: 2, medium: 1, low: 0 },
    causes: { evidence: 1, time: 2 },
    bySettings: 0,
    examples: failed.slice(0, 3).map((check) => changed(check, 'new')),
  },
  fixed: {
    severities: { critical: 1, high: 0, medium: 0, low: 0 },
    causes: { evidence: 1 },
    bySettings: 0,
    examples: failed.slice(3, 4).map((check) => changed(check, 'fixed')),
  },
  accepted: 0,
  missing: { files: [], subjects: [], gone: { failed: 2, passed: 0 }, undecided: 1 },
  settings: [],
  noLongerApplies: 0,
  notes: ['The packs speak for different dates.'],
};

const none: Changes['new'] = {
  severities: { critical: 0, high: 0, medium: 0, low: 0 },
  causes: {},
  bySettings: 0,
  examples: [],
};

const report = (given: Partial<RunReport> = {}): RunReport => ({
  assessment,
  failOn: 'high',
  newOnly: false,
  ending: { exitCode: 1, conclusion: 'failure' },
  incomplete: [],
  changes: null,
  worst: failed,
  artifact: 'keyproof-evidence-pack',
  packSha256: 'a'.repeat(64),
  runUrl: 'https://github.com/northbridge/integrations/actions/runs/812',
  notes: [],
  ...given,
});

const firstLine = (given: Partial<RunReport>) =>
  runMarkdown(report(given), SUMMARY_ROOM).split('\n')[0] ?? '';

describe('the first line', () => {
  it('states what failed the step, and what to do first', () => {
    const { critical, high } = assessment.severities;
    const counted = [critical > 0 ? `${critical} critical` : '', high > 0 ? `${high} high` : '']
      .filter(Boolean)
      .join(' and ');
    const line = firstLine({});
    expect(line).toMatch(
      new RegExp(
        `^\\*\\*Failed: ${critical + high} failures at or above high \\(${counted}\\)\\.\\*\\* First: `,
      ),
    );
    const remedy = assessment.policies.find(({ id }) => id === failed[0]?.ruleId)?.remediation ?? 'none';
    expect(line).toContain(remedy.split(' ')[0]);
  });

  it('counts only what is new if only that fails the step', () => {
    expect(firstLine({ changes, newOnly: true })).toMatch(
      /^\*\*Failed: 2 new failures at or above high since main \(run 811\) \(2 high\); missing now: 3 checks\.\*\* /,
    );
  });

  it('states what makes the run look better than its evidence', () => {
    const gone: Changes = {
      ...changes,
      new: none,
      fixed: { ...changes.fixed, causes: { threshold: 1 }, bySettings: 1 },
      accepted: 4,
      missing: {
        files: ['exports/cards.csv'],
        subjects: [{ kind: 'key', added: 0, gone: 3 }],
        gone: { failed: 5, passed: 30 },
        undecided: 1,
      },
      settings: ['Accepted exceptions added: EXC-1.'],
    };
    for (const newOnly of [true, false])
      expect(firstLine({ ending: { exitCode: 0, conclusion: 'success' }, changes: gone, newOnly })).toContain(
        '0 new and 1 fixed (1 by other settings alone) since main (run 811); missing now: 1 file, 3 keys and 36 checks; 4 newly accepted; settings differ.** First: bring back exports/cards.csv, or state',
      );
    expect(firstLine({ changes: { ...gone, new: changes.new }, newOnly: true })).toContain(
      '(2 high); missing now: 1 file, 3 keys and 36 checks; 4 newly accepted; settings differ.** First: ',
    );
  });

  it('never calls a run a success that could not decide or read everything', () => {
    const undecided = assessment.outcomes['no-evidence'] + assessment.outcomes.error;
    const ok = { exitCode: 0, conclusion: 'success' } as const;
    expect(firstLine({ ending: ok, changes, newOnly: true })).toMatch(
      new RegExp(
        `^\\*\\*No new failure at or above high; 40 checks failed, ${undecided} could not be decided; 3 new and 1 fixed since main`,
      ),
    );
    const incomplete = [{ kind: 'unreadable-input', message: 'keys.csv: is not UTF-8.' }] as const;
    expect(firstLine({ ending: { exitCode: 3, conclusion: 'incomplete' }, incomplete })).toMatch(
      /^\*\*Incomplete: 1 input or output could not be read, evaluated or written in full; .*\*\* First: keys.csv: is not UTF-8\.$/,
    );
  });
});

describe('the text', () => {
  it('lists what is new and fixed, says what it does not count, and where the pack is', () => {
    const text = runMarkdown(report({ changes, notes: ['Results were not uploaded.'] }), SUMMARY_ROOM);
    for (const part of [
      '### New (3)',
      '### Fixed (1)',
      '### Missing now',
      '2 checks failed before: the subject or policy is not there now. Not counted as fixed.',
      '1 check decided before, and without evidence now.',
      'Explained by: as-of date or period 2, evidence 1.',
      'The packs speak for different dates.',
      'Explained by',
      '| evidence |',
      '### Notes',
      'Results were not uploaded.',
      'the artifact `keyproof-evidence-pack` of [this run]',
      'a'.repeat(64),
      'Indicative; an assessor concludes.',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('Worst failures');
  });

  it('fits into a step summary and a comment whatever it has to say', () => {
    const long: JudgedObservation = {
      ...(failed[0] as JudgedObservation),
      violations: [{ element: 'e', message: 'ß'.repeat(20_000), facts: {}, records: [] }],
    };
    const worst = Array.from({ length: 500 }, () => long);
    for (const room of [SUMMARY_ROOM, COMMENT_ROOM]) {
      const text = runMarkdown(report({ worst }), room);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(room.bytes);
      expect(text).toMatch(/^\*\*Failed/);
    }
  });

  it('cannot be broken by a name in evidence, which notifies nobody', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
        const subject = { kind: 'key' as const, id: `${name} @northbridge/security | <b> \n\n# x` };
        const worst = [{ ...(failed[0] as JudgedObservation), subject }];
        const text = runMarkdown(report({ worst }), COMMENT_ROOM);
        const row =
          text.split('\n').find((line) => line.includes('northbridge/security') && line.startsWith('|')) ??
          '';
        expect(row.replace(/\\\\/g, '').replace(/\\\|/g, '').split('|')).toHaveLength(7);
        expect(text).not.toMatch(/[^\w`]@northbridge/);
        expect(text).not.toMatch(/^# x/m);
      }),
    );
  });
});

describe('the ending', () => {
  const all = { failOn: 'high' as const, newOnly: false };
  const onlyNew = { ...all, newOnly: true };
  const whole = (exitCode: ExitCode) => ({ exitCode, incomplete: false });
  const incomplete = (exitCode: ExitCode) => ({ exitCode, incomplete: true });

  it('is that of the audit, unless only what is new counts', () => {
    expect(endingOf(whole(1), all, changes)).toEqual({ exitCode: 1, conclusion: 'failure' });
    expect(endingOf(whole(1), onlyNew, changes)).toEqual({ exitCode: 1, conclusion: 'failure' });
    const low: Changes = {
      ...changes,
      new: { ...changes.new, severities: { critical: 0, high: 0, medium: 5, low: 1 } },
    };
    expect(endingOf(whole(1), onlyNew, low)).toEqual({ exitCode: 0, conclusion: 'success' });
  });

  it('counts everything if it is not known what is new', () => {
    expect(endingOf(whole(1), onlyNew, null)).toEqual({ exitCode: 1, conclusion: 'failure' });
  });

  it('is not a success if the run is incomplete', () => {
    const same: Changes = { ...changes, new: none };
    expect(endingOf(incomplete(1), onlyNew, same)).toEqual({ exitCode: 3, conclusion: 'incomplete' });
    expect(endingOf(incomplete(3), all, null)).toEqual({ exitCode: 3, conclusion: 'incomplete' });
  });
});
