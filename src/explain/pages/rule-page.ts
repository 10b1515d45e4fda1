import {
  type Criterion,
  type Framework,
  type ParamValue,
  type Policy,
  SEVERITIES,
  type Severity,
  SUBJECT_WORDS,
} from '../../model/index.js';
import type { PolicyAccount } from '../../policies/index.js';
import { differenceSpans } from './difference.js';
import {
  type Block,
  code,
  controlAnchor,
  frameworkPath,
  joined,
  link,
  type Page,
  rulePath,
  type Span,
  text,
} from './page.js';

/** What is known of a rule: its account, and the controls of the frameworks. */
export type RuleFacts = PolicyAccount & {
  /** The controls it is evidence for. */
  controls: {
    /** Framework id. */
    framework: string;
    /** Control id. */
    control: string;
    /** Grade of the evidence. */
    grade: string;
    /** Ids of the elements that count; null for all that the rule tests. */
    elements: string[] | null;
    /** What it does not show. */
    limitation: string | null;
  }[];
};

/** Creates the page about a rule. */
export function rulePage(facts: RuleFacts, frameworks: readonly Framework[]): Page {
  const { policy } = facts;
  return {
    path: rulePath(policy.id),
    sources: [sourceOf(policy), 'frameworks/'],
    title: policy.id,
    blocks: [text(policy.title), head(policy)],
    sections: [
      { title: 'Why and condition', blocks: paragraphs(policy.description) },
      ...elements(policy),
      { title: 'Data', blocks: data(facts) },
      { title: 'Parameters', blocks: parameters(policy) },
      { title: 'Examples', blocks: examples(facts) },
      { title: 'Controls', blocks: controls(facts, frameworks) },
      { title: 'Remediation', blocks: remediation(policy) },
      ...furtherReading(policy),
    ],
  };
}

function head(policy: Policy): Block {
  const { severity, subject, evidence, domain } = policy;
  const [one] = SUBJECT_WORDS[subject];
  const rests =
    evidence === 'data' ? 'tested on data' : 'rests on an attested document; its content is not tested';
  return {
    kind: 'terms',
    rows: [
      ['Severity', [severity]],
      ['Examined for', [`every ${one}${concerned(policy)}`]],
      ['Evidence', [rests]],
      ['Group', [domain]],
      ['Source', domain === 'custom' ? [code(policy.file)] : [code(sourceOf(policy), sourceOf(policy))]],
    ],
  };
}

/** Returns a phrase such as ` with environment production and status active, that is external`. */
function concerned({ applies = {} }: Policy): string {
  const fields = Object.entries(applies);
  const texts = fields.flatMap(([field, values]) =>
    values.includes(true) || values.includes(false) ? [] : [`${field} ${values.join(' or ')}`],
  );
  const states = fields.flatMap(([field, [value]]) => {
    const state = field.replaceAll('_', ' ');
    return typeof value === 'boolean' ? [`that is ${value ? state : `not ${state}`}`] : [];
  });
  const having = texts.length === 0 ? [] : [`with ${texts.join(' and ')}`];
  return [...having, ...states].map((part, index) => (index === 0 ? ` ${part}` : `, ${part}`)).join('');
}

function sourceOf({ domain, file }: Policy): string {
  return domain === 'custom' ? file : `policies/${file}`;
}

/** Splits a text at empty lines. Texts of METADATA and framework files are folded. */
function paragraphs(words: string): Block[] {
  return words
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => text(paragraph));
}

function remediation({ action, remediation: what, effort, closedBy }: Policy): Block[] {
  return [
    ...(action === undefined ? [] : [text(`${action}.`)]),
    ...paragraphs(what),
    ...(effort === undefined ? [] : [text(`Kind of work: ${effort}.`)]),
    ...(closedBy === undefined ? [] : [text(`What shows it done: ${closedBy.trim()}`)]),
  ];
}

function elements({ elements: declared = [], domain }: Policy): Page['sections'] {
  if (declared.length === 0) return [];
  const rows = declared.map(({ id, title, shows, criterion, requires = [] }) => [
    [code(id)],
    [title],
    [shows],
    [criterionText(criterion, domain === 'custom' ? "the policy's own" : "keyproof's default")],
    requires.length === 0 ? [''] : joined(requires.map((path) => code(path))),
  ]);
  return [
    {
      title: 'Elements',
      blocks: [
        text('Each has an outcome of its own; a control takes those that it is about.'),
        { kind: 'table', head: ['Element', 'Title', 'A result shows', 'Whose limit', 'Needs'], rows },
      ],
    },
  ];
}

