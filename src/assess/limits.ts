import {
  type AuditPlan,
  type Criterion,
  followedText,
  type Limit,
  type ParamOrigin,
  type Policy,
} from '../model/index.js';

/** What sets parameters of policies, by rule id and parameter. */
export type Thresholds = AuditPlan['thresholds'];

/** Returns whose limit decides an element of a policy. */
export function limitOf(policy: Policy, element: string, thresholds: Thresholds): Limit {
  const criterion = criterionOf(policy, element);
  if (criterion === 'none') return { whose: 'none', text: 'no limit' };
  if (criterion === 'entity')
    return { whose: 'entity', text: "the entity's own (a document or a stated value)" };
  if ('law' in criterion) return { whose: 'law', text: `the law (${criterion.law})` };
  const origins = ownOf(thresholds, policy.id)?.origins ?? {};
  const unset = criterion.params.filter((name) => !Object.hasOwn(origins, name));
  if (policy.domain === 'custom' && unset.length > 0) return ofItsAuthor(unset);
  return ofParams(criterion.params, origins);
}

/** A policy from outside brings limits that keyproof does not know. */
function ofItsAuthor(params: readonly string[]): Limit {
  return { whose: 'entity', text: `the policy's own (${params.join(', ')})` };
}

/** Returns the criterion that a policy declares for an element, or for itself if it declares none. */
export function criterionOf({ elements, criterion }: Policy, element: string): Criterion {
  return elements?.find(({ id }) => id === element)?.criterion ?? criterion ?? 'none';
}

/** A limit of several parameters is the entity's only if it sets all of them. */
function ofParams(params: readonly string[], origins: { readonly [name: string]: ParamOrigin }): Limit {
  const unset = params.filter((name) => !Object.hasOwn(origins, name));
  if (unset.length > 0) return { whose: 'keyproof', text: `keyproof's default (${unset.join(', ')})` };
  const following = params.flatMap((name) => byAnother(name, origins[name]));
  if (following[0] !== undefined) return following[0];
  const documented = params.flatMap((name) => byDocuments(name, origins[name]));
  if (documented[0] !== undefined) return documented[0];
  const set = params.map((name) => setBy(name, origins[name]));
  return { whose: 'entity', text: `the entity's, in keyproof.yaml (${set.join('; ')})` };
}

/** Returns whose a limit is that is a multiple of another: the entity stated that one, and keyproof the multiple. */
function byAnother(name: string, origin: ParamOrigin | undefined): Limit[] {
  if (origin?.kind !== 'follows') return [];
  return [{ whose: 'keyproof', text: `keyproof's, ${followedText(origin)} (${name})` }];
}

/** Returns whose a limit is that documents state. A default beside it keeps the whole from being the entity's. */
function byDocuments(name: string, origin: ParamOrigin | undefined): Limit[] {
  if (origin?.kind !== 'document') return [];
  const { documents, states, open } = origin;
  const titles = documents.map((title) => `"${title}"`).join(' and ');
  return open.length === 0
    ? [{ whose: 'entity', text: `the entity's, in the document ${titles} (${name})` }]
    : [
        {
          whose: 'keyproof',
          text: `keyproof's default for ${open.join(', ')}, the entity's for ${states.join(', ')} in the document ${titles} (${name})`,
        },
      ];
}

function setBy(name: string, origin: ParamOrigin | undefined): string {
  if (origin?.kind === 'preset') return `${name} by the preset ${origin.preset}`;
  return origin?.kind === 'threshold' ? `${name} set by ${origin.by}` : name;
}

function ownOf(thresholds: Thresholds, ruleId: string): Thresholds[string] | undefined {
  return Object.hasOwn(thresholds, ruleId) ? thresholds[ruleId] : undefined;
}
