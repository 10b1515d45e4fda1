import { isObject } from '../../../../text/is-object.js';
import type { FileSample } from '../../../adapter.js';
import { unwrapping } from '../../../envelopes/unwrapping.js';

/** Actions of a bulk request. */
const ACTIONS = ['index', 'create', 'update', 'delete'];
const ACTION = 'action of the bulk request';

/**
 * Bulk requests of Elasticsearch and OpenSearch, as collectors keep them and dumps for `_bulk` are written: a line with the action (`index`, `create`),
 * and the document in the next. Follows https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk
 * - The event is `event.original`, else `message`, else the document itself. It is read as the log that it is of.
 * - A request states what was to be indexed. What became of it is in the answer, which is not read.
 */
export const adapter = unwrapping({
  id: 'elasticsearch-bulk',
  title: 'Elasticsearch or OpenSearch bulk request (NDJSON)',
  recognisedBy: 'lines `{"index": {}}` or `{"create": {}}` before each document',
  proves: 'what the events of known logs prove that were sent to the index',
  cannot:
    'that what was not sent did not happen, documents that keep mapped fields only, and that the index took them',
  formats: ['ndjson'],
  signature: ['index', 'create', '_index', '_id'],
  items: ['$', ''],
  places: [['event', 'original'], ['event.original'], ['message'], []],
  recognise: ({ first }: FileSample) => (isAction(first, ['index', 'create']) ? { version: null } : null),
  leaveOut: (record) => (isAction(record, ACTIONS) ? ACTION : null),
});

/** Returns whether a line is an action: one member, of which each member begins with `_` or is an option of a document. */
function isAction(value: unknown, names: readonly string[]): boolean {
  if (!isObject(value)) return false;
  const [[name, options] = ['', null], ...more] = Object.entries(value);
  return (
    more.length === 0 && names.includes(name) && isObject(options) && Object.keys(options).every(isOption)
  );
}

const OPTIONS = [
  'routing',
  'version',
  'version_type',
  'if_seq_no',
  'if_primary_term',
  'require_alias',
  'pipeline',
];

function isOption(name: string): boolean {
  return name.startsWith('_') || [...OPTIONS, 'retry_on_conflict', 'dynamic_templates'].includes(name);
}
