import type { Assessment, FrameworkResult } from '../../model/index.js';
import { LIMITS } from './limits.js';
import { type Message, message } from './message.js';

/** That a rule speaks for a control (§3.53). */
export type Relationship = {
  target: { id: string; index: number; toolComponent: { name: string; index: number } };
  kinds: ['relevant'];
  properties: { grade: string };
};

/** A framework as a taxonomy, its controls as taxa (§3.19.3). */
export type Taxonomy = {
  name: string;
  version: string;
  organization: string;
  shortDescription: Message;
  contents: ['localizedData', 'nonLocalizedData'];
  isComprehensive: false;
  taxa: { id: string; shortDescription: Message }[];
};

/** Returns the frameworks as taxonomies, each with the controls that a rule speaks for. */
export function taxonomiesOf({ frameworks }: Assessment): Taxonomy[] {
  return frameworks.map((framework) => ({
    name: framework.id,
    version: framework.version,
    organization: framework.issuer,
    shortDescription: message(framework.title, LIMITS.description),
    contents: ['localizedData', 'nonLocalizedData'],
    isComprehensive: false,
    taxa: mapped(framework).map(({ id, title }) => ({
      id,
      shortDescription: message(title, LIMITS.description),
    })),
  }));
}

/** Returns what each rule speaks for, by rule id, in the order of the frameworks. */
export function relationshipsOf({ frameworks }: Assessment): Map<string, Relationship[]> {
  const byRule = new Map<string, Relationship[]>();
  for (const [place, framework] of frameworks.entries()) {
    for (const [index, control] of mapped(framework).entries()) {
      for (const [ruleId, grade] of gradesOf(control)) {
        const toolComponent = { name: framework.id, index: place };
        const target = { id: control.id, index, toolComponent };
        const known = byRule.get(ruleId) ?? [];
        byRule.set(ruleId, [...known, { target, kinds: ['relevant'], properties: { grade } }]);
      }
    }
  }
  return byRule;
}

/** Returns the grade by which each rule speaks for a control; the best, which comes first. */
function gradesOf({ mappings }: FrameworkResult['controls'][number]): Map<string, string> {
  return new Map([...mappings].reverse().map(({ ruleId, grade }) => [ruleId, grade]));
}

function mapped({ controls }: FrameworkResult): FrameworkResult['controls'] {
  return controls.filter(({ mappings }) => mappings.length > 0);
}
