import type { PolicyTestResult, PolicyTestRun } from '../../../index.js';

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
  return `  <testsuite name="${escaped(policy || 'sources')}" ${counts}>\n${results.map(testCase).join('')}  </testsuite>\n`;
}

function testCase({ name, kind, policy, outcome, file, row, message = '' }: PolicyTestResult): string {
  const place =
    file === undefined ? '' : ` file="${escaped(file)}"${row === undefined ? '' : ` line="${row}"`}`;
  const open = `    <testcase name="${escaped(name)}" classname="${escaped(`${policy || 'sources'}.${kind}`)}"${place}`;
  if (outcome === 'pass') return `${open}/>\n`;
  if (outcome === 'skip') return `${open}><skipped/></testcase>\n`;
  const first = message.split('\n')[0] ?? '';
  return `${open}><failure message="${escaped(first)}">${escaped(message)}</failure></testcase>\n`;
}

/** Escapes the special characters of XML 1.0 and replaces those that it cannot contain. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(NOT_XML, '\u{fffd}');
}

const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
