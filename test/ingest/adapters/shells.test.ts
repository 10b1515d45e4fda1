import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { isObject } from '../../../src/text/is-object.js';
import { allCases, type Case, type Outcome, readInput } from './cases.js';

// What a command line, PowerShell, jq or Excel puts around an export is no reason to read it otherwise.
const FILE = join(tmpdir(), `keyproof-shell-${process.pid}`);
afterAll(() => rmSync(FILE, { force: true }));

type Shell = { name: string; ending: string; text: string | Uint8Array };

/**
 * A policy without a name is named by its file, and a line is not: there may be more. What Ansible and Steampipe wrap a list in is
 * a shell of its own, and one is taken off.
 */
const OTHERWISE = new Set([
  'aws/iam-access-keys/ansible',
  'aws/secrets-manager/steampipe',
  'vault/policies/json-policy',
  'vault/policies/list',
]);

/** The canonical form names its own shells (canonical.test.ts), and a text is no list. */
const CASES = allCases().filter(
  ({ spec, format, name }) => spec === null && !format.startsWith('canonical') && !OTHERWISE.has(name),
);

/** Two cases of a format are enough: what takes a shell off knows no adapter. */
const FORMATS = new Map(
  CASES.map(({ format }) => [format, CASES.filter((given) => given.format === format)]),
);

it.each([...FORMATS])('%s is read alike in every shell', async (_format, cases) => {
  const shelled = cases.filter((given) => shellsOf(given).length > 0).slice(0, 2);
  for (const given of shelled) {
    const plain = await readInput(given.input, given.path);
    for (const shell of shellsOf(given)) {
      writeFileSync(FILE, shell.text);
      const path = given.path.replace(/\.[a-z]+$/, shell.ending);
      const got = await readInput(FILE, path);
      expect(seen(got), `${given.name} as ${shell.name}`).toEqual(seen(plain));
    }
  }
});

/** Formats of which PowerShell and Python have objects with names of their own. */
const OBJECTS = ['azure/role-assignments', 'entra/applications', 'okta/api-tokens'];

function shellsOf({ input, format }: Case): Shell[] {
  const text = readFileSync(input, 'utf8');
  if (extname(input) === '.csv') return tables(text);
  const value = parsedOf(text);
  if (isList(value)) return [...lists(value), ...(OBJECTS.includes(format) ? renamed(value) : [])];
  return isObject(value) ? objects(value) : [];
}

function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isList(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

function lists(list: Record<string, unknown>[]): Shell[] {
  const isPages = list.some((page) => JSON.stringify(page).includes(':[{'));
  return [
    { name: 'jq -c .[]', ending: '.ndjson', text: list.map((one) => JSON.stringify(one)).join('\n') },
    { name: 'jq -s', ending: '.json', text: JSON.stringify([list]) },
    { name: '--output yaml', ending: '.yaml', text: stringify(list) },
    { name: 'gcloud --format yaml', ending: '.yaml', text: list.map((one) => stringify(one)).join('---\n') },
    ...(isPages
      ? []
      : [
          {
            name: 'ConvertTo-Json',
            ending: '.json',
            text: JSON.stringify({ value: list, Count: list.length }),
          },
        ]),
  ];
}

function objects(value: Record<string, unknown>): Shell[] {
  return [
    { name: 'jq -c', ending: '.ndjson', text: `${JSON.stringify(value)}\n` },
    { name: 'jq -s', ending: '.json', text: JSON.stringify([value]) },
    { name: '--output yaml', ending: '.yaml', text: stringify(value) },
  ];
}

/** The same records with the names that PowerShell and Python give to members of an API. */
function renamed(list: Record<string, unknown>[]): Shell[] {
  const capital = JSON.stringify(
    list.map((one) => names(one, (name) => name[0]?.toUpperCase() + name.slice(1))),
  );
  const snake = JSON.stringify(
    list.map((one) => names(one, (name) => name.replace(/\B[A-Z]/g, '_$&').toLowerCase())),
  );
  return [
    { name: 'objects of PowerShell', ending: '.json', text: capital },
    { name: 'objects of Python', ending: '.json', text: snake },
  ];
}

function names(value: unknown, change: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => names(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      /^[a-z]+(?:[A-Z][a-z]+)*$/.test(name) ? change(name) : name,
      /^(?:tags|labels|claims)$/.test(name) ? member : names(member, change),
    ]),
  );
}

function tables(text: string): Shell[] {
  const plain = text.replace(/^\uFEFF/, '');
  return [
    { name: 'text of Excel', ending: '.txt', text },
    { name: 'UTF-8 of Excel', ending: '.csv', text: `\uFEFF${plain}` },
    { name: 'UTF-16 of PowerShell', ending: '.csv', text: Buffer.from(`\uFEFF${plain}`, 'utf16le') },
  ];
}

/** Adapter and records, but for what names the place of a record, the file, or stands once above a list of pages. */
function seen({ file, records }: Outcome): unknown {
  const all = Object.entries(records).map(([kind, list]) => [
    kind,
    (list ?? [])
      .map(({ source: _source, finding_id: _id, tool_version: _version, ...record }) =>
        JSON.stringify(record),
      )
      .sort(),
  ]);
  return { adapter: file.adapter, rejected: file.rejected, records: Object.fromEntries(all) };
}
