import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { adapter as cloudtrailLake } from '../../../src/ingest/adapters/aws/cloudtrail-lake/adapter.js';
import { adapter as datadog } from '../../../src/ingest/adapters/datadog/logs/adapter.js';
import { adapter as bulk } from '../../../src/ingest/adapters/elasticsearch/bulk/adapter.js';
import { adapter as elasticsearch } from '../../../src/ingest/adapters/elasticsearch/export/adapter.js';
import { adapter as pubsub } from '../../../src/ingest/adapters/gcp/pubsub-messages/adapter.js';
import { adapter as loki } from '../../../src/ingest/adapters/grafana/loki/adapter.js';
import { adapter as splunk } from '../../../src/ingest/adapters/splunk/export/adapter.js';
import { adapter as sumo } from '../../../src/ingest/adapters/sumo-logic/search/adapter.js';
import { caseInput, readTextWith } from './read-with-adapter.js';

const { Records: events } = JSON.parse(readFileSync(caseInput('aws/cloudtrail', 'log-file'), 'utf8'));
const raw = JSON.stringify(events[0]);
const lines = (records: unknown[]) => records.map((record) => JSON.stringify(record)).join('\n');

it('a search speaks for no system or account, though the log that it found speaks for its own', async () => {
  const log = await readTextWith(splunk, JSON.stringify({ Records: events }), 'trail.json');
  const found = await readTextWith(splunk, lines([{ preview: false, result: { _raw: raw } }]), 'x.ndjson');
  expect(log.file.coverage[0]?.systems).toEqual(['aws-iam', 'aws-sm']);
  expect(found.file.coverage.map(({ systems, accounts }) => [...systems, ...accounts])).toEqual([[], []]);
});

it('an export of no whole event supplies no events, and says so', async () => {
  const text = lines([{ preview: false, result: { _raw: 'sshd[411]: session opened' } }]);
  const { file } = await readTextWith(splunk, text, 'x.ndjson');
  expect(file.produced).toEqual({});
  expect(file.warnings.join(' ')).toContain('it proves nothing');
});

it.each([
  [9_999, false],
  [10_000, true],
])('%i documents without a total: cut short is %s', async (count, truncated) => {
  const document = { _index: 'logs', _source: { message: 'no event' } };
  const { file } = await readTextWith(elasticsearch, lines(Array(count).fill(document)), 'x.ndjson');
  expect(file.truncated).toBe(truncated);
});

it('pages of a search are complete together', async () => {
  const page = { took: 1, hits: { total: { value: 2, relation: 'eq' }, hits: [{ _source: events[0] }] } };
  const { file } = await readTextWith(elasticsearch, JSON.stringify([page, page]), 'x.json');
  expect([file.records, file.truncated]).toEqual([2, false]);
});

it('a row that states a name twice is no row', async () => {
  const page = { QueryStatus: 'FINISHED', QueryResultRows: [[{ eventJson: raw }, { eventJson: raw }]] };
  const { file } = await readTextWith(cloudtrailLake, JSON.stringify(page), 'x.json');
  expect(file.rejects[0]?.reason).toContain('found a list');
});

it.each([
  [99, false],
  [100, true],
  [1000, true],
])('%i lines of Loki: cut short is %s', async (count, truncated) => {
  const values = Array.from({ length: count }, (_, n) => [`${1_789_373_553_000_000_000n + BigInt(n)}`, raw]);
  const data = { resultType: 'streams', result: [{ stream: {}, values }] };
  const { file } = await readTextWith(loki, JSON.stringify({ status: 'success', data }), 'x.json');
  expect(file.truncated).toBe(truncated);
});

it('10,000 messages of Sumo Logic may be the first page of several', async () => {
  const messages = Array(10_000).fill({ map: { _raw: 'session opened', _messagetime: '1' } });
  const { file } = await readTextWith(sumo, JSON.stringify({ fields: [], messages }), 'x.json');
  expect(file.truncated).toBe(true);
});

const message = { messageId: '1', data: 'aGVsbG8=' };

it.each([
  [
    'numbers of Loki',
    'x.json',
    { data: { resultType: 'matrix', result: [{ metric: {}, values: [[1, '2']] }] } },
  ],
  ['streams of a video service', 'x.json', { streams: [{ codec: 'h264', values: [1] }] }],
  ['labels of tickets', 'x.json', { labels: ['bug'], timestamp: '2026-09-01', title: 'a line' }],
  ['users of Datadog', 'x.json', { data: [{ type: 'users', id: 'u1', attributes: { name: 'Ines' } }] }],
  ['monitors with data of their own', 'x.json', { data: [{ type: 'log', weight: 3 }] }],
  ['messages of a chat', 'x.json', { messages: [{ map: { room: 'ops' }, text: '_raw' }] }],
  ['a message of a queue that is no Pub/Sub', 'x.json', { message: { body: 'x' }, subscription: 'gold' }],
  ['a Pub/Sub message without its shell', 'x.json', message],
  ['an index of a book', 'x.ndjson', { index: { chapter: 1 } }],
  ['a list of names', 'x.ndjson', { create: 'table' }],
])('%s is no log that was collected', async (_what, name, value) => {
  const shells: unknown[] = [loki, datadog, sumo, pubsub, bulk].map(({ id }) => id);
  const text = `${JSON.stringify(value)}\n${name.endsWith('.ndjson') ? JSON.stringify(value) : ''}`;
  const { file } = await readTextWith(loki, text, name);
  expect(shells).not.toContain(file.adapter);
});
