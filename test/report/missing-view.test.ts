import { expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html/page.js';
import { makeAssessment } from './fixture.js';
import { makeSubjects } from './fixture-subjects.js';
import { packOf } from './pack-of.js';

it('counts the policies and controls that wait for what is missing, and no zero', async () => {
  const assessment = makeAssessment({ findings: 12, keys: 40 });
  const [first] = assessment.missingEvidence;
  if (first === undefined) throw new Error('the fixture has nothing missing');
  const [control] = first.controls;
  if (control === undefined) throw new Error('the fixture has no control that waits');
  const cases = [
    { ...first, label: 'one', rules: [], controls: [control, control] },
    { ...first, label: 'two', rules: ['a'], controls: [] },
    { ...first, label: 'three', rules: ['a', 'b'], controls: [control] },
  ];
  const changed = { ...assessment, missingEvidence: cases };
  const html = await renderHtml(packOf(changed, changed.observations, makeSubjects(changed)));
  const concerns = [...html.matchAll(/<td data-label="Concerns">([^<]*)<\/td>/g)].map(([, text]) => text);
  expect(concerns).toEqual(['2 controls', '1 policy', '2 policies, 1 control']);
});
