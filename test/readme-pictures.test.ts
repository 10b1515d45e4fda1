import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const read = (path: string): Buffer => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)));

test('README shows pictures that exist, are small, and are made by the script that it names', () => {
  const readme = read('README.md').toString();
  const pictures = [...new Set(readme.match(/docs\/pictures\/[\w-]+\.png/g))];
  expect(pictures).toHaveLength(3);
  for (const picture of pictures) {
    const bytes = read(picture);
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect([picture, bytes.length < 300_000]).toEqual([picture, true]);
  }
  const { scripts } = JSON.parse(read('package.json').toString()) as { scripts: { [name: string]: string } };
  const [, script = ''] = /node (scripts\/\S+)/.exec(scripts['pictures'] ?? '') ?? [];
  expect(readme).toContain('`npm run pictures`');
  expect(read(script).toString()).toContain("'docs/pictures'");
});
