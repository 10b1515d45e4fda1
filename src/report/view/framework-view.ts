import { type ControlResult, type FrameworkResult, SUBJECT_WORDS } from '../../model/index.js';
import { factWords } from '../../text/fact-words.js';
import { formatCount, formatDay, plural, wholeOf } from '../../text/format.js';
import { type ControlState, controlState, controlStates, statesText } from '../text/control-states.js';
import { periodNeeded } from '../text/period-needed.js';
import { restOfUndecided } from '../text/rest-of-undecided.js';
import { type ShortId, shortIds, stateOfLaw } from '../text/state-of-law.js';
import { STATE_MEANINGS } from '../text/words.js';
import type { Bar } from './bar.js';
import { capped } from './caps.js';
import type { ViewContext } from './context.js';
import { type MappingRow, mappingRows } from './mapping-row.js';
import { type PartNote, type PartNotes, partNotesOf } from './part-notes.js';
import { stateBar } from './state-bar.js';
import { type StateChoice, stateChoices } from './state-choice.js';

/** A control as printed. */
export type ControlView = {
  anchor: string;
  id: string;
  title: string;
  assessor: string;
  applicability: string;
  status: string;
  verdict: ControlState;
  verdictText: string;
  suggestion: string | null;
  because: string;
  ask: string | null;
  mappings: MappingRow[];
};

/** A state that controls of a framework have, beside its bar. */
export type VerdictRow = { key: string; label: string; meaning: string; count: number; share: string };

/** A fact that is not stated, as printed, with the subjects it is unknown for. */
export type UndecidedView = { field: string; unknownFor: string; ids: string; note: string | null };

/** A framework as printed. */
export type FrameworkView = {
  anchor: string;
  id: string;
  name: string;
  title: string;
  version: string;
  issuer: string;
  source: string;
  reviewed: string;
  state: string;
  periodNeeded: string;
  shortIds: ShortId[];
  disclaimer: string;
  controlCount: number;
  bar: Bar;
  verdicts: VerdictRow[];
  /** What its list of controls can be cut down to. */
  choices: StateChoice[];
  sentence: string;
  groups: { id: string; title: string; controls: ControlView[] }[];
  undecided: UndecidedView[];
  partNotes: PartNote[];
  notTested: ControlView[];
};

/** Returns a framework with its verdicts and controls, controls in the framework's own order. */
export function frameworkView(framework: FrameworkResult, context: ViewContext): FrameworkView {
  const { id, title, version, issuer, source, disclaimer } = framework;
  const anchor = context.frameworkAnchors.get(id) ?? '';
  const notes = partNotesOf(framework, `part-${anchor}`);
  const controls = framework.controls.map((control) => ({
    group: control.group,
    view: controlView(framework, control, notes, context),
  }));
  return {
    anchor,
    id,
    name: `${title} ${version}`,
    title,
    version,
    issuer,
    source,
    reviewed: formatDay(framework.reviewed),
    state: stateOfLaw(framework),
    periodNeeded: periodNeeded(framework, context.assessment.plan),
    shortIds: shortIds(framework),
    disclaimer,
    controlCount: controls.length,
    bar: stateBar(framework),
    verdicts: verdictRows(framework),
    choices: stateChoices(framework),
    sentence: statesText(framework),
    groups: groupsOf(framework, controls),
    undecided: framework.undecided.map((item) => undecidedView(item, context)),
    partNotes: [...notes.values()],
    notTested: controls.filter(({ view }) => view.verdict === 'not-tested').map(({ view }) => view),
  };
}

function groupsOf(
  framework: FrameworkResult,
  controls: readonly { group: string; view: ControlView }[],
): FrameworkView['groups'] {
  const known = new Set(framework.groups.map(({ id }) => id));
  const rest = controls.filter(({ group }) => !known.has(group)).map(({ view }) => view);
  const groups = framework.groups.map(({ id, title }) => ({
    id: title.startsWith(id) ? '' : id,
    title,
    controls: controls.filter(({ group }) => group === id).map(({ view }) => view),
  }));
  const all = rest.length === 0 ? groups : [...groups, { id: '', title: 'Other controls', controls: rest }];
  return all.filter((group) => group.controls.length > 0);
}

function verdictRows(framework: FrameworkResult): VerdictRow[] {
  return controlStates(framework)
    .filter(({ controls }) => controls.length > 0)
    .map(({ key, label, controls }) => ({
      key,
      label,
      meaning: STATE_MEANINGS[key],
      count: controls.length,
      share: `${formatCount(controls.length)} of ${formatCount(framework.controls.length)}`,
    }));
}

function controlView(
  framework: FrameworkResult,
  control: ControlResult,
  notes: PartNotes,
  context: ViewContext,
): ControlView {
  const { id, title, assessor, applicability, status, verdictText, because, ask } = control;
  return {
    anchor: context.controlAnchor(framework.id, id) ?? '',
    id,
    title,
    assessor,
    applicability,
    status: STATUS_WORDS[status],
    verdict: controlState(control, framework),
    verdictText,
    suggestion: control.suggestion ?? null,
    because,
    ask,
    mappings: mappingRows(control, notes, context),
  };
}

const STATUS_WORDS: { readonly [S in ControlResult['status']]: string } = {
  automated: 'tested from exports as far as data can',
  partial: 'tested in part; the rest needs a person',
  manual: 'not testable from exports; needs a person',
  'not-applicable': 'does not concern credentials',
};

function undecidedView(
  { field, kind, subjects, examples }: FrameworkResult['undecided'][number],
  { assessment, caps }: ViewContext,
): UndecidedView {
  const { items, note } = capped(examples, caps.undecided, subjects, restOfUndecided(subjects));
  const said = subjects === assessment.subjects[kind] ? wholeOf : plural;
  return {
    field: factWords(field),
    unknownFor: said(subjects, ...SUBJECT_WORDS[kind]),
    ids: items.join(', '),
    note,
  };
}
