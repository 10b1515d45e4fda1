import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { adapter as cloudtrailLake } from '../../../src/ingest/adapters/aws/cloudtrail-lake/adapter.js';
import { adapter as elasticsearch } from '../../../src/ingest/adapters/elasticsearch/export/adapter.js';
import { adapter as splunk } from '../../../src/ingest/adapters/splunk/export/adapter.js';
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
