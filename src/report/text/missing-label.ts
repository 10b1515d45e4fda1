import type { RecordKind } from '../../model/index.js';
import { fieldWords } from '../../text/field-words.js';
import { RECORD_WORDS } from './words.js';

/** Parts of a path that say nothing to a reader: lists of records, and units. */
const SILENT = /^records$|^\d+$/;

/**
 * Returns what is missing in words: the label of the path without the reason in brackets, with the reason; for a path that has no
 * label, the kind of record and what is not known of it (`events.scopes_since_ms (too few days)` as `audit and access events: scopes since
 * (too few days)`).
 * @param labels label of each path that something supplied would decide, by path.
 */
export function missingLabel(missing: string, labels: ReadonlyMap<string, string>): string {
  const [, path = missing, reason = ''] = /^(\S+)( \(.*\))?$/s.exec(missing) ?? [];
  return `${labels.get(missing) ?? labels.get(path) ?? inWords(path)}${reason}`;
}

function inWords(path: string): string {
  const [member = '', ...rest] = path.split('.').filter((part) => !SILENT.test(part));
  const parts = [isRecordKind(member) ? ofRecords(member) : spelt(member), ...rest.map(spelt)];
  return parts.filter((part) => part !== '').join(': ');
}

function isRecordKind(member: string): member is RecordKind {
  return Object.hasOwn(RECORD_WORDS, member);
}

function ofRecords(kind: RecordKind): string {
  const words = RECORD_WORDS[kind];
  return words.charAt(0).toLowerCase() + words.slice(1);
}

function spelt(name: string): string {
  return fieldWords(name.replace(/_ms$/, ''));
}
