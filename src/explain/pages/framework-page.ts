import {
  type Control,
  type ControlMapping,
  type ControlStatus,
  elementsOf,
  type Framework,
  type Grade,
  type Policy,
  type Predicate,
  VERDICTS,
  type Verdict,
} from '../../model/index.js';
import { plural } from '../../text/format.js';
import {
  type Block,
  code,
  controlAnchor,
  frameworkPath,
  link,
  type Page,
  rulePath,
  type Section,
  type Span,
  text,
} from './page.js';
import { sharedSentences } from './shared-sentences.js';

/** What is known of a framework: its file, what it covers, and the policies it names. */
export type FrameworkFacts = {
  /** The framework. */
  framework: Framework;
  /** Controls by status. */
  statuses: { [S in ControlStatus]: number };
  /** Mappings by grade. */
  grades: { [G in Grade]: number };
  /** Every policy there is. */
  policies: readonly Policy[];
};

/** What the codes of `verification` stand for; the first letter counts. */
const CHECKED: { readonly [code: string]: string } = {
  C: 'read in the text',
  V: 'read in the text',
  R: 'read in the text',
  S: 'confirmed in a secondary source; the text was not read',
  M: 'from memory; to be confirmed',
  L: 'a label of audit convention, not a citation',
};

const STATUS_MEANS: { readonly [S in ControlStatus]: string } = {
  automated: 'direct mappings test it as far as exports can show it',
  partial: 'some of it is tested; a question is left for the rest',
  manual: 'nothing that decides is tested; a question for a person',
  'not-applicable': 'the file states why',
};

/** Creates the page about a framework: every control, how far it is covered, and what is not. */
export function frameworkPage(facts: FrameworkFacts): Page {
  const { framework } = facts;
  return {
    path: frameworkPath(framework.id),
    sources: [`frameworks/${framework.id}.yaml`],
    title: `${framework.title} ${framework.version}`,
    blocks: [head(framework), text(framework.disclaimer.trim())],
    sections: [
      { title: 'Coverage', blocks: coverage(facts) },
      { title: 'Words for a verdict', blocks: [vocabulary(framework)] },
      ...framework.groups.map((group) => groupSection(group, facts)),
    ],
  };
}

/** Creates the blocks of one control for the page of its framework. */
export function controlBlocks(control: Control, policies: readonly Policy[]): Block[] {
  return [
    { kind: 'heading', text: `${control.id}: ${control.title}`, anchor: controlAnchor(control.id) },
    { kind: 'terms', rows: terms(control) },
    ...mappings(control, policies),
  ];
}

/** Creates what a control shares with others of its framework: what its id stands for, and the law as it was read; nothing if unstated. */
export function lawBlocks({ state, read, short_ids: shortIds = {} }: Framework, { id }: Control): Block[] {
  const own = Object.entries(shortIds).filter(([prefix]) => id.startsWith(prefix));
  const rows = [
    ...termOf('Short ids', meanings(Object.fromEntries(own))),
    ...termOf('State', state?.trim()),
    ...termOf('Read', read),
  ];
  return rows.length === 0 ? [] : [{ kind: 'terms', rows }];
}

function head(framework: Framework): Block {
  const {
    id,
    aliases,
    issuer,
    source,
    reviewed,
    state,
    read,
    period,
    short_ids: shortIds = {},
    when,
  } = framework;
  return {
    kind: 'terms',
    rows: [
      ['Id', [code(id), ...(aliases.length > 0 ? [`, also ${aliases.join(', ')}`] : [])]],
      ['Issuer', [issuer]],
      ['Published', [link(source, source)]],
      ['Reviewed', [reviewed]],
      ...termOf('State', state?.trim()),
      ...termOf('Read', read),
      ...termOf('Period', period?.asks.trim()),
      ...termOf('Short ids', meanings(shortIds)),
      ['Counts for', [when === undefined ? 'every subject' : predicateText(when)]],
    ],
  };
}

function termOf(name: string, value: string | undefined): [string, Span[]][] {
  return value ? [[name, [value]]] : [];
}

function meanings(shortIds: { [prefix: string]: string }): string {
  return Object.entries(shortIds)
    .map(([prefix, means]) => `${prefix} is ${means}`)
    .join('; ');
}

