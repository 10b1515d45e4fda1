import { RECORD_FIELDS } from '../assets/record-fields.js';
import {
  isEntityFact,
  type MissingEvidence,
  type Policy,
  type RecordKind,
  SUBJECT_KINDS,
  SUBJECT_TABLES,
} from '../model/index.js';
import { distinctTexts } from '../text/compare-text.js';
import { factWords } from '../text/fact-words.js';
import { fieldWords } from '../text/field-words.js';
import { joinWords } from '../text/format.js';
import { EXPORT_WORDS } from './evidence-words.js';
import type { MissingSource } from './missing-source.js';
import { stateForEntity } from './state-facts.js';
import { EXPORTS } from './words.js';

type Words = Pick<MissingEvidence, 'label' | 'how'>;

/** What is known of something missing. */
export type MissingParts = {
  /** What a person would supply. */
  source: MissingSource;
  /** Fields of the records of an export that are missing; empty if whole records are. */
  fields: readonly string[];
  /** Rules concerned. */
  rules: readonly string[];
};

/** Kinds whose records are events in time. */
const LOGS: readonly RecordKind[] = ['events', 'rotations'];

/** Most fields that a label names. */
const NAMED_FIELDS = 6;

/** Returns what is missing in words, and how to get it. */
export function missingWords(
  { source, fields, rules }: MissingParts,
  policies: ReadonlyMap<string, Policy>,
  supplied: ReadonlySet<string>,
): Words {
  if (source.kind === 'export') return exportWords(source, fields, supplied.has(source.path));
  if (source.kind === 'document') return documentWords(rules[0] ?? '', policies);
  if (source.path.startsWith('params.')) return settingWords(source.path, rules[0] ?? '');
  return source.kind === 'fact' ? wordsOfFact(source.path) : fieldOfSubject(source.path);
}

function exportWords(
  { path }: Extract<MissingSource, { kind: 'export' }>,
  fields: readonly string[],
  supplied: boolean,
): Words {
  const { label, how } = EXPORT_WORDS[path];
  const named = distinctTexts(fields.map(fieldWords));
  const further = named.length > NAMED_FIELDS ? [`${named.length - NAMED_FIELDS} more fields`] : [];
  const inWords = joinWords([...named.slice(0, NAMED_FIELDS), ...further]);
  if (named.length === 0) return { label, how: supplied ? moreOf(path, how) : `None was supplied: ${how}.` };
  return {
    label: `${label} with ${inWords}`,
    how: supplied
      ? `What was supplied does not state ${inWords}: ${how}, with these fields.`
      : `None was supplied: ${how}.`,
  };
}

/** Returns how to supply more of a kind of record. */
function moreOf(kind: RecordKind, how: string): string {
  const whole = LOGS.includes(kind) ? 'every system and the whole time' : 'every system';
  return `What was supplied does not decide these checks: ${how}, for ${whole}, and state under covers in keyproof.yaml what it holds.`;
}

function documentWords(ruleId: string, policies: ReadonlyMap<string, Policy>): Words {
  const title = policies.get(ruleId)?.title ?? ruleId;
  return {
    label: `document for "${title}"`,
    how: `Add a record of kind attestations for ${ruleId} that names the document with its SHA-256, owner, approver and dates.`,
  };
}

/** Returns the words of a threshold that has no default, because only the entity knows it. */
function settingWords(path: string, rule: string): Words {
  const name = path.slice('params.'.length);
  return {
    label: `${fieldWords(name)} of ${rule}`,
    how: `State thresholds.${rule}.params.${name} in keyproof.yaml; keyproof has no default for it.`,
  };
}

function wordsOfFact(fact: string): Words {
  const how = isEntityFact(fact)
    ? stateForEntity(fact)
    : `State ${fact} in the exports of the subjects concerned, or under applicability in keyproof.yaml for all that do not say.`;
  return { label: factWords(fact), how };
}

/** Returns the words of a field of the subjects' own records; of a path that is none, the path itself. */
function fieldOfSubject(path: string): Words {
  const [first = '', name = ''] = path.split('.');
  const kind = SUBJECT_KINDS.find((one) => one === first);
  const table = kind === undefined ? null : SUBJECT_TABLES[kind];
  const field = table && RECORD_FIELDS[table.table].find((one) => one.name === name);
  if (kind === undefined || !field)
    return {
      label: path,
      how: `Supply evidence that states ${path}; the policy that asks for it says more.`,
    };
  const inventory = EXPORTS[kind];
  return {
    label: `${fieldWords(name)} in the ${inventory}`,
    how: `State ${name} in the ${inventory} (${described(field.description)}), or map its column under sources in keyproof.yaml.`,
  };
}

/** Returns the first sentence or clause of a description, to stand in brackets. */
function described(description: string): string {
  const [first = ''] = description.split(/[.;](?:\s|$)/);
  return /^[A-Z][a-z]/.test(first) ? first.charAt(0).toLowerCase() + first.slice(1) : first;
}
