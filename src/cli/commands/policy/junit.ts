import type { PolicyTestResult, PolicyTestRun } from '../../../index.js';
import { xmlAttributes, xmlText } from '../../../text/xml.js';

/**
 * Returns a test run as JUnit XML for CI systems, with one suite per policy
 * (https://github.com/testmoapp/junitxml). It holds no times, so that equal runs give equal files.
 */
export function junitText(run: PolicyTestRun): string {
  const policies = [...new Set(run.results.map(({ policy }) => policy))];
  const suites = policies.map((policy) =>
    suite(
      policy,
      run.results.filter((one) => one.policy === policy),
    ),
  );
  const counts = `tests="${run.results.length}" failures="${run.failed}" skipped="${run.skipped}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="keyproof policy test" ${counts}>\n${suites.join('')}</testsuites>\n`;
}

function suite(policy: string, results: readonly PolicyTestResult[]): string {
  const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
  const counts = `tests="${results.length}" failures="${count('fail')}" skipped="${count('skip')}"`;
  return `  <testsuite${xmlAttributes({ name: policy || 'sources' })} ${counts}>\n${results.map(testCase).join('')}  </testsuite>\n`;
}

function testCase({ name, kind, policy, outcome, file, row, message = '' }: PolicyTestResult): string {
  const place = file === undefined ? {} : { file, line: row };
  const open = `    <testcase${xmlAttributes({ name, classname: `${policy || 'sources'}.${kind}`, ...place })}`;
  if (outcome === 'pass') return `${open}/>\n`;
  if (outcome === 'skip') return `${open}><skipped/></testcase>\n`;
  const first = message.split('\n')[0] ?? '';
  return `${open}><failure${xmlAttributes({ message: first })}>${xmlText(message)}</failure></testcase>\n`;
}
