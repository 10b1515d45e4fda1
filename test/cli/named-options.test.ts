import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { keyproof } from '../support/cli.js';

const root = new URL('../../', import.meta.url);

/** `keyproof inspect --json` and `keyproof policy test --changed`, as code marks it in a text. */
const NAMED = /`keyproof ((?:[a-z]+ ){1,2})[^`]*?(--[a-z][a-z-]+)[^`]*`/g;

function named(): [command: string, option: string][] {
  const schemas = readdirSync(new URL('src/model/schemas/', root)).map((name) => `src/model/schemas/${name}`);
  const docs = readdirSync(new URL('docs/', root)).filter((name) => name.endsWith('.md'));
  const texts = ['README.md', ...schemas, ...docs.map((name) => `docs/${name}`)].map((path) =>
    readFileSync(new URL(path, root), 'utf8'),
  );
  const all = texts.flatMap((text) =>
    [...text.matchAll(NAMED)].map(([, name = '', option = '']) => `${name}${option}`),
  );
  return [...new Set(all)].map((each) => [
    each.slice(0, each.indexOf(' --')),
    each.slice(each.indexOf('--')),
  ]);
}

it.each(named())('keyproof %s has the option %s that schemas and docs name', async (command, option) => {
  const [first = '', second] = command.split(' ');
  const whole = await keyproof([first, ...(second === undefined ? [] : [second]), '--help']);
  expect(whole.stdout).toContain(`${option}`);
});
