import {
  type Decision,
  type EvidenceDifference,
  missingLabel,
  missingLabels,
  type PackFinding,
  type Replay,
  type UsedRecord,
} from '../../../index.js';
import { section } from './finding-text.js';

/** Returns what is needed to repeat the evaluation of a finding, if no evidence was named. */
export function notReplayedText({ finding, assessment }: PackFinding, pack: string): string {
  const files = assessment.inputs.filter(({ state }) => state !== 'not-used').map(({ path }) => path);
  const config = pack === 'evidence-pack' ? '' : ` --pack ${pack}`;
  return [
    `A pack holds no exports. For the lines that decided, and the values they saw, name those it was made from, as in the audit: keyproof explain ${finding.id} PATH... [--config FILE]${config}`,
    section(`It was made from ${counted(files.length, 'file')}`, cut(files)),
  ].join('\n');
}

/** Returns a repeated evaluation as text: its evidence, whether its result is the same, deciding lines, records. */
export function replayText(found: PackFinding, replay: Replay): string {
  const parts = [
    evidenceText(found, replay),
    ...(replay.samePolicies ? [] : [otherPolicies(found)]),
    ...outcomeText(found, replay),
    replay.problem,
    ...decisionsText(replay.decisions),
    section('What states owner, environment and risk tier', replay.statedBy),
    section('Records these values came from', cut(replay.records.map(recordText))),
  ];
  return parts.filter((part) => part !== null).join('\n\n');
}

function evidenceText({ assessment }: PackFinding, { differences, sameEvidence }: Replay): string {
  const used = assessment.inputs.filter(({ state }) => state !== 'not-used').length;
  const lines = differences.map(differenceText);
  if (sameEvidence)
    return [
      `Evaluated again on the evidence of the pack: ${counted(used, 'file')} with the SHA-256 the pack names.`,
      ...cut(lines).map((line) => `  ${line}`),
    ].join('\n');
  return [
    'Evaluated again on OTHER evidence than the pack was made from: what follows is about that evidence.',
    ...cut(lines).map((line) => `  ${line}`),
  ].join('\n');
}

function differenceText({ path, kind, was, is, now }: EvidenceDifference): string {
  switch (kind) {
    case 'changed':
      return `${path}: was changed; its SHA-256 is ${is ?? 'not to be had'}, the pack has ${was ?? 'none'}.`;
    case 'missing':
      return `${path}: is missing.`;
    case 'added':
      return `${path}: is not in the pack.`;
    case 'renamed':
      return `${path}: is now ${now}, with the same content.`;
  }
}

function otherPolicies({ assessment }: PackFinding): string {
  const { version, policyBundleSha256 } = assessment.tool;
  return `The policies are not those of the pack (keyproof ${version}, SHA-256 ${policyBundleSha256.slice(0, 12)}...): the lines are those of now.`;
}

function outcomeText({ finding, assessment }: PackFinding, { observation, sameFinding }: Replay): string[] {
  if (observation === null) return [];
  if (sameFinding && finding.outcome === 'waived')
    return [
      `The policy fails, as when the pack was written; the accepted exception ${finding.waiver} covers it.`,
    ];
  if (sameFinding) return [`The policy says what the pack says: ${finding.outcome}.`];
  const said = [
    ...observation.violations.map(({ message }) => message),
    ...observation.missing.map((path) => missingLabel(path, missingLabels(assessment))),
    ...observation.reasons,
    ...(observation.error === null ? [] : [observation.error]),
  ];
  const because = said.length === 0 ? '.' : `: ${said.join('; ')}`;
  return observation.outcome === finding.outcome
    ? [`It is ${observation.outcome} again, with other values${because}`]
    : [`The pack says ${finding.outcome}; now it is ${observation.outcome}${because}`];
}

/** Groups the rules by file, under the name of the file. */
function decisionsText(decisions: readonly Decision[]): string[] {
  const files = [...new Set(decisions.map(({ file }) => file))];
  return files.map((file) =>
    [
      `Lines that decided, in ${placeOf(file)} (marked >):`,
      ...decisions.filter((one) => one.file === file).map(decisionText),
    ].join('\n\n'),
  );
}

/** Returns the file of a rule. Rules made from METADATA are in no file that a reader could open. */
function placeOf(file: string): string {
  return file.startsWith('keyproof/') ? `${file}, which keyproof makes from METADATA` : file;
}

function decisionText({ rule, held, value, further, lines }: Decision): string {
  const width = Math.max(...lines.map(({ row }) => String(row).length), 0);
  const head = held ? (value === null ? rule : `${rule} = ${value}`) : `${rule}: did not hold`;
  return [
    `  ${head}${further > 0 ? ` (and in ${counted(further, 'more way')})` : ''}`,
    ...lines.flatMap(({ row, text, decided, values }, index) => [
      ...(index > 0 && row > (lines[index - 1]?.row ?? 0) + 1 ? [`    ${' '.repeat(width)} | ...`] : []),
      `  ${decided ? '>' : ' '} ${String(row).padStart(width)} | ${text.replaceAll('\t', '  ')}`,
      ...values.map((one) => `    ${' '.repeat(width)} |   ${one.text} = ${one.value ?? 'undefined'}`),
    ]),
  ].join('\n');
}

function recordText({ file, record, sha256, values }: UsedRecord): string {
  const place = `${file}, ${record}${sha256 ? `, sha256 ${sha256}` : ''}`;
  return values.length === 0 ? place : `${place}: ${values.join(', ')}`;
}

const LISTED = 20;

function cut(lines: readonly string[]): string[] {
  const rest = lines.length - LISTED;
  return rest <= 0 ? [...lines] : [...lines.slice(0, LISTED), `and ${rest} more`];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
