import { type ControlMapping, didYouMean, elementsOf, type Policy } from '../model/index.js';
import type { FrameworkProblem } from './framework-problem.js';
import type { YamlPath } from './parse-framework.js';

/** A policy as a framework file may name it. */
export type MappedPolicy = Pick<Policy, 'id' | 'title' | 'elements'>;

/** What says whose a limit is: keyproof's, or that of the entity under any name. */
const WHOSE_LIMIT =
  /keyproof(['’]s|\.yaml)|\b(entity|bank|firm|company|organi[sz]ation|institution)['’]s (own |stated )?(limit|threshold)/i;

const PLACEHOLDER = /\{element:([^}]*)\}/g;

/**
 * Finds what is wrong with the elements that a mapping takes, and with what its limitation says of elements. Nothing is wrong with
 * those of a policy that is not known; its id is.
 */
export function mappingElementProblems(
  control: string,
  mapping: ControlMapping,
  path: YamlPath,
  policy: MappedPolicy | undefined,
): FrameworkProblem[] {
  const at = (key: string, message: string) => ({ path: [...path, key], message: `${control}: ${message}` });
  const unseen = mapping.substance_unseen === true && mapping.grade !== 'supporting';
  return [
    ...(unseen
      ? [
          at(
            'substance_unseen',
            `${mapping.id} does not see what the control is about, so its grade is supporting.`,
          ),
        ]
      : []),
    ...(policy === undefined ? [] : takenProblems(mapping, policy).map((message) => at('elements', message))),
    ...(policy === undefined
      ? []
      : ownLimitProblems(mapping, policy).map((message) => at('own_limit', message))),
    ...(policy === undefined
      ? []
      : limitationProblems(mapping, policy).map((message) => at('limitation', message))),
  ];
}

function takenProblems({ elements }: ControlMapping, policy: MappedPolicy): string[] {
  const ids = elementsOf(policy).map(({ id }) => id);
  if (elements === undefined)
    return ids.length < 2
      ? []
      : [`${policy.id} has several elements; name those that count: ${ids.join(', ')}.`];
  const unknown = elements.filter((id) => !ids.includes(id));
  const repeated = elements.filter((id, index) => elements.indexOf(id) !== index);
  return [
    ...unknown.map((id) => `${policy.id} has no element "${id}"${didYouMean(id, ids)}`),
    ...repeated.map((id) => `element "${id}" stands here twice.`),
  ];
}

/** An element whose limit is the control's own must be one that the mapping takes, and have a limit. */
function ownLimitProblems({ elements, own_limit }: ControlMapping, policy: MappedPolicy): string[] {
  const taken = elements ?? elementsOf(policy).map(({ id }) => id);
  const own = Array.isArray(own_limit) ? own_limit : [];
  const { elements: all = [] } = policy;
  const limitless = all.filter(({ criterion }) => criterion === 'none').map(({ id }) => id);
  return [
    ...own.filter((id) => !taken.includes(id)).map((id) => `the mapping does not take the element "${id}".`),
    ...own
      .filter((id) => taken.includes(id) && limitless.includes(id))
      .map((id) => `element "${id}" of ${policy.id} has no limit that could be the control's own.`),
  ];
}

function limitationProblems(mapping: ControlMapping, policy: MappedPolicy): string[] {
  const { limitation = '' } = mapping;
  const all = elementsOf(policy);
  const taken = all.filter(({ id }) => mapping.elements?.includes(id) ?? true);
  const untaken = all.filter((element) => !taken.includes(element));
  const named = [...limitation.matchAll(PLACEHOLDER)].map(([, id = '']) => id);
  const words = withoutBreaks(limitation).toLowerCase();
  return [
    ...named
      .filter((id) => !taken.some((element) => element.id === id))
      .map((id) => `the limitation names the element "${id}", which the mapping does not take.`),
    ...untaken
      .filter(({ title }) => title.includes(' ') && words.includes(title.toLowerCase()))
      .map(({ id, title }) => `the limitation names "${title}" (${id}), which the mapping does not take.`),
    ...(WHOSE_LIMIT.test(limitation)
      ? [
          'the limitation says whose a limit is; that is printed from what the policy and keyproof.yaml state.',
        ]
      : []),
  ];
}

/** Returns a mapping whose limitation names elements by their titles, in place of `{element:id}`. */
export function withElementTitles(mapping: ControlMapping, policy: MappedPolicy | undefined): ControlMapping {
  const { limitation } = mapping;
  if (limitation === undefined) return mapping;
  const titles = new Map(
    (policy === undefined ? [] : elementsOf(policy)).map(({ id, title }) => [id, title]),
  );
  const titled = limitation.replaceAll(
    PLACEHOLDER,
    (_, id: string) => titles.get(id) ?? id.replaceAll('-', ' '),
  );
  return { ...mapping, limitation: titled };
}

function withoutBreaks(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
