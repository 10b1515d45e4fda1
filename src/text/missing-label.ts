import type { Assessment, RecordKind } from '../model/index.js';
import { distinctTexts } from './compare-text.js';
import { fieldWords } from './field-words.js';
import { MEMBER_WORDS, SUMMARY_WORDS } from './member-words.js';
import { RECORD_WORDS, recordWords } from './record-words.js';

/** Parts of a path that say nothing to a reader: lists of records, and units. */
const SILENT = /^records$|^\d+$/;

/** How the name of a count of records begins that state a field, or do not. */
const COUNTED = /^with(out)?_/;

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

/** Returns the label of each path that something supplied would decide, by path. */
export function missingLabels({
  missingEvidence,
}: Pick<Assessment, 'missingEvidence'>): ReadonlyMap<string, string> {
  return new Map(missingEvidence.map(({ path, label }) => [path, label]));
}

/** Returns what is missing in words, each once, for one cell. */
export function missingInWords(missing: readonly string[], labels: ReadonlyMap<string, string>): string {
  return distinctTexts(missing.map((path) => missingLabel(path, labels))).join('; ');
}

function inWords(path: string): string {
  const [member = '', ...rest] = path.split('.').filter((part) => !SILENT.test(part));
  if (member === 'supplied') return rest.map(memberWords).join(': ');
  return [memberWords(member), ...rest.map(spelt)].filter(saysMore).join(': ');
}

/** Whether a part of a label says what the parts before it do not, as whole words. */
function saysMore(part: string, place: number, parts: readonly string[]): boolean {
  const said = ` ${parts.slice(0, place).join(' ')} `;
  return part !== '' && !said.includes(` ${part} `);
}

function memberWords(member: string): string {
  return isRecordKind(member) ? recordWords(member) : (MEMBER_WORDS.get(member) ?? spelt(member));
}

function isRecordKind(member: string): member is RecordKind {
  return Object.hasOwn(RECORD_WORDS, member);
}

function spelt(name: string): string {
  const field = name.replace(/_ms$/, '');
  return SUMMARY_WORDS.get(field) ?? fieldWords(field.replace(COUNTED, ''));
}
