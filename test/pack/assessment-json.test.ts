import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/pack/assessment-json.js';
import { makeAssessment } from '../report/fixture.js';
import { HOSTILE, withTexts } from '../report/hostile.js';

const assessment = makeAssessment({ findings: 30 });

describe('assessment.json', () => {
  it('is the assessment, whole and unchanged', () => {
    const hostile = withTexts(assessment, HOSTILE);
    expect(JSON.parse(renderJson(hostile))).toEqual(hostile);
  });

  it('does not depend on the order properties were set in', () => {
    const turned = Object.fromEntries(Object.entries(assessment).reverse()) as typeof assessment;
    expect(renderJson(turned)).toBe(renderJson(assessment));
    expect(renderJson(assessment).endsWith('}\n')).toBe(true);
  });
});
