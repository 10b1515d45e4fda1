import { expect, it } from 'vitest';
import { tilesOf } from '../../src/report/text/tiles.js';
import { makeAssessment } from './fixture.js';

const assessment = makeAssessment({ findings: 0 });
const tilesWith = (worst: { critical: number; high: number; medium: number; low: number }) =>
  tilesOf({
    ...assessment,
    severities: worst,
    subjectFailures: [{ kind: 'key', subjects: 9, tested: 9, failed: 9, undecided: 0, worst }],
  }).map(({ subjects }) => subjects);

it('counts keys as more only beside keys with a worse result', () => {
  expect(tilesWith({ critical: 1, high: 0, medium: 5, low: 1 })).toEqual([
    '1 key',
    '',
    '5 more keys',
    '1 more key',
    '',
  ]);
  expect(tilesWith({ critical: 0, high: 0, medium: 5, low: 2 })).toEqual([
    '',
    '',
    '5 keys',
    '2 more keys',
    '',
  ]);
});

it('names subjects of another kind if no key has its worst result there, and never counts none', () => {
  const none = { critical: 0, high: 0, medium: 0, low: 0 };
  const tiles = tilesOf({
    ...assessment,
    severities: { critical: 1, high: 1, medium: 1, low: 1 },
    subjectFailures: [
      { kind: 'key', subjects: 9, tested: 9, failed: 1, undecided: 0, worst: { ...none, critical: 1 } },
      { kind: 'route', subjects: 2, tested: 2, failed: 1, undecided: 0, worst: { ...none, medium: 1 } },
      { kind: 'organisation', subjects: 1, tested: 1, failed: 1, undecided: 0, worst: { ...none, high: 1 } },
    ],
  });
  expect(tiles.map(({ subjects }) => subjects)).toEqual(['1 key', 'the organisation', '1 route', '', '']);
});
