import { expect, test } from 'vitest';
import type { ParamOrigin, PolicyResult } from '../../src/model/index.js';
import { limitSentences } from '../../src/report/view/limits.js';
import { makeAssessment } from './fixture.js';

const origins = {
  config: { kind: 'threshold', by: 'Lee', reason: 'policy 3' },
  document: { kind: 'document', documents: ['Risk analysis'], states: [], open: [] },
  follows: { kind: 'follows', rule: 'rotation-max-age', param: 'max_age_days', times: 2 },
} satisfies { [name: string]: ParamOrigin };

test('what a document sets is not said to be set by keyproof.yaml', () => {
  const assessment = makeAssessment({ findings: 4 });
  const [first, second, third] = assessment.policies as [PolicyResult, PolicyResult, PolicyResult];
  first.set = { max_age_days: { from: 90, origin: origins.config } };
  second.set = { max_age_days: { from: 90, origin: origins.document } };
  third.set = { max_age_days: { from: 90, origin: origins.follows } };
  const said = limitSentences(assessment);
  expect(said).toContainEqual(expect.stringMatching(`^keyproof.yaml sets thresholds of .*${first.id}`));
  expect(said).toContainEqual(
    expect.stringMatching(`^Documents of the entity set thresholds of ${second.id};`),
  );
  expect(said).toContainEqual(
    expect.stringMatching(`^The limits of other policies set thresholds of ${third.id};`),
  );
});
