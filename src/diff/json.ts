import type { Comparison } from './compare-packs.js';

/** Generates a comparison as JSON in pieces (schema `diff`): a line for each change. */
export async function* diffJson({ summary, changes }: Comparison): AsyncGenerator<string> {
  const head = JSON.stringify(summary, null, 2).replace(/\n}$/, '');
  yield `${head},\n  "changes": [`;
  let separator = '\n';
  for await (const change of changes()) {
    yield `${separator}    ${JSON.stringify(change)}`;
    separator = ',\n';
  }
  yield '\n  ]\n}\n';
}
