import type { MissingEvidence } from '../../model/index.js';
import { plural } from '../../text/format.js';
import type { ViewContext } from './context.js';

/** Something missing, as printed. */
export type MissingView = {
  path: string;
  label: string;
  kind: string;
  alone: number;
  together: number;
  how: string;
  /** How many policies and controls wait for it: `2 policies, 1 control`. */
  concerns: string;
};

const KINDS: { readonly [K in MissingEvidence['kind']]: string } = {
  export: 'export',
  field: 'field of records',
  fact: 'fact for keyproof.yaml',
  document: 'document',
};

/** Returns what is missing, what decides most first. */
export function missingViews({ assessment }: ViewContext): MissingView[] {
  return assessment.missingEvidence.map(({ path, label, kind, alone, together, how, rules, controls }) => ({
    path,
    label,
    kind: KINDS[kind],
    alone,
    together,
    how,
    concerns: concernsText(rules.length, controls.length),
  }));
}

/** Returns `2 policies, 1 control`, without what it concerns none of. */
function concernsText(policies: number, controls: number): string {
  const counts = [
    policies > 0 ? plural(policies, 'policy', 'policies') : null,
    controls > 0 ? plural(controls, 'control') : null,
  ];
  return counts.filter((text) => text !== null).join(', ');
}
