import type { Instant, Proposal } from '../../index.js';
import { redactSecrets } from '../../secrets/redact.js';

const SHOWN_LEFT = 20;

/** Returns the entry of a proposal for `sources` in keyproof.yaml, what is to check or to state as comments. */
export function sourceText({ spec, byContent, left, missing, settings }: Proposal): string {
  if (spec === null) return '';
  const { path, kind, header, columns = {}, dates, dayNumbers } = spec;
  const comment = (field: string): string => (byContent.includes(field) ? ' # by what is in it: check' : '');
  return [
    `  - path: ${JSON.stringify(path)}`,
    `    kind: ${kind}`,
    ...(header === undefined ? [] : [`    header: ${header}`]),
    '    columns:',
    ...Object.entries(columns).map(
      ([field, column]) => `      ${field}: ${JSON.stringify(column)}${comment(field)}`,
    ),
    ...missing.map((field) => `      # ${field}: ...   # which column? every record needs it`),
    ...settings.reasons.map((reason) => `    # ${reason}`),
    ...(dates === undefined ? [] : [`    dates: ${dates}`]),
    ...(dayNumbers === undefined ? [] : [`    dayNumbers: ${dayNumbers}`]),
    ...settings.questions.map(({ setting, why }) => `    # ${setting}   # ${why}`),
    ...wordLines(settings.words),
    ...(left.length === 0
      ? []
      : [
          `    # not mapped: ${left
            .slice(0, SHOWN_LEFT)
            .map((name) => JSON.stringify(redactSecrets(name)))
            .join(', ')}`,
        ]),
    '',
  ].join('\n');
}

function wordLines(unknown: Proposal['settings']['words']): string[] {
  const lines = unknown.map(({ field, words, meaning }) => {
    const stated = words.map((word) => `${JSON.stringify(redactSecrets(word))}: ...`).join(', ');
    return `    #   ${field}: {${stated}}   # ${meaning}`;
  });
  return lines.length === 0
    ? []
    : ['    # values:   # words that are not known: state what each means', ...lines];
}

/** Returns how a file is read with a proposal: what it gives, what is wrong, and its first records. */
export function readingText({ spec, unclear, file, records }: Proposal): string {
  const recognised = spec === null && file.adapter !== null;
  const counts = [
    `${file.records} ${file.records === 1 ? 'record' : 'records'} read`,
    ...(file.rejected > 0 ? [`${file.rejected} rejected`] : []),
    ...(file.unreadableFields > 0
      ? [`${file.unreadableFields} ${file.unreadableFields === 1 ? 'value' : 'values'} could not be read`]
      : []),
  ].join(', ');
  const faults = [
    ...file.rejects.map(({ record, field, reason }) => `${record}${field ? `, ${field}` : ''}: ${reason}`),
    ...file.unreadable.map(({ record, field, reason }) => `${record}, ${field}: ${reason}`),
  ];
  return [
    `${file.path}: ${recognised ? `recognised as ${file.adapter}, needs no entry; ` : ''}${counts}.`,
    ...faults.slice(0, MOST_FAULTS).map((fault) => `  ${fault}`),
    ...(faults.length > MOST_FAULTS
      ? [`  and ${faults.length - MOST_FAULTS} more: keyproof inspect lists them`]
      : []),
    ...(file.adapter === null ? (unclear ? [unclear] : file.warnings).map((text) => `  ${text}`) : []),
    ...records.map(({ record }) => recordText(record)),
  ].join('\n');
}

const MOST_FAULTS = 5;

function recordText({ source, ...fields }: Proposal['records'][number]['record']): string {
  const stated = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return [
    `${source.record}:`,
    ...stated.map(([field, value]) => `  ${field.padEnd(24)} ${valueText(field, value)}`),
  ].join('\n');
}

function valueText(field: string, value: unknown): string {
  if (value === '') return 'none';
  if (Array.isArray(value) && value.length === 0)
    return field === 'ip_allowlist' ? 'none: unrestricted' : 'none';
  if (Array.isArray(value)) return value.join(', ');
  return isInstant(value) ? instantText(value) : String(value);
}

function isInstant(value: unknown): value is Instant {
  return typeof value === 'object' && value !== null && 'state' in value;
}

function instantText({ state, ms, tolerance_ms: tolerance, day }: Instant): string {
  if (state !== 'known' || ms === null) return state;
  const moment = new Date(ms).toISOString();
  return tolerance > 0 ? (day ?? moment.slice(0, 10)) : moment;
}
