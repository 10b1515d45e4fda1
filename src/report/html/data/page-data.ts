import type { Assessment, CorePack, JudgedObservation, KeyLife, Subject } from '../../../model/index.js';
import { OUTCOMES, SEVERITIES, SUBJECT_KINDS } from '../../../model/index.js';
import { compareText } from '../../../text/compare-text.js';
import { fileWith } from '../../text/file-with.js';
import { printableText } from '../../text/printable.js';
import { DOMAIN_WORDS, OUTCOME_WORDS } from '../../text/words.js';
import type { ViewContext } from '../../view/context.js';
import {
  type FindingCaps,
  type FindingHead,
  type FindingLists,
  type FindingRow,
  findingRow,
} from './finding-rows.js';
import { keyResults } from './key-results.js';
import { type AccessRow, accessPlaces, dayOfMs, type KeyLists, type KeyRow, keyRow } from './key-rows.js';
import { makePlaces, type Places } from './places.js';
import { makeTextTable } from './text-table.js';

/** What the script of index.html searches and shows; lists hold each value once, rows hold places in them. */
export type PageData = {
  /** Day the report describes, in days since 1970 (UTC). */
  asOf: number;
  /** Groups of rules that the run has. */
  domains: { key: string; label: string }[];
  /** Rules; `action` is what to do if one failed, empty if its METADATA states none. */
  rules: { id: string; anchor: string; title: string; domain: number; action: string; remedy: string }[];
  /** Rules about keys, as places in `rules`, in the order of a key's results. */
  keyRules: number[];
  /** Most days between rotations for each risk tier, worst tier first; null if the run has no such limit. */
  ageLimits: (number | null)[] | null;
  outcomes: { key: string; label: string }[];
  severities: readonly string[];
  frameworks: { id: string; title: string }[];
  controls: [framework: number, id: string, anchor: string][];
  controlSets: (readonly number[])[];
  texts: string[];
  files: (readonly [path: string, sha256: string])[];
  /** Days by when failures of a severity are to be mended, in the order of `severities`. */
  due: number[];
  /** Ids of exceptions that name findings. */
  exceptions: string[];
  /** Whose limits decided findings. */
  limits: string[];
  kinds: readonly string[];
  owners: string[];
  environments: string[];
  /** Kind, id, name (empty if it has none), owner and environment (-1 if not stated). */
  subjects: [kind: number, id: string, label: string, owner: number, environment: number][];
  /** Ids of the findings. */
  ids: string[];
  /** What many findings have alike. */
  heads: FindingHead[];
  findings: FindingRow[];
  /** Failed and undecided checks of the whole audit; the page may hold fewer. */
  totals: { failed: number; undecided: number };
  /** File of the pack that has every failed check whole. */
  failuresIn: string;
  /** Words of the register of keys. */
  words: string[];
  /** Holders of rights on keys, with what they may do. */
  access: AccessRow[];
  keys: KeyRow[];
  /** Keys of the whole audit. */
  keyTotal: number;
};

/** How much a page holds: what is left out is stated on it, with the file that has everything. */
const HELD = { checks: 100_000, undecided: 20_000, keys: 10_000 };

/** Holders of rights on one key that the page holds: of few keys more than of many. */
const HOLDERS = { all: 40_000, most: 50, least: 4 };

/** Findings from which the page holds less of each, so that it stays below 15 MB. */
const MANY = 50_000;
const ALL: FindingCaps = { violations: 3, records: 3, facts: true };
const FEWER: FindingCaps = { violations: 1, records: 1, facts: false };

/** Rule whose limits the ages of keys are drawn against. */
const AGE_RULE = 'rotation-max-age';

