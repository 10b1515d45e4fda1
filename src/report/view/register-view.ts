import type { Assessment, RegisteredWaiver } from '../../model/index.js';
import { formatCount, formatDay } from '../../text/format.js';
import { shortTitles } from '../../text/short-title.js';
import { controlsText } from '../text/action-text.js';
import {
  EXCEPTION_WORDS,
  type ExceptionState,
  exceptionState,
  exceptionsText,
  subjectsOfException,
} from '../text/exception-text.js';
import { fileWith } from '../text/file-with.js';
import { type Capped, capped } from './caps.js';

/** An accepted exception as printed. */
export type ExceptionView = {
  id: string;
  state: ExceptionState;
  stateWord: string;
  ruleId: string;
  title: string;
  subjects: string;
  /** `3 failures`. */
  failures: number;
  findings: string[];
  /** `and 12 more`; null if all are shown. */
  moreFindings: string | null;
  owner: string;
  approver: string;
  reason: string;
  risk: string;
  compensatingControl: string;
  granted: string;
  expires: string;
  ticket: string;
  controls: string;
};

/** The register of exceptions as printed. */
export type RegisterView = { sentence: string; rows: Capped<ExceptionView> };

/** Most ids of findings that a row names. */
const MOST_FINDINGS = 5;

/** Returns the register of accepted exceptions with at most `most` rows: those that cover nothing stay in it. */
export function registerView(
  { exceptions, policies, frameworks, plan }: Assessment,
  most: number,
): RegisterView {
  const titles = new Map(policies.map(({ id, title }) => [id, title]));
  const rows = exceptions.map((exception) => exceptionView(exception, titles, shortTitles(frameworks)));
  return {
    sentence: exceptionsText(exceptions),
    rows: capped(rows, most, rows.length, `all of them are in ${fileWith('exceptions', plan)}`),
  };
}

function exceptionView(
  exception: RegisteredWaiver,
  titles: ReadonlyMap<string, string>,
  frameworks: ReadonlyMap<string, string>,
): ExceptionView {
  const { rule, failures, findings, requestedBy, granted, expires, controls } = exception;
  const state = exceptionState(exception);
  const left = failures - Math.min(findings.length, MOST_FINDINGS);
  return {
    id: exception.id,
    state,
    stateWord: EXCEPTION_WORDS[state],
    ruleId: rule,
    title: titles.get(rule) ?? rule,
    subjects: subjectsOfException(exception),
    failures,
    findings: findings.slice(0, MOST_FINDINGS),
    moreFindings: left > 0 ? `and ${formatCount(left)} more` : null,
    owner: requestedBy,
    approver: exception.approver,
    reason: exception.reason,
    risk: exception.risk,
    compensatingControl: exception.compensatingControl,
    granted: formatDay(granted),
    expires: formatDay(expires),
    ticket: exception.ticket,
    controls: controlsText(
      controls.map((one) => ({ ...one, framework: frameworks.get(one.framework) ?? one.framework })),
    ),
  };
}
