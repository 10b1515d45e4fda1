import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptAudits } from './kept-audits.mjs';

type Plan = { root: string; output: string; formats: string[]; failOn: string; previous?: string };

let root: string;
let carriedOut: number;
let audit: ReturnType<typeof keptAudits<Plan, { nth: number }>>;

/** Stands for an audit: writes a pack that tells how many there were. */
async function counted(plan: Plan, _progress: unknown, _env: unknown, run: () => object) {
  carriedOut += 1;
  mkdirSync(plan.output, { recursive: true });
  writeFileSync(join(plan.output, 'assessment.json'), `${carriedOut}`);
  writeFileSync(join(plan.output, 'run.json'), JSON.stringify({ schemaVersion: '1.0.0', runs: [run()] }));
  return { nth: carriedOut };
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'keyproof-kept-'));
  writeFileSync(join(root, 'keys.csv'), 'key_id\npay-01\n');
  carriedOut = 0;
  audit = keptAudits(counted);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const planOf = (more: Partial<Plan> = {}): Plan => ({
  root,
  output: join(root, 'pack'),
  formats: ['findings'],
  failOn: 'high',
  ...more,
});

/** Audits with a run of this name, then removes the pack. */
async function ran(plan: Plan, name = 'run') {
  const { nth } = await audit(plan, undefined, {}, () => ({ name }));
  const files = ['assessment.json', 'run.json'].map((file) => readFileSync(join(plan.output, file), 'utf8'));
  rmSync(plan.output, { recursive: true });
  return { nth, pack: files[0], runs: (JSON.parse(files[1] ?? '') as { runs: object[] }).runs };
}

describe('an audit of the same plan and files', () => {
  it('is carried out once, and again gives its result and its pack with a run of its own', async () => {
    await ran(planOf(), 'first');
    expect(await ran(planOf(), 'second')).toEqual({ nth: 1, pack: '1', runs: [{ name: 'second' }] });
    expect(existsSync(join(root, 'pack'))).toBe(false);
  });

  it('is carried out again if the plan, a file or its name differs', async () => {
    await ran(planOf());
    expect((await ran(planOf({ failOn: 'low' }))).nth).toBe(2);
    writeFileSync(join(root, 'keys.csv'), 'key_id\npay-02\n');
    expect((await ran(planOf())).nth).toBe(3);
    writeFileSync(join(root, 'more.csv'), '');
    expect((await ran(planOf())).nth).toBe(4);
  });

  it.each([{ formats: ['pdf'] }, { previous: 'earlier' }])(
    'is carried out every time with %j',
    async (more) => {
      await ran(planOf(more));
      expect((await ran(planOf(more))).nth).toBe(2);
    },
  );

  it('is carried out if its output is there, which it may refuse', async () => {
    await ran(planOf());
    mkdirSync(join(root, 'pack'));
    expect((await ran(planOf())).nth).toBe(2);
  });

  it('is carried out again if it failed', async () => {
    const failing = keptAudits<Plan, object>(async () => {
      carriedOut += 1;
      throw new Error('refused');
    });
    for (const times of [1, 2]) {
      await expect(failing(planOf(), undefined, {}, () => ({}))).rejects.toThrow('refused');
      expect(carriedOut).toBe(times);
    }
  });
});
