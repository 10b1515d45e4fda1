/**
 * Counts what a tool found of labels. A label is found if a finding is on one of its lines. `open` counts what a tool reports as open;
 * `reported` also what keyproof suppresses as a password of a test or a document; `any` also what it holds for a placeholder.
 */
export function judge(found, labels) {
  return Object.fromEntries(
    ['open', 'reported', 'any'].map((basis) => [basis, judgeBasis(found.filter(onBasis(basis)), labels)]),
  );
}

const onBasis = (basis) => (finding) =>
  basis === 'any' || finding.isOpen || (basis === 'reported' && !finding.isPlaceholder);

function judgeBasis(found, labels) {
  const byPath = groupBy(found, ({ path }) => path);
  const result = { found: {}, falseLines: 0, unlabelled: 0 };
  for (const [source, own] of groupBy(
    labels.filter(({ isSecret }) => isSecret),
    (label) => label.source,
  ))
    result.found[source] = countFound(own, byPath);
  const labelsByPath = groupBy(labels, ({ path }) => path);
  for (const { path, line } of found) {
    const here = (labelsByPath.get(path) ?? []).filter(({ start, end }) => start <= line && line <= end);
    if (here.some(({ isSecret }) => isSecret)) continue;
    if (here.length > 0) result.falseLines += 1;
    else result.unlabelled += 1;
  }
  return result;
}

function countFound(labels, byPath) {
  const counted = groupBy(
    labels.filter(({ isCounted }) => isCounted),
    ({ path }) => path,
  );
  const byCount = [...counted].map(([path, own]) =>
    Math.min(own.length, new Set((byPath.get(path) ?? []).map(({ line }) => line)).size),
  );
  const byLine = distinct(labels.filter(({ isCounted }) => !isCounted)).filter(({ path, start, end }) =>
    (byPath.get(path) ?? []).some(({ line }) => start <= line && line <= end),
  );
  return byCount.reduce((sum, count) => sum + count, byLine.length);
}

/** Counts the labels of each source, as `found` does. */
export function countLabels(labels) {
  const secrets = labels.filter(({ isSecret }) => isSecret);
  return Object.fromEntries(
    [...groupBy(secrets, ({ source }) => source)].map(([source, own]) => [
      source,
      own.filter(({ isCounted }) => isCounted).length +
        distinct(own.filter(({ isCounted }) => !isCounted)).length,
    ]),
  );
}

function distinct(labels) {
  return [...new Map(labels.map((label) => [`${label.path}:${label.start}`, label])).values()];
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
