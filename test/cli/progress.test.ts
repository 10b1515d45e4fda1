import { expect, test } from 'vitest';
import { progressLine, progressText, stageLines } from '../../src/cli/progress.js';

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

test('a stage that counts nothing is named', () => {
  expect(progressText({ stage: 'join', done: 0, total: null }, 4000)).toBe('Joining records');
  expect(progressText({ stage: 'print', done: 0, total: null, detail: 'report.pdf' }, 10)).toBe(
    'Printing pages  report.pdf',
  );
});

function drawn(columns: number) {
  const written: string[] = [];
  const clock = { now: 0 };
  const line = progressLine(
    (text) => written.push(text),
    () => clock.now,
    () => columns,
  );
  return { written, clock, ...line };
}

test('the line is redrawn seldom, but the end of a stage always shows', () => {
  const { written, clock, onProgress, end } = drawn(80);
  for (let done = 0; done <= 1000; done += 1) {
    clock.now += 1;
    onProgress({ stage: 'evaluate', done, total: 1000 });
  }
  end();
  expect(written.length).toBeLessThan(20);
  expect(written.at(-2)).toContain('Evaluating 1,000 of 1,000 subjects');
  expect(written.at(-1)).toBe('\r\u001b[K');
});

test('the line never reaches the edge of the terminal, where it would wrap', () => {
  const { written, onProgress } = drawn(40);
  onProgress({
    stage: 'read',
    done: 1,
    total: 157,
    detail: 'exports/a/very/long/path/of/a/file/of/cloudtrail.json.gz',
  });
  expect(written.map((text) => text.replace('\r\u001b[K', ''))).toEqual([
    'Reading 1 of 157 files  exports/a/very/',
  ]);
});

test('without a terminal a stage is one line, written when it has ended', () => {
  const written: string[] = [];
  const clock = { now: 0 };
  const { onProgress, end } = stageLines(
    (text) => written.push(text),
    () => clock.now,
  );
  onProgress({ stage: 'read', done: 0, total: 2 });
  onProgress({ stage: 'read', done: 2, total: 2 });
  clock.now = 1500;
  onProgress({ stage: 'join', done: 0, total: null });
  clock.now = 3000;
  end();
  end();
  expect(written).toEqual(['Read 2 files (1.5 s)\n', 'Joined records (1.5 s)\n']);
});
