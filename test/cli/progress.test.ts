import { expect, test } from 'vitest';
import { progressLine, progressText } from '../../src/cli/progress.js';

test('rate and remaining time are shown once they mean something', () => {
  expect(progressText({ stage: 'read', done: 1, total: 40 }, 10)).toBe('Reading 1 of 40 files');
  expect(progressText({ stage: 'evaluate', done: 12_000, total: 100_000 }, 2000)).toBe(
    'Evaluating 12,000 of 100,000 subjects, 6,000/s, 15 s left',
  );
  expect(progressText({ stage: 'print', done: 3, total: null }, 2000)).toBe('Printing 3 pages, 1.5/s');
  expect(progressText({ stage: 'evaluate', done: 1000, total: 1_000_000 }, 1000)).toBe(
    'Evaluating 1,000 of 1,000,000 subjects, 1,000/s, 17 min left',
  );
});

test('the line is redrawn seldom, but the end of a stage always shows', () => {
  let now = 0;
  const written: string[] = [];
  const { onProgress, clear } = progressLine(
    (text) => written.push(text),
    () => now,
  );
  for (let done = 0; done <= 1000; done += 1) {
    now += 1;
    onProgress({ stage: 'evaluate', done, total: 1000 });
  }
  clear();
  expect(written.length).toBeLessThan(20);
  expect(written.at(-2)).toContain('Evaluating 1,000 of 1,000 subjects');
  expect(written.at(-1)).toBe('\r\u001b[K');
});
