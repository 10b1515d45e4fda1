import { describe, expect, it } from 'vitest';
import { readFolder } from './folder.js';

const repositories = (count: number): string =>
  JSON.stringify(
    Array.from({ length: count }, (_, n) => ({
      full_name: `northbridge/cards-${n}`,
      node_id: `R${n}`,
      default_branch: 'main',
      archived: false,
      security_and_analysis: {},
    })),
  );

describe('a list whose API names the next page in a header only', () => {
  it.each([
    [29, 0],
    [30, 1],
    [31, 0],
    [100, 1],
  ])('of %i records gives %i warnings that it may go on', async (count, warnings) => {
    const { files } = await readFolder({ 'repositories.json': repositories(count) });
    expect(files[0]).toMatchObject({ adapter: 'github-repositories', records: count });
    expect(files[0]?.warnings.filter((text) => text.includes('exactly one page'))).toHaveLength(warnings);
  });
});
