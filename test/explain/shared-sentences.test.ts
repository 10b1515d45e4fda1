import { expect, test } from 'vitest';
import { sharedSentences } from '../../src/explain/pages/shared-sentences.js';

test('what all texts end with is taken out of them', () => {
  expect(
    sharedSentences([
      'Shows art. 33 alone. Confirm it. Counts for keys.',
      'Confirm it. Counts for keys.',
      'Another. Confirm it. Counts for keys.',
    ]),
  ).toEqual({ own: ['Shows art. 33 alone.', '', 'Another.'], shared: 'Confirm it. Counts for keys.' });
});

test.each([[['Only one. Of it.']], [['One.', 'Another.']], [['Same first. One.', 'Same first. Another.']]])(
  'nothing is taken out of %j',
  (texts) => {
    expect(sharedSentences(texts)).toEqual({ own: texts, shared: '' });
  },
);
