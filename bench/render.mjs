// Measures formats on many findings: the failures of a pack, repeated on other subjects with the same owners.
// node bench/render.mjs PACK FAILURES [FORMAT...]
import { openPack } from '../dist/pack/index.js';
import { renderFormats } from '../dist/report/index.js';

const [dir, count = '100000', ...formats] = process.argv.slice(2);
const pack = await openPack(dir);
const collected = async (items) => {
  const all = [];
  for await (const item of items) all.push(item);
  return all;
};
const failures = await collected(pack.observations({ outcome: 'fail' }, 'worst-first'));
const subjects = await collected(pack.subjects());
await pack.close();
const rounds = Math.ceil(Number(count) / failures.length);
const nth = (id, round) => (round === 0 ? id : `${id}#${round}`);
const repeated = (items, change) =>
  Array.from({ length: rounds }, (_, round) => items.map((item) => change(item, round))).flat();
const observations = repeated(failures, (one, round) => ({
  ...one,
  id: nth(one.id, round),
  subject: { ...one.subject, id: nth(one.subject.id, round) },
})).slice(0, Number(count));
const all = repeated(subjects, (one, round) => ({ ...one, id: nth(one.id, round) }));
const large = {
  assessment: pack.assessment,
  observations: async function* () {
    yield* observations;
  },
  subjects: async function* () {
    yield* all;
  },
};

async function write(file, content) {
  let bytes = 0;
  for await (const piece of typeof content === 'string' || Buffer.isBuffer(content) ? [content] : content)
    bytes += Buffer.byteLength(piece);
  console.log(`  ${file}: ${(bytes / 1e6).toFixed(2)} MB`);
}

for (const format of formats.length > 0 ? formats : ['actions', 'checklist', 'findings']) {
  const before = process.cpuUsage();
  const began = performance.now();
  await renderFormats(large, [format], { write, env: process.env, onProgress: () => undefined });
  const { user, system } = process.cpuUsage(before);
  const [wall, cpu] = [(performance.now() - began) / 1000, (user + system) / 1e6];
  console.log(
    `${format}: ${wall.toFixed(1)} s, ${cpu.toFixed(1)} CPU seconds, ${observations.length} failures`,
  );
}
console.log(`most memory: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
