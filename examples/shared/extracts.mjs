import { gunzipSync } from 'node:zlib';
import { groupBy } from './group-by.mjs';
import { sha256 } from './random.mjs';
import { AS_OF, HOUR } from './time.mjs';

/** When the night job took its exports: four hours after the end of the quarter. */
const NIGHT = AS_OF + 1 + 4 * HOUR;

/**
 * Returns how each exported file was taken: by the same night job, or, if it holds a log, when its time was over.
 * @param exports content by path
 * @param about `extractor`; `logOf(path)` gives `{system, from, to}` of a log, null of a list (without `to` it covers what
 *   lies before the next file of its system); `listOf(path)` gives `{system, query}`; `countOf(value)` the records of JSON
 */
export function extractsOf(exports, about) {
  const files = Object.entries(exports).map(([path, content]) => ({
    path,
    content,
    log: about.logOf(path),
  }));
  const lists = files.filter(({ log }) => log === null).map((file) => listExtract(file, about));
  const bySystem = groupBy(
    files.filter(({ log }) => log !== null),
    ({ log }) => log.system,
  );
  return [...lists, ...[...bySystem.values()].flatMap((group) => logExtracts(group, about))];
}

function listExtract({ path, content }, about) {
  const { system, query } = about.listOf(path);
  return { ...taken(path, content, about), system, query, extracted: NIGHT, from: null, to: null };
}

function taken(path, content, { extractor, countOf }) {
  return {
    file: path,
    extractor,
    count: countRecords(path, content, countOf),
    sha256: path.endsWith('.gz') ? null : sha256(content),
  };
}

/** Each file of a log covers what lies between its begin and the begin of the next. */
function logExtracts(files, about) {
  const sorted = [...files].sort((a, b) => a.log.from - b.log.from);
  return sorted.map(({ path, content, log }, index) => {
    const to = log.to ?? (sorted[index + 1]?.log.from ?? AS_OF + 1) - 1;
    const query = 'everything between covers_from and covers_to';
    return {
      ...taken(path, content, about),
      system: log.system,
      query,
      extracted: to + 1 + 4 * HOUR,
      from: log.from,
      to,
    };
  });
}

/** Records of a file, as the system that wrote it counts them. */
function countRecords(path, content, countOf) {
  const text = path.endsWith('.gz') ? gunzipSync(content).toString() : content;
  if (/\.(ndjson|jsonl)/.test(path)) return text.trimEnd().split('\n').length;
  if (/\.csv/.test(path)) return text.trimEnd().split('\n').length - 1;
  if (/\.yaml/.test(path)) return text.match(/^- /gm).length;
  return countOf(JSON.parse(text));
}
