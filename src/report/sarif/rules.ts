import type { Assessment, PolicyResult } from '../../model/index.js';
import { clip } from '../../text/format.js';
import { markdownText } from '../../text/markdown.js';
import { printableText } from '../text/printable.js';
import { LEVELS, SECURITY_SEVERITY } from './levels.js';
import { LIMITS } from './limits.js';
import { type Message, message } from './message.js';
import type { Relationship } from './taxonomies.js';

/** A rule of SARIF (§3.49). */
export type Rule = {
  id: string;
  name: string;
  shortDescription: Message;
  fullDescription: Message;
  help: Message & { markdown: string };
  helpUri?: string;
  defaultConfiguration: { level: string };
  relationships?: Relationship[];
  properties: { tags: string[]; 'security-severity': string };
};

/** Returns the policies of a run as rules, in their order. */
export function rulesOf(
  { policies }: Assessment,
  relationships: ReadonlyMap<string, Relationship[]>,
): Rule[] {
  return policies.slice(0, LIMITS.rules).map((policy) => ruleOf(policy, relationships.get(policy.id) ?? []));
}

function ruleOf(policy: PolicyResult, relationships: Relationship[]): Rule {
  const { id, title, description, severity } = policy;
  const help = policy.relatedResources.find(({ ref }) => isWebLink(ref))?.ref;
  const tags = ['security', policy.domain, policy.subject, ...frameworksOf(relationships)];
  return {
    id,
    name: pascalCase(id),
    shortDescription: message(title, LIMITS.description),
    fullDescription: message(description, LIMITS.description),
    help: {
      text: `${printableText(policy.remediation)}\n\n${printableText(description)}`,
      markdown: helpOf(policy),
    },
    ...(help === undefined ? {} : { helpUri: help }),
    defaultConfiguration: { level: LEVELS[severity] },
    ...(relationships.length === 0 ? {} : { relationships }),
    properties: {
      tags: [...new Set(tags)].slice(0, LIMITS.tags),
      'security-severity': SECURITY_SEVERITY[severity],
    },
  };
}

function helpOf({ title, description, remediation, relatedResources }: PolicyResult): string {
  const links = relatedResources.flatMap(({ ref, description: about }) =>
    isWebLink(ref) ? [`- [${shown(about ?? ref)}](<${ref}>)`] : [],
  );
  const parts = [`# ${shown(title)}`, `**What to do.** ${shown(remediation)}`, shown(description)];
  return [...parts, ...(links.length === 0 ? [] : [links.join('\n')])].join('\n\n');
}

function shown(text: string): string {
  return markdownText(printableText(text));
}

function isWebLink(ref: string): boolean {
  return /^https?:\/\/[^\s<>]+$/.test(ref) && URL.canParse(ref);
}

function frameworksOf(relationships: readonly Relationship[]): string[] {
  return relationships.map(({ target }) => target.toolComponent.name);
}

/** Returns `RotationMaxAge` of `rotation-max-age`. */
function pascalCase(id: string): string {
  const words = id.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return clip(words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''), LIMITS.name);
}
