import type { MissingEvidence } from '../../model/index.js';
import { formatCount, plural } from '../../text/format.js';
import type { ViewContext } from './context.js';

/** Something missing, as printed. */
export type MissingView = {
  path: string;
  label: string;
  kind: string;
  alone: number;
  together: number;
  how: string;
  rules: string;
  controls: string;
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
    rules: plural(rules.length, 'rule'),
    controls:
      controls.length === 0
        ? ''
        : `${formatCount(controls.length)} ${controls.length === 1 ? 'control' : 'controls'}`,
  }));
}
