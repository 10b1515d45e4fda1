import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkout } from '../bank.js';
import { type PullRequestBench, startPullRequestBench } from '../pull-request-bench.js';

const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
const EARLIER = {
  id: 3,
  user: { type: 'Bot' },
  body: '<!-- keyproof:keyproof -->\n<!-- run 811.1 -->\n**No failure at or above high.**',
};
const main = checkout();
const wrong = checkout();
appendFileSync(join(wrong, 'keyproof.yaml'), 'thresolds: {}\n');
let bench: PullRequestBench;

beforeAll(async () => {
  bench = await startPullRequestBench(main, {
    [`GET ${COMMENTS}`]: { body: [EARLIER] },
    'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': {},
  });
});
afterAll(async () => {
  await bench.close();
  for (const folder of [main, wrong]) rmSync(folder, { recursive: true, force: true });
});

it('takes the place of what an earlier run stated, in the comment and the summary', async () => {
  const end = await bench.step(wrong);
  expect(end).toMatchObject({ code: 2, outputs: { conclusion: 'error', 'exit-code': '2' } });
  const [patch] = bench.api.requests.filter(({ method }) => method === 'PATCH');
  const sentence =
    '**Not audited: keyproof.yaml:3: "thresolds" is not a known key; did you mean "thresholds"?';
  expect((patch?.body as { body: string } | undefined)?.body).toContain(sentence);
  expect(end.summary).toContain(sentence);
  expect(end.summary).toContain('what an earlier run stated does not hold for it.');
});

it('names a token that was stored with a line break, and does not print it', async () => {
  const token = ['ghs', 'north\nbridge'].join('_');
  const end = await bench.step(main, { with: { token } });
  expect(end.annotations[0]?.message).toBe(
    'token: it has a space or a line break inside; store the token alone in the secret.',
  );
  expect(end.log + end.summary).not.toContain('bridge\n');
  expect(bench.api.violations).toEqual([]);
});
