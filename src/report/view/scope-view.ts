import {
  type Assessment,
  type ChosenPreset,
  type GivenFact,
  isScopeFact,
  originText,
  SUBJECT_WORDS,
} from '../../model/index.js';
import { factWords } from '../../text/fact-words.js';
import { joinWords, plural } from '../../text/format.js';
import { factValueText } from '../text/fact-value-text.js';
import { type JoinLine, joinLines } from '../text/join-lines.js';
import { paramText } from '../text/param-text.js';
import { type ScopeCountLine, scopeCountLines } from '../text/scope-counts.js';
import { type ScopeRuleLine, scopeRuleLines } from '../text/scope-rules.js';
import { JURISDICTION_WORDS } from '../text/words.js';
import type { ViewContext } from './context.js';

/** A fact taken as given, as printed. */
export type FactView = { name: string; label: string; value: string; by: string; instead: string | null };

/** A conflict between practices as printed. */
export type ConflictView = Pick<
  ChosenPreset,
  'conflict' | 'title' | 'about' | 'preset' | 'meaning' | 'reason'
> & {
  /** `default` or `keyproof.yaml`. */
  by: string;
  others: string;
  sets: { ruleId: string; anchor: string; param: string; value: string; inForce: boolean }[];
};

/** What the audit took as given, which practices it chose in each conflict, and what is not stated. */
export type ScopeView = {
  sentences: string[];
  facts: FactView[];
  /** What states the scope of subjects, by fact. */
  counts: ScopeCountLine[];
  /** Rules of keyproof.yaml that state the scope of subjects. */
  rules: ScopeRuleLine[];
  /** By which rules records were joined to keys. */
  joins: JoinLine[];
  conflicts: ConflictView[];
  undecided: { anchor: string; framework: string; facts: string }[];
};

/** Returns the facts, presets and open facts of the plan as printed. */
export function scopeView({ assessment, frameworkAnchors, policyAnchors }: ViewContext): ScopeView {
  const { plan, frameworks } = assessment;
  const open = frameworks.filter(({ undecided }) => undecided.length > 0);
  return {
    sentences: profileSentences(plan),
    facts: plan.facts.map((fact) => factView(fact, plan)),
    counts: scopeCountLines(assessment),
    rules: scopeRuleLines(plan),
    joins: joinLines(assessment),
    conflicts: plan.presets.map((chosen) => conflictView(chosen, policyAnchors)),
    undecided: open.map(({ id, title, version, undecided }) => ({
      anchor: frameworkAnchors.get(id) ?? '',
      framework: `${title} ${version}`,
      facts: undecided.map(undecidedText).join(', '),
    })),
  };
}

/** Returns `PCI DSS scope of 153 keys`, or names the organisation if it is a fact about the entity. */
function undecidedText({ field, kind, subjects }: Assessment['frameworks'][number]['undecided'][number]) {
  const whose = kind === 'organisation' ? 'the organisation' : plural(subjects, ...SUBJECT_WORDS[kind]);
  return `${factWords(field)} of ${whose}`;
}

/** Returns sentences on the kind of entity that was audited and its jurisdictions. */
export function profileSentences({ profile, jurisdictions }: Assessment['plan']): string[] {
  const kind =
    profile === null
      ? 'No kind of entity is stated, so no fact follows from one.'
      : `Kind of entity: ${profile.title}. ${profile.about}`;
  const where =
    jurisdictions.length === 0
      ? 'keyproof.yaml does not state the jurisdictions in which it is authorised.'
      : `It is authorised, registered or established in ${joinWords(jurisdictions.map((each) => JURISDICTION_WORDS[each]))}, and keyproof.yaml lists no other place.`;
  return [kind, where];
}

function factView(
  { name, value, origin, instead }: GivenFact,
  { profile }: Pick<Assessment['plan'], 'profile'>,
): FactView {
  return {
    name,
    label: factWords(name),
    value: isScopeFact(name)
      ? `${factValueText(value)} unless a record states otherwise`
      : factValueText(value),
    by: originText(origin, profile),
    instead:
      instead === null ? null : `${factValueText(instead.value)} by ${originText(instead.origin, profile)}`,
  };
}

function conflictView(
  { conflict, title, about, preset, meaning, reason, stated, others, sets }: ChosenPreset,
  anchors: ReadonlyMap<string, string>,
): ConflictView {
  return {
    conflict,
    title,
    about,
    preset,
    meaning,
    reason,
    by: stated ? 'keyproof.yaml' : 'default',
    others: others.join(', '),
    sets: sets.map(({ ruleId, param, value, inForce }) => ({
      ruleId,
      anchor: anchors.get(ruleId) ?? '',
      param,
      value: paramText(value),
      inForce,
    })),
  };
}
