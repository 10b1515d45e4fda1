import {
  type CheckChange,
  EXIT,
  type JudgedObservation,
  SEVERITIES,
  type Severity,
  type SeverityCounts,
} from '../../index.js';
import { bySettingsText } from '../../text/by-settings.js';
import { formatCount, joinWords, plural } from '../../text/format.js';
import { markdownText } from '../../text/markdown.js';
import { type Changes, changedCount } from '../changes.js';
import { missingWords } from '../missing-now.js';
import type { RunReport } from '../run-report.js';

/** Returns the first line: the result, and the one thing to do first. */
export function leadLine(report: RunReport): string {
  return [`**${resultOf(report)}**`, ...firstStep(report)].join(' ');
}

/** Returns the result and the exit code in a line for the log. */
export function endingLine(report: RunReport): string {
  return `${resultOf(report)} Exit ${report.ending.exitCode}.`;
}

function resultOf(report: RunReport): string {
  if (report.ending.exitCode === EXIT.findings) return failureText(report);
  if (report.incomplete.length > 0)
    return `Incomplete: ${plural(report.incomplete.length, 'input or output', 'inputs or outputs')} could not be read, evaluated or written in full; ${countsText(report)}.`;
  if (report.failOn === 'none' || report.assessment.outcomes.fail === 0)
    return `${capital(countsText(report))}.`;
  const fresh = report.newOnly && report.changes !== null ? 'new failure' : 'failure';
  return `No ${fresh}${limitText(report)}; ${countsText(report)}.`;
}

function failureText(report: RunReport): string {
  const { changes, newOnly, assessment } = report;
  const isNew = newOnly && changes !== null;
  const counted = countedSeverities(report, isNew ? changes.new.severities : assessment.severities);
  const count = counted.reduce((sum, [, failures]) => sum + failures, 0);
  const parts = counted.map(([severity, failures]) => `${formatCount(failures)} ${severity}`);
  const since = isNew ? ` since ${markdownText(changes.since)}` : '';
  const rest = isNew ? besidesText(changes) : changesText(report);
  return `Failed: ${plural(count, isNew ? 'new failure' : 'failure')}${limitText(report)}${since} (${joinWords(parts)})${rest}.`;
}

/** Returns what a run without a failure that counts shows; also what it could not decide, which is no success. */
function countsText(report: RunReport): string {
  const { fail, error, 'no-evidence': unknown } = report.assessment.outcomes;
  const failed = fail === 0 ? 'no check failed' : `${plural(fail, 'check')} failed`;
  return `${failed}, ${formatCount(unknown + error)} could not be decided${changesText(report)}`;
}

function changesText({ changes }: RunReport): string {
  if (changes === null) return '';
  const fresh = formatCount(changedCount(changes.new));
  const fixed = `${formatCount(changedCount(changes.fixed))} fixed${bySettingsText(changes.fixed.bySettings)}`;
  return `; ${fresh} new and ${fixed} since ${markdownText(changes.since)}${besidesText(changes)}`;
}

/** Returns what makes a run look better than its evidence: what is missing, and what it was asked otherwise. */
function besidesText({ missing, accepted, settings }: Changes): string {
  const words = missingWords(missing);
  return [
    words === '' ? '' : `; missing now: ${words}`,
    accepted > 0 ? `; ${formatCount(accepted)} newly accepted` : '',
    settings.length > 0 ? '; settings differ' : '',
  ].join('');
}

function limitText({ failOn }: RunReport): string {
  if (failOn === 'none' || failOn === 'low') return '';
  return failOn === 'critical' ? ' that is critical' : ` at or above ${failOn}`;
}

/** Returns the severities that fail the step, worst first, with their failures. */
function countedSeverities({ failOn }: RunReport, severities: SeverityCounts): [Severity, number][] {
  const last = failOn === 'none' ? SEVERITIES.length : SEVERITIES.indexOf(failOn) + 1;
  return SEVERITIES.slice(0, last).flatMap((severity): [Severity, number][] =>
    severities[severity] > 0 ? [[severity, severities[severity]]] : [],
  );
}

/** Returns what to do first: about the worst new failure, else about the worst of all; about the first gap if that ended the step. */
function firstStep({ assessment, changes, worst, incomplete, ending }: RunReport): string[] {
  if (ending.exitCode === EXIT.incomplete && incomplete[0])
    return [`First: ${markdownText(incomplete[0].message)}`];
  const [fresh] = changes?.new.examples ?? [];
  if (fresh === undefined && changes !== null && missingWords(changes.missing) !== '')
    return [`First: ${missingStep(changes)}`];
  const first = fresh ?? worst[0];
  if (first === undefined) return [];
  const remedy = assessment.policies.find(({ id }) => id === first.ruleId)?.remediation ?? '';
  return [`First: ${markdownText(first.subject.id)}: ${whatFailed(first)}. ${markdownText(remedy)}`];
}

/** Returns what to do about what is missing. */
function missingStep({ missing }: Changes): string {
  const what = missing.files[0] ?? 'what is missing';
  return `bring back ${markdownText(what)}, or state in the change why it is no evidence any more.`;
}

/** Returns why a check failed, without a full stop, as Markdown. */
export function whatFailed(check: JudgedObservation | CheckChange): string {
  const message = 'violations' in check ? check.violations[0]?.message : check.message;
  return markdownText((message ?? '').replace(/\.$/, ''));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
