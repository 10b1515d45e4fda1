import { type Assessment, type PolicyResult, SUBJECT_WORDS } from '../../model/index.js';
import { formatCount, joinWords, plural } from '../../text/format.js';
import { missingLabel, missingLabels } from '../../text/missing-label.js';
import { fileWith } from '../text/file-with.js';
import type { Level } from './levels.js';
import { LIMITS } from './limits.js';
import { type Message, message } from './message.js';

/** What keyproof reports about the run itself (§3.58). */
export type Notification = {
  descriptor: { id: NotificationId; index: number };
  level: Level;
  message: Message;
  associatedRule?: { id: string; index: number };
  /** Paths of the dossier that are missing, with the subjects that each concerns, for tools. */
  properties?: { missing: { path: string; subjects: number }[] };
};

/** Kinds of notification, with what each means. */
export const NOTIFICATIONS = [
  {
    id: 'incomplete-run',
    name: 'IncompleteRun',
    text: 'Something the audit was to read, evaluate or write is missing.',
  },
  {
    id: 'policy-error',
    name: 'PolicyError',
    text: 'A policy could not be evaluated on some subjects.',
  },
  {
    id: 'no-evidence',
    name: 'NoEvidence',
    text: 'Data that a policy needs is missing, so that it counts neither as passed nor as failed.',
  },
  {
    id: 'results-left-out',
    name: 'ResultsLeftOut',
    text: 'The file holds the worst results only; the notification names the file of the pack that has all.',
  },
] as const;

type NotificationId = (typeof NOTIFICATIONS)[number]['id'];

/** Missing fields and errors that one notification names. */
const NAMED = 5;

/**
 * Returns what kept checks from being decided, one notification for each policy, and why the run is incomplete. A check without
 * evidence is no result: it would stand among the alerts as if something had been found.
 */
export function notificationsOf(assessment: Assessment, leftOut: number): Notification[] {
  const { incomplete, policies, plan } = assessment;
  const labels = missingLabels(assessment);
  const ofPolicies = policies.slice(0, LIMITS.rules).flatMap((policy, index) => [
    ...(policy.outcomes.error > 0
      ? [about({ policy, index }, 'policy-error', 'error', errorText(policy))]
      : []),
    ...(policy.outcomes['no-evidence'] > 0
      ? [
          {
            ...about({ policy, index }, 'no-evidence', 'note', missingText(policy, labels)),
            ...missingPaths(policy),
          },
        ]
      : []),
  ]);
  return [
    ...incomplete.map((reason) => notification('incomplete-run', 'warning', reason.message)),
    ...(leftOut > 0
      ? [notification('results-left-out', 'warning', leftOutText(leftOut, fileWith('failures', plan)))]
      : []),
    ...ofPolicies,
  ];
}

function notification(id: NotificationId, level: Level, text: string): Notification {
  const index = NOTIFICATIONS.findIndex((kind) => kind.id === id);
  return { descriptor: { id, index }, level, message: message(text) };
}

function about(
  { policy, index }: { policy: PolicyResult; index: number },
  id: NotificationId,
  level: Level,
  text: string,
): Notification {
  return { ...notification(id, level, `${policy.id}: ${text}`), associatedRule: { id: policy.id, index } };
}

function leftOutText(leftOut: number, file: string): string {
  return `${plural(leftOut, 'more failed check is', 'more failed checks are')} in ${file}: this file holds at most ${formatCount(LIMITS.results)} results, the worst.`;
}

function errorText(policy: PolicyResult): string {
  const errors = policy.errors
    .slice(0, NAMED)
    .map(({ message: text, subjects }) => `${text} (${formatCount(subjects)})`);
  return `could not be evaluated on ${besideTested(policy, policy.outcomes.error)}: ${errors.join('; ')}`;
}

function missingText(policy: PolicyResult, labels: ReadonlyMap<string, string>): string {
  const fields = policy.missing
    .slice(0, NAMED)
    .map(({ field, subjects }) => `${missingLabel(field, labels)} (${formatCount(subjects)})`);
  const more = policy.missing.length - fields.length;
  const all = more > 0 ? [...fields, `${formatCount(more)} more`] : fields;
  const missing = all.length === 0 ? '' : `; missing: ${joinWords(all)}`;
  return `no evidence on ${besideTested(policy, policy.outcomes['no-evidence'])}${missing}`;
}

function missingPaths({ missing }: PolicyResult): Pick<Notification, 'properties'> {
  const paths = missing
    .slice(0, LIMITS.missingPaths)
    .map(({ field, subjects }) => ({ path: field, subjects }));
  return paths.length === 0 ? {} : { properties: { missing: paths } };
}

function besideTested({ subject, outcomes }: PolicyResult, count: number): string {
  return `${plural(count, ...SUBJECT_WORDS[subject])} (beside ${formatCount(outcomes.pass + outcomes.fail)} tested)`;
}
