import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { buildPlan } from '../../src/config/index.js';
import { ingest } from '../../src/ingest/index.js';
import { openStore } from '../../src/store/index.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

const BANK = fileURLToPath(new URL('../../examples/northbridge', import.meta.url));

describeUnlessProved(
  'little memory',
  import.meta.url,
  [...PROGRAM_FILES, 'examples/northbridge/exports/**', 'examples/northbridge/keyproof.yaml'],
  () => {
    it('joins a whole bank, and writes its dossiers, in half of the memory that a database may use', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'little-memory-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const [records, buckets] = [join(folder, 'records'), join(folder, 'buckets')];
      for (const made of [records, buckets]) mkdirSync(made);
      const plan = buildPlan({ config: join(BANK, 'keyproof.yaml'), paths: [], cwd: BANK, nowMs: 0 });
      const { parts, files, absent } = await ingest(plan, records, () => undefined);
      const store = await openStore(folder, { memoryLimitMb: 250 });
      onTestFinished(() => store.close());
      await store.load(parts);
      await store.resolve(plan, files);
      const written = await store.writeBuckets(buckets, plan, { files, absent, rulesOnDocuments: {} });
      await store.keepEvidenceHashes(written);
      const keys = written
        .filter(({ kind }) => kind === 'key')
        .reduce((sum, { subjects }) => sum + subjects, 0);
      expect(keys).toBeGreaterThan(2000);
    }, 120_000);
  },
);