/** Reads what the page's script works on: findings worst first, undecided checks, the subjects of both, and the keys. */
export async function pageData(pack: CorePack, context: ViewContext): Promise<PageData> {
  const { assessment } = context;
  const lists = findingLists(context, heldOf(assessment) > MANY ? FEWER : ALL);
  const { ids, findings } = await readFindings(pack, lists);
  const owners = makePlaces(String);
  const environments = makePlaces(String);
  const keyLists: KeyLists = { words: makePlaces(String), access: accessPlaces() };
  const { subjects, keys } = await readSubjects(pack, lists, { owners, environments, ...keyLists });
  const domains = [...new Set(assessment.policies.map(({ domain }) => domain))].sort(compareText);
  const frameworks = assessment.frameworks.map(({ id, title }) => ({ id, title }));
  return {
    asOf: dayOfMs(Date.parse(assessment.plan.asOf)),
    domains: domains.map((key) => ({ key, label: DOMAIN_WORDS[key] })),
    rules: pageRules(context, domains),
    keyRules: assessment.policies.flatMap(({ subject }, place) => (subject === 'key' ? [place] : [])),
    ageLimits: ageLimits(context),
    outcomes: OUTCOMES.map((key) => ({ key, label: OUTCOME_WORDS[key] })),
    severities: SEVERITIES,
    frameworks,
    controls: lists.controls.list.map(({ framework, control }) => [
      frameworks.findIndex(({ id }) => id === framework),
      control,
      context.controlAnchor(framework, control) ?? '',
    ]),
    controlSets: lists.controlSets.list,
    texts: lists.texts.templates,
    files: lists.files.list,
    due: SEVERITIES.map((severity) => assessment.plan.due[severity].days),
    exceptions: lists.exceptions.list,
    limits: lists.limits.list,
    kinds: SUBJECT_KINDS,
    owners: owners.list,
    environments: environments.list,
    subjects,
    ids,
    heads: lists.heads.list,
    findings,
    totals: {
      failed: assessment.outcomes.fail,
      undecided: undecidedOf(assessment),
    },
    failuresIn: fileWith('failures', assessment.plan),
    words: keyLists.words.list,
    access: keyLists.access.list,
    keys,
    keyTotal: assessment.subjects.key,
  };
}

function pageRules(
  { assessment, policyAnchors }: ViewContext,
  domains: readonly string[],
): PageData['rules'] {
  return assessment.policies.map(({ id, title, domain, action = '', remediation }) => ({
    id,
    anchor: policyAnchors.get(id) ?? '',
    title,
    domain: domains.indexOf(domain),
    action,
    remedy: remediation,
  }));
}

/** Returns the most days between rotations of each risk tier, worst tier first; null if the run has no such limit. */
export function ageLimits({ policies }: ViewContext): PageData['ageLimits'] {
  const limits = policies.get(AGE_RULE)?.params['max_age_days'];
  if (typeof limits !== 'object' || Array.isArray(limits)) return null;
  return SEVERITIES.map((tier) => {
    const days = limits[tier];
    return typeof days === 'number' ? days : null;
  });
}

function findingLists({ assessment, policies, missingLabel }: ViewContext, caps: FindingCaps): FindingLists {
  const controlSets = makePlaces<readonly number[]>((set) => set.join());
  controlSets.of([]);
  return {
    rules: new Map(assessment.policies.map(({ id }, place) => [id, place])),
    heads: makePlaces((head) => head.join()),
    subjects: makePlaces(nameOf),
    controls: makePlaces(({ framework, control }) => `${framework}\n${control}`),
    controlSets,
    files: makePlaces((file) => file.join('\n')),
    texts: makeTextTable(),
    policies,
    exceptions: makePlaces(String),
    limits: makePlaces(String),
    caps,
    missingLabel,
  };
}

function nameOf({ kind, id }: JudgedObservation['subject']): string {
  return `${kind}\n${id}`;
}

/** Turns each check into its row as it is read: the checks themselves would take several times the memory of the page. */
async function readFindings(
  pack: CorePack,
  lists: FindingLists,
): Promise<Pick<PageData, 'ids' | 'findings'>> {
  const ids: string[] = [];
  const findings: FindingRow[] = [];
  for await (const item of heldObservations(pack)) {
    ids.push(printableText(item.id));
    findings.push(findingRow(item, lists));
  }
  return { ids, findings };
}

