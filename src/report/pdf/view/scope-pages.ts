import {
  type Assessment,
  followedText,
  type Incomplete,
  type InputFile,
  originText,
  type ParamOrigin,
  SUBJECT_WORDS,
} from '../../../model/index.js';
import { factWords } from '../../../text/fact-words.js';
import { formatBytes, formatCount, formatDays, joinWords, plural } from '../../../text/format.js';
import { groupBy } from '../../../text/group-by.js';
import { RECORD_WORDS } from '../../../text/record-words.js';
import { factValueText } from '../../text/fact-value-text.js';
import { type JoinLine, joinLines } from '../../text/join-lines.js';
import { mergedPacks } from '../../text/merged-text.js';
import { paramText } from '../../text/param-text.js';
import { problemsOfKind } from '../../text/partial-inputs.js';
import { type ScopeCountLine, scopeCountLines } from '../../text/scope-counts.js';
import { type ScopeRuleLine, scopeRuleLines } from '../../text/scope-rules.js';
import { INCOMPLETE_WORDS } from '../../text/words.js';
import { type Capped, capped } from '../../view/caps.js';
import { profileSentences } from '../../view/scope-view.js';

/** A parameter that a preset or a threshold sets. */
export type SettingLine = { rule: string; param: string; value: string; from: string; by: string };

/** Records of one kind. */
export type PopulationLine = {
  name: string;
  files: number;
  records: number;
  distinct: number;
  rejected: number;
  range: string;
  problems: string;
};

/** What was in scope, what was taken as given and how complete the evidence is. */
export type ScopePages = {
  sentences: string[];
  facts: { name: string; label: string; value: string; by: string }[];
  counts: ScopeCountLine[];
  rules: ScopeRuleLine[];
  /** By which rules records were joined to keys. */
  joins: JoinLine[];
  settings: Capped<SettingLine>;
  presets: { title: string; choice: string; meaning: string }[];
  open: { framework: string; facts: string }[];
  /** The packs that it was merged from; none for an audit of its own. */
  packs: ReturnType<typeof mergedPacks>;
  population: PopulationLine[];
  absent: string;
  files: string[];
  problems: Capped<{ kind: string; message: string }>;
};

const MOST_SETTINGS = 40;
const MOST_PROBLEMS = 12;

/** Returns the chapter on scope, settings and completeness. */
export function scopePages(assessment: Assessment): ScopePages {
  const { plan, population, incomplete, frameworks } = assessment;
  const settings = settingLines(assessment);
  return {
    sentences: profileSentences(plan),
    facts: plan.facts.map(({ name, value, origin }) => ({
      name,
      label: factWords(name),
      value: factValueText(value),
      by: originText(origin, plan.profile),
    })),
    counts: scopeCountLines(assessment),
    rules: scopeRuleLines(plan),
    joins: joinLines(assessment),
    settings: capped(settings, MOST_SETTINGS, settings.length, 'all of them are in assessment.json'),
    presets: plan.presets.map(({ title, conflict, preset, stated, meaning }) => ({
      title,
      choice: `${conflict}: ${preset}${stated ? '' : ' (default)'}`,
      meaning,
    })),
    open: frameworks.flatMap(openFacts),
    packs: mergedPacks(assessment),
    population: population.filter(({ files }) => files > 0).map((row) => populationLine(row, assessment)),
    absent: absentText(assessment),
    files: fileSentences(assessment.inputs),
    problems: capped(
      incomplete.map(problemLine),
      MOST_PROBLEMS,
      incomplete.length,
      'all are in assessment.json',
    ),
  };
}

function settingLines({ policies }: Assessment): SettingLine[] {
  return policies.flatMap(({ id, set, params }) =>
    Object.entries(set).map(([param, { from, origin }]) => ({
      rule: id,
      param,
      value: paramText(params[param] ?? ''),
      from: paramText(from),
      by: setByText(origin),
    })),
  );
}

function setByText(origin: ParamOrigin): string {
  if (origin.kind === 'document') return `${joinWords(origin.documents)}, for ${joinWords(origin.states)}`;
  if (origin.kind === 'follows') return followedText(origin);
  return origin.kind === 'threshold'
    ? `${origin.by}: ${origin.reason}`
    : `preset ${origin.conflict}: ${origin.preset}`;
}

function openFacts({ title, version, undecided }: Assessment['frameworks'][number]): ScopePages['open'] {
  if (undecided.length === 0) return [];
  const facts = [...groupBy(undecided, ({ field }) => field)].map(
    ([field, all]) => `${factWords(field)} of ${joinWords(all.map(unknownOf))}`,
  );
  return [{ framework: `${title} ${version}`, facts: facts.join('; ') }];
}

function unknownOf({ kind, subjects }: Assessment['frameworks'][number]['undecided'][number]): string {
  return kind === 'organisation' ? 'the organisation' : plural(subjects, ...SUBJECT_WORDS[kind]);
}

function populationLine(
  { kind, range, ...counts }: Assessment['population'][number],
  assessment: Assessment,
): PopulationLine {
  return {
    ...counts,
    name: RECORD_WORDS[kind],
    problems: problemsOfKind(assessment, kind),
    range: range === null ? 'no dates' : formatDays(range.firstMs, range.lastMs),
  };
}

function absentText({ population }: Assessment): string {
  const present = new Set(population.filter(({ files }) => files > 0).map(({ kind }) => RECORD_WORDS[kind]));
  const absent = Object.values(RECORD_WORDS).filter((name) => !present.has(name));
  return absent.length === 0
    ? 'Every kind of record was supplied.'
    : `No file was supplied of: ${absent.join('; ')}.`;
}

function fileSentences(inputs: readonly InputFile[]): string[] {
  const count = (state: InputFile['state']) => inputs.filter((file) => file.state === state).length;
  const bytes = inputs.reduce((sum, file) => sum + file.bytes, 0);
  const complete = inputs.filter(({ coverage }) => coverage.some(({ completeBy }) => completeBy !== null));
  const said = [
    `${plural(inputs.length, 'file was', 'files were')} supplied (${formatBytes(bytes)}), ${formatCount(count('used'))} read, ${formatCount(count('not-used'))} not used, ${formatCount(count('unreadable'))} not readable to the end. manifest.json and assessment.json list each with its SHA-256.`,
    `${completeText(complete.length, inputs.length)} what its records state, not that there is no other record.`,
  ];
  return [...said, ...lossSentences(inputs)];
}

function completeText(complete: number, all: number): string {
  const how = 'stated to be complete, by keyproof.yaml or the register of extracts';
  return complete === 0
    ? `No file is ${how}: each proves`
    : `${formatCount(complete)} of ${plural(all, 'file')} ${complete === 1 ? 'is' : 'are'} ${how}; any other proves`;
}

function lossSentences(inputs: readonly InputFile[]): string[] {
  const rejected = inputs.reduce((sum, file) => sum + file.rejected, 0);
  const unreadable = inputs.reduce((sum, file) => sum + file.unreadableFields, 0);
  const truncated = inputs.filter((file) => file.truncated).length;
  return [
    `${plural(rejected, 'record was', 'records were')} rejected, ${plural(unreadable, 'value')} could not be read, ${plural(truncated, 'file')} ended early or continue elsewhere.`,
  ];
}

function problemLine({ kind, message }: Incomplete): { kind: string; message: string } {
  return { kind: INCOMPLETE_WORDS[kind], message };
}
