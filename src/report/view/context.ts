import type { Assessment, FrameworkResult, PolicyResult } from '../../model/index.js';
import { missingLabel, missingLabels } from '../../text/missing-label.js';
import { fileWith } from '../text/file-with.js';
import { makeAnchors } from './anchors.js';
import type { Caps } from './caps.js';

/** What the parts of a view share: the document, its limits, and how to find things in it. */
export type ViewContext = {
  /** The document, with printable text. */
  readonly assessment: Assessment;
  /** Limits of this report. */
  readonly caps: Caps;
  /** Policies by id. */
  readonly policies: ReadonlyMap<string, PolicyResult>;
  /** Link target of each policy. */
  readonly policyAnchors: ReadonlyMap<string, string>;
  /** Link target of the action of each policy that failed. */
  readonly actionAnchors: ReadonlyMap<string, string>;
  /** Link target of a control. */
  readonly controlAnchor: (framework: string, control: string) => string | null;
  /** Link target of each framework. */
  readonly frameworkAnchors: ReadonlyMap<string, string>;
  /** Returns what a missing dossier path is called. */
  readonly missingLabel: (path: string) => string;
  /** The place of all failed observations: `all of them are in findings.csv`. */
  readonly allFindings: string;
};

/** Gathers what the parts of a view share. */
export function makeContext(assessment: Assessment, caps: Caps): ViewContext {
  const anchor = makeAnchors();
  const controls = controlAnchors(assessment.frameworks, anchor);
  const labels = missingLabels(assessment);
  return {
    assessment,
    caps,
    policies: new Map(assessment.policies.map((policy) => [policy.id, policy])),
    policyAnchors: new Map(assessment.policies.map(({ id }) => [id, anchor('policy', id)])),
    frameworkAnchors: new Map(assessment.frameworks.map(({ id }) => [id, anchor('framework', id)])),
    controlAnchor: (framework, control) => controls.get(controlKey(framework, control)) ?? null,
    actionAnchors: new Map(assessment.actions.map(({ ruleId }) => [ruleId, anchor('action', ruleId)])),
    missingLabel: (path) => missingLabel(path, labels),
    allFindings: `all of them are in ${fileWith('failures', assessment.plan)}`,
  };
}

const controlKey = (framework: string, control: string): string => JSON.stringify([framework, control]);

function controlAnchors(
  frameworks: readonly FrameworkResult[],
  anchor: (prefix: string, name: string) => string,
): Map<string, string> {
  const all = frameworks.flatMap(({ id, controls }) =>
    controls.map((control) => ({ id, control: control.id })),
  );
  return new Map(
    all.map(({ id, control }) => [controlKey(id, control), anchor(`control-${slug(id)}`, control)]),
  );
}

const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