/** Returns how many checks the page holds. */
function heldOf(assessment: Assessment): number {
  return Math.min(assessment.outcomes.fail, mostFailed(assessment)) + heldUndecided(assessment);
}

/** Returns how many failed checks the page may hold, beside the undecided ones. */
function mostFailed(assessment: Assessment): number {
  return HELD.checks - heldUndecided(assessment);
}

function heldUndecided(assessment: Assessment): number {
  const undecided = undecidedOf(assessment);
  return undecided > HELD.undecided ? listedUndecided(assessment).length : undecided;
}

/** Yields the failed checks, worst first, then those without a result. */
async function* heldObservations(pack: CorePack): AsyncGenerator<JudgedObservation> {
  const most = mostFailed(pack.assessment);
  let failed = 0;
  for await (const item of pack.observations({ outcome: 'fail' }, 'worst-first')) {
    yield item;
    failed += 1;
    if (failed === most) break;
  }
  yield* undecidedObservations(pack);
}

/** Yields all checks without a result, or as many as the page holds of those that the assessment lists, some of each policy. */
async function* undecidedObservations(pack: CorePack): AsyncGenerator<JudgedObservation> {
  if (undecidedOf(pack.assessment) > HELD.undecided) return yield* listedUndecided(pack.assessment);
  for (const outcome of ['no-evidence', 'error'] as const) yield* pack.observations({ outcome });
}

function undecidedOf({ outcomes }: Assessment): number {
  return outcomes['no-evidence'] + outcomes.error;
}

function listedUndecided({ observations }: Assessment): JudgedObservation[] {
  return observations
    .filter(({ outcome }) => outcome === 'no-evidence' || outcome === 'error')
    .slice(0, HELD.undecided);
}

type SubjectLists = KeyLists & { owners: Places<string>; environments: Places<string> };

/** Reads the subjects of the findings, and the keys: those with findings first, then others as far as the page holds them. */
async function readSubjects(
  pack: CorePack,
  { subjects: named }: FindingLists,
  { owners, environments, ...keyLists }: SubjectLists,
): Promise<Pick<PageData, 'subjects' | 'keys'>> {
  const wanted = new Map(named.list.map((subject, place) => [nameOf(subject), place]));
  const keys: { place: number; subject: Subject & { life: KeyLife } }[] = [];
  const details = new Map<number, Subject>();
  let spare = HELD.keys - named.list.filter(({ kind }) => kind === 'key').length;
  for await (const subject of pack.subjects()) {
    const known = wanted.get(nameOf(subject));
    const added = known === undefined && subject.kind === 'key' && spare > 0;
    if (known === undefined && !added) continue;
    if (added) spare -= 1;
    const place = known ?? named.of({ kind: subject.kind, id: subject.id });
    details.set(place, subject);
    if (subject.life !== null) keys.push({ place, subject: { ...subject, life: shortened(subject.life) } });
  }
  const held = keys.sort((a, b) => a.place - b.place).slice(0, HELD.keys);
  const holders = Math.min(
    HOLDERS.most,
    Math.max(HOLDERS.least, Math.floor(HOLDERS.all / Math.max(1, held.length))),
  );
  const results = await keyResults(pack, new Set(held.map(({ subject }) => subject.id)));
  return {
    subjects: named.list.map(({ kind, id }, place) => {
      const subject = details.get(place);
      const environment = subject?.facts['environment'];
      return [
        SUBJECT_KINDS.indexOf(kind),
        printableText(id),
        printableText(subject?.label ?? ''),
        subject?.owner ? owners.of(printableText(subject.owner)) : -1,
        typeof environment === 'string' ? environments.of(printableText(environment)) : -1,
      ];
    }),
    keys: held.map(({ place, subject }) =>
      keyRow(place, subject, results(subject.id), { ...keyLists, holders }),
    ),
  };
}

/** The page never shows more holders of rights on one key. */
function shortened(life: KeyLife): KeyLife {
  return life.access ? { ...life, access: life.access.slice(0, HOLDERS.most) } : life;
}
