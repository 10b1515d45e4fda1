import { type Assessment, type JudgedObservation, OUTCOMES, type PolicyResult } from '../../model/index.js';
import { groupBy } from '../../text/group-by.js';
import { missingLabels } from '../../text/missing-label.js';
import { xmlAttributes, xmlText } from '../../text/xml.js';
import { printableText } from '../text/printable.js';
import { OUTCOME_WORDS } from '../text/words.js';
import { type Case, type CaseContext, type CaseState, countCase, subjectCase } from './cases.js';

/**
 * Returns junit.xml (the form of https://github.com/testmoapp/junitxml): a suite a policy, a case a subject that failed, erred or
 * lacks evidence, as far as the assessment lists them; all other subjects are counted, one case an outcome. `tests`, `failures`,
 * `errors` and `skipped` count cases, as readers do; the properties of a suite count subjects, those of a case name the paths of the
 * dossier that are missing. Holds no times.
 */
export function renderJunit(assessment: Assessment): string {
  const { policies, observations, inputs, plan, redacted } = assessment;
  const context = {
    files: new Map(inputs.map((file) => [file.path, file])),
    labels: missingLabels(assessment),
  };
  const byRule = groupBy(observations, ({ ruleId }) => ruleId);
  const suites = policies.map((policy) => ({
    policy,
    cases: casesOf(policy, byRule.get(policy.id) ?? [], context, plan),
  }));
  const counts = countsOf(suites.flatMap(({ cases }) => cases));
  const mark = redacted === undefined ? '' : ', redacted: codes stand instead of people';
  const name = `keyproof: ${printableText(plan.organisation)}${mark}`;
  const text = suites.map(({ policy, cases }) => suiteOf(policy, cases));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${xmlAttributes({ name, ...counts })}>\n${text.join('')}</testsuites>\n`;
}

function casesOf(
  policy: PolicyResult,
  observations: readonly JudgedObservation[],
  context: CaseContext,
  plan: Assessment['plan'],
): Case[] {
  const rest = OUTCOMES.flatMap((outcome) => {
    const listed = observations.filter((one) => one.outcome === outcome).length;
    const count = policy.outcomes[outcome] - listed;
    return count > 0 ? [countCase(policy, outcome, { count, more: listed > 0 }, plan)] : [];
  });
  return [...observations.map((observation) => subjectCase(observation, context)), ...rest];
}

function countsOf(cases: readonly Case[]) {
  const count = (state: CaseState) => cases.filter((one) => one.state === state).length;
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

function suiteOf(policy: PolicyResult, cases: readonly Case[]): string {
  const facts = {
    title: printableText(policy.title),
    severity: policy.severity,
    remediation: printableText(policy.remediation),
    population: policy.population,
    ...Object.fromEntries(OUTCOMES.map((outcome) => [OUTCOME_WORDS[outcome], policy.outcomes[outcome]])),
  };
  const properties = Object.entries(facts).map(
    ([name, value]) => `      <property${xmlAttributes({ name, value })}/>\n`,
  );
  const body = cases.map((one) => caseOf(policy.id, one)).join('');
  return `  <testsuite${xmlAttributes({ name: policy.id, ...countsOf(cases) })}>\n    <properties>\n${properties.join('')}    </properties>\n${body}  </testsuite>\n`;
}

function caseOf(
  classname: string,
  { name, state, message, details, missing = [], file, line }: Case,
): string {
  const open = `    <testcase${xmlAttributes({ name, classname, file, line })}`;
  if (state === 'passed') return `${open}/>\n`;
  const paths = missing.map((value) => `<property${xmlAttributes({ name: 'missing', value })}/>`);
  const properties = paths.length === 0 ? '' : `<properties>${paths.join('')}</properties>`;
  const inner = `${properties}<${state}${xmlAttributes({ message: message ?? '' })}`;
  return details === null
    ? `${open}>${inner}/></testcase>\n`
    : `${open}>${inner}>${xmlText(details)}</${state}></testcase>\n`;
}