function coverage({ framework, statuses, grades }: FrameworkFacts): Block[] {
  const total = framework.controls.length;
  const untested = framework.controls.filter(({ policies }) => policies.length === 0).length;
  const byStatus = Object.entries(statuses).map(([status, count]) => [
    [status],
    [String(count)],
    [STATUS_MEANS[status as ControlStatus]],
  ]);
  const byGrade = Object.entries(grades).map(([grade, count]) => `${count} ${grade}`);
  return [
    text(
      `${plural(total, 'control')}; ${untested} of them tested by no policy. Mappings: ${byGrade.join(', ')}.`,
    ),
    { kind: 'table', head: ['Status', 'Controls', 'Means'], rows: byStatus },
    text(
      'What status and grade mean, and how a verdict follows: ',
      link('docs/frameworks.md', 'docs/frameworks.md'),
      '.',
    ),
  ];
}

function vocabulary({ vocabulary: words, wordings = {}, suggestions = {} }: Framework): Block {
  const others = (verdict: Verdict): string[] =>
    Object.entries(wordings).flatMap(([name, own]) =>
      own[verdict] === undefined ? [] : [`for a control of wording ${name}: ${own[verdict]}`],
    );
  const suggested = (verdict: Verdict): string[] =>
    suggestions[verdict] === undefined ? [] : [`suggests to the assessor: ${suggestions[verdict]}`];
  const cell = (verdict: Verdict) => [words[verdict], ...others(verdict), ...suggested(verdict)].join('; ');
  return { kind: 'terms', rows: VERDICTS.map((verdict) => [verdict, [cell(verdict)]]) };
}

function groupSection(group: Framework['groups'][number], { framework, policies }: FrameworkFacts): Section {
  const own = framework.controls.filter((control) => control.group === group.id);
  return {
    title: `${group.id}: ${group.title}`,
    blocks: own.flatMap((control) => controlBlocks(control, policies)),
  };
}

function terms(control: Control): [string, Span[]][] {
  return [
    ['Status', [control.status]],
    ['Applies', [control.applicability.trim()]],
    ...(control.when ? [['Counts for', [predicateText(control.when)]] as [string, Span[]]] : []),
    ['An assessor asks for', [control.assessor.trim()]],
    ['Question', [control.ask?.trim() ?? 'none']],
    ['Id and effect', [verificationText(control.verification)]],
  ];
}

/** Describes a verification: `S:Sidley` is a code and the source it was read in. */
function verificationText(verification: string): string {
  const [key = '', ...rest] = verification.split(':');
  const source = rest.join(':').trim();
  const means = CHECKED[key.charAt(0)] ?? 'not stated how';
  return `${means} (${key}${source ? `: ${source}` : ''})`;
}

function mappings(control: Control, policies: readonly Policy[]): Block[] {
  if (control.policies.length === 0) return [text('Tested by no policy.')];
  const { own, shared } = sharedSentences(control.policies.map(limitationText));
  const rows = control.policies.map((mapping, place) => mappingRow(mapping, own[place] ?? '', policies));
  return [
    text('Policies that are evidence for it:'),
    { kind: 'table', head: ['Policy', 'Grade', 'Tests', 'Limitation'], rows },
    ...(shared === '' ? [] : [text(`Of each of them: ${shared}`)]),
  ];
}

/** Returns what a mapping does not show, and for which subjects it counts. */
function limitationText({ limitation, when }: ControlMapping): string {
  const counts = when === undefined ? [] : [`Counts for ${predicateText(when)}.`];
  return [limitation?.trim() ?? '', ...counts].filter((text) => text !== '').join(' ');
}

function mappingRow(mapping: ControlMapping, limitation: string, policies: readonly Policy[]): Span[][] {
  const { id, grade } = mapping;
  const title = testsText(
    mapping,
    policies.find((policy) => policy.id === id),
  );
  return [[code(id, rulePath(id))], [grade], [title], [limitation]];
}

/** Returns the elements that a mapping takes, or the title of the policy if that is one element. */
function testsText({ elements = [] }: ControlMapping, policy: Policy | undefined): string {
  if (policy === undefined) return 'no policy of this rule book';
  const all = elementsOf(policy);
  if (all.length < 2) return policy.title;
  return all.flatMap(({ id, title }) => (elements.includes(id) ? [title] : [])).join('; ');
}

function predicateText(predicate: Predicate): string {
  const facts = Object.entries(predicate).map(([field, values]) => `${field} = ${values.join(' or ')}`);
  return facts.join(', ');
}