function criterionText(criterion: Criterion, unset: string): string {
  if (criterion === 'none') return 'no limit';
  if (criterion === 'entity') return 'the entity';
  if ('law' in criterion) return `the law: ${criterion.law}`;
  return `parameters, ${unset} unless set: ${criterion.params.join(', ')}`;
}

function data({ policy, fields }: RuleFacts): Block[] {
  const schema = `dossier-${policy.subject}`;
  const input = text(
    'Reads the dossier of one ',
    SUBJECT_WORDS[policy.subject][0],
    ' (schema ',
    code(schema, `src/model/schemas/${schema}.json`),
    ').',
  );
  if (fields.length === 0) return [input, text('It needs no field in every case.')];
  return [
    input,
    text('If one of these fields is unknown, the outcome is no-evidence:'),
    {
      kind: 'table',
      head: ['Field', 'What it is'],
      rows: fields.map(({ path, description }) => [[code(path)], [description]]),
    },
  ];
}

function parameters({ id, params }: Policy): Block[] {
  const names = Object.entries(params);
  if (names.length === 0) return [text('None.')];
  return [
    text('Set in keyproof.yaml under ', code(`thresholds.${id}`), ', with who decided and why.'),
    {
      kind: 'table',
      head: ['Parameter', 'Default'],
      rows: names.map(([name, value]) => [[code(name)], [valueText(value)]]),
    },
  ];
}

function valueText(value: ParamValue): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value !== 'object') return String(value);
  const entries = bySeverity(Object.entries(value)).map(([name, one]) => `${name}: ${one}`);
  return entries.length === 0 ? 'none' : entries.join(', ');
}

/** Sorts entries named by a severity or a risk tier from the worst down; others keep their order. */
function bySeverity<T>(entries: [string, T][]): [string, T][] {
  const rank = (name: string) => SEVERITIES.indexOf(name as Severity);
  return entries.toSorted(([a], [b]) => rank(a) - rank(b));
}

function examples({ policy, examples: all }: RuleFacts): Block[] {
  if (all.length === 0) return [text('None.')];
  const rows = all.map(({ name: words, file, difference, outcome, says, elements: raised }) => [
    [policy.domain === 'custom' ? code(words) : code(words, `policies/${file}`)],
    [raised.length === 0 ? outcome : `${outcome} (${raised.join(', ')})`],
    difference === null ? ['a whole dossier'] : differenceSpans(difference),
    [says.join('; ')],
  ]);
  return [
    text(
      ...basesOf(all),
      'The table has what each changes in it, and what the policy says then. ',
      code(`keyproof policy test --filter ${policy.id}`),
      ' runs them.',
    ),
    { kind: 'table', head: ['Example', 'Outcome', 'Differs in', 'Says'], rows },
  ];
}

/** Names the dossiers that examples differ from: one, or none if all are whole. */
function basesOf(all: RuleFacts['examples']): Span[] {
  const files = [...new Set(all.flatMap(({ base }) => base ?? []))];
  if (files.length === 0) return ['Each is a whole dossier. '];
  return ['The base is the dossier ', ...joined(files.map((file) => code(file, `policies/${file}`))), '. '];
}

function controls({ policy, controls: all }: RuleFacts, frameworks: readonly Framework[]): Block[] {
  if (all.length === 0) return [text('Evidence for no control.')];
  const several = (policy.elements ?? []).length > 1;
  const rows = all.map(({ framework: id, control, grade, elements: taken, limitation }) => {
    const framework = frameworks.find((one) => one.id === id);
    const asked = framework?.controls.find((one) => one.id === control)?.title ?? '';
    return [
      [name(framework, id)],
      [link(control, `${frameworkPath(id)}#${controlAnchor(control)}`)],
      [grade],
      ...(several ? [joined((taken ?? []).map((element) => code(element)))] : []),
      [asked],
      [limitation ?? ''],
    ];
  });
  return [
    text(
      'Evidence for these controls; how a verdict follows is in ',
      link('docs/frameworks.md', 'docs/frameworks.md'),
      '.',
    ),
    {
      kind: 'table',
      head: ['Framework', 'Control', 'Grade', ...(several ? ['Elements'] : []), 'Asks', 'Limitation'],
      rows,
    },
  ];
}

function name(framework: Framework | undefined, id: string): Span {
  return link(framework === undefined ? id : `${framework.title} ${framework.version}`, frameworkPath(id));
}

function furtherReading({ relatedResources }: Policy): Page['sections'] {
  if (relatedResources.length === 0) return [];
  const lines = relatedResources.map(({ ref, description }) =>
    text(
      ...joined(
        [description ?? '', link(ref, ref)].filter((part) => part !== ''),
        ': ',
      ),
    ),
  );
  return [{ title: 'Further reading', blocks: lines }];
}
