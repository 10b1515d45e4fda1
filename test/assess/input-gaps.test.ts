import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { fileGaps, inputGaps } from '../../src/assess/input-gaps.js';
import type { InputFile, Policy, RecordKind } from '../../src/model/index.js';
import { loadPolicies } from '../../src/policies/index.js';
import { TABLES } from '../../src/store/columns.js';
import { DOSSIERS } from '../../src/store/dossiers/dossiers.js';
import { policiesRoot } from '../policies/rule-book.js';
import { REFERENCE } from '../reference/reference.js';
import { inputFile } from '../support/input-file.js';
import { policy } from './fixtures.js';
import { type MemoryStore, memoryStore } from './memory-store.js';

let store: MemoryStore;
let ruleBook: Policy[];

beforeAll(async () => {
  store = await memoryStore([], []);
  const set = await loadPolicies([{ dir: fileURLToPath(policiesRoot), builtIn: true }], { overrides: {} });
  ruleBook = set.policies;
});

/** The three ways in which a file of a kind lacks something. */
function lacking(kind: RecordKind): InputFile[] {
  const produced = { [kind]: 2 };
  return [
    inputFile('rejected', { produced, rejected: 1 }),
    inputFile('truncated', { produced, truncated: true }),
    inputFile('unreadable', { produced, state: 'unreadable' }),
  ];
}

const ALL_THREE = [
  '1 record was rejected in rejected',
  'truncated continues in a file that was not supplied',
  'unreadable could not be read to its end',
];

describe('the rule book', () => {
  test('has every policy say which members of its dossier it reads', () => {
    const silent = ruleBook.filter(({ reads }) => reads === undefined).map(({ id }) => id);
    expect({ policies: ruleBook.length, silent }).toEqual({ policies: REFERENCE.rules.length, silent: [] });
  });

  test('is weakened by gaps in any kind behind any member that a policy reads, required or not', async () => {
    const pairs = ruleBook.flatMap((one) =>
      membersRead(one).flatMap((member) => kindsOfMember(one, member).map((kind) => ({ one, member, kind }))),
    );
    const kept = [];
    for (const kind of TABLES.keys()) {
      const gaps = await inputGaps(ruleBook, lacking(kind).flatMap(fileGaps), store);
      for (const pair of pairs.filter((each) => each.kind === kind)) {
        if (JSON.stringify(gaps.get(pair.one.id)) !== JSON.stringify(ALL_THREE))
          kept.push(`${pair.one.id} reads ${pair.member}, made of ${kind}`);
      }
    }
    expect(kept).toEqual([]);
    expect(pairs.length).toBeGreaterThan(300);
  });

  test('is not weakened by what no member that a policy reads is made of', async () => {
    const gaps = await inputGaps(ruleBook, lacking('vendors').flatMap(fileGaps), store);
    expect([...gaps.keys()].filter((id) => id.startsWith('storage-') || id.startsWith('rotation-'))).toEqual(
      [],
    );
    expect(gaps.get('vendor-due-diligence')).toEqual(ALL_THREE);
  });

  test('is not weakened by gaps in records that a policy does not ask for', async () => {
    const gaps = await inputGaps(ruleBook, lacking('keys').flatMap(fileGaps), store);
    expect(gaps.has('ir-notification-clocks')).toBe(false);
    const ofLogs = await inputGaps(ruleBook, lacking('events').flatMap(fileGaps), store);
    const ofKeys = ['access-least-privilege', 'access-key-reviewed', 'storage-kek-separated'];
    expect(ofKeys.filter((id) => ofLogs.has(id))).toEqual([]);
  });

  test('leans on the calls of a route, on rotations that are not required, and on the people behind grants', async () => {
    const weakened = async (kind: RecordKind) => [
      ...(await inputGaps(ruleBook, lacking(kind).flatMap(fileGaps), store)).keys(),
    ];
    expect(await weakened('events')).toEqual(
      expect.arrayContaining(['transport-no-cleartext-key', 'log-auth-events', 'mon-anomaly-unhandled']),
    );
    expect(await weakened('rotations')).toEqual(
      expect.arrayContaining(['rotation-max-age', 'rotation-automated']),
    );
    expect(await weakened('principals')).toEqual(
      expect.arrayContaining(['access-approved-justified', 'gov-training']),
    );
    expect(await weakened('notifications')).toEqual([
      'evidence-ipe-valid',
      'inv-complete',
      'ir-notification-clocks',
    ]);
  });
});

function membersRead({ reads = [] }: Policy): string[] {
  return reads.filter((path) => !/^(as_of|period|subject)\b/.test(path));
}

/** The kinds that the member itself states; a field has no fewer. */
function kindsOfMember({ subject }: Policy, path: string): RecordKind[] {
  const [name = ''] = path.split('.');
  const { from = [], beside = [] } = DOSSIERS[subject].members[name] ?? {};
  return [...from, ...beside];
}

test('a policy that may read anything leans on everything that its dossier is made of', async () => {
  const { reads: _, ...own } = policy('own', 'route');
  const gapsOf = async (kind: RecordKind) =>
    (await inputGaps([own], lacking(kind).flatMap(fileGaps), store)).get('own');
  expect(await gapsOf('changes')).toEqual(ALL_THREE);
  expect(await gapsOf('repositories')).toBeUndefined();
});

test('a file that gave nothing could have held anything; one that was not recognised is no input', async () => {
  const policies = [policy('one', 'vendor'), policy('other', 'key')];
  const files = [
    inputFile('broken.json', { state: 'unreadable', produced: {} }),
    inputFile('notes.txt', { state: 'not-used', produced: {}, rejected: 1 }),
  ];
  const sentence = ['broken.json could not be read to its end'];
  expect([...(await inputGaps(policies, files.flatMap(fileGaps), store))]).toEqual([
    ['one', sentence],
    ['other', sentence],
  ]);
});

test('a file is of the systems that its log entries are stated to be of, and of any if one of them is not', () => {
  const covering = (...systems: string[][]) =>
    fileGaps(
      inputFile('log.json', {
        truncated: true,
        produced: { events: 1 },
        coverage: systems.map((own) => ({
          kind: 'events',
          records: 1,
          systems: own,
          accounts: [],
          period: null,
          completeBy: null,
          gaps: [],
        })),
      }),
    ).map((gap) => gap.systems);
  expect(covering(['azure-kv'])).toEqual([['azure-kv']]);
  expect(covering(['kong'], ['azure-kv'])).toEqual([['azure-kv', 'kong']]);
  expect([covering(), covering([]), covering(['azure-kv'], []), covering(['*'])]).toEqual([
    [undefined],
    [undefined],
    [undefined],
    [undefined],
  ]);
});
