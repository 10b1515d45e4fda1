import { expect, test } from 'vitest';
import { controlsByPolicy, coverageOf, loadFrameworks } from '../../src/assess/index.js';

const { frameworks } = loadFrameworks(null);

test.each(frameworks)('the coverage of $id counts every control and mapping once', (framework) => {
  const coverage = coverageOf(framework);
  const sum = (counts: object) => Object.values(counts).reduce((a: number, b: number) => a + b, 0);
  expect(sum(coverage.statuses)).toBe(framework.controls.length);
  expect(sum(coverage.grades)).toBe(framework.controls.flatMap((control) => control.policies).length);
  expect(coverage.notCovered).toHaveLength(coverage.statuses.manual);
  expect(coverage.controls.map((control) => control.id)).toEqual(
    framework.controls.map((control) => control.id),
  );
});

test('what is not covered is told with the question to ask', () => {
  const pci = frameworks.find((framework) => framework.id === 'pci-dss-4.0.1');
  const coverage = pci && coverageOf(pci);
  expect(coverage?.notCovered).toContain('8.3.9');
  expect(coverage?.controls.find((control) => control.id === '8.3.9')?.ask).toMatch(/user password/);
});

test('the reverse table names every control a policy is evidence for, with its limit', () => {
  const references = controlsByPolicy(frameworks).get('log-five-w') ?? [];
  expect(references.map(({ framework, control, grade }) => `${framework} ${control} ${grade}`)).toEqual([
    'finra-sec FINRA-3110(a) supporting',
    'gdpr 5(2) supporting',
    'iso-27001-2022 8.15 partial',
    'nydfs-500 500.6(a)(2) partial',
    'pci-dss-4.0.1 10.2.2 partial',
    'psd2-dora RTS-29 partial',
    'psd2-dora RMF-12 partial',
    'soc2-2017 CC7.2 supporting',
    'soc2-2017 CC8.1 supporting',
    'sox-itgc ITGC-APD-1 supporting',
    'sox-itgc ITGC-CM-1 supporting',
  ]);
  expect(references[4]?.limitation).toMatch(/^Counts entries of the logs supplied/);
});
