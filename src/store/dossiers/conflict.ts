import { jsonValue } from '../json-text.js';
import { boundedList } from './bounded.js';

/** Fields on which records of one thing disagree. */
export function conflicts(): string {
  return boundedList({
    group: 'length(c.kind) * 0',
    record: jsonValue(`{'kind': c.kind, 'id': c.id, 'field': c.field, 'values': [c."first", c.other],
      'records': [c.first_source, c.other_source]}`),
    order: ['c.kind', 'c.id', 'c.field', 'c.other_source.file', 'c.other_source.record'],
    from: 'conflicts c',
  });
}
