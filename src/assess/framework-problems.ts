import {
  type Control,
  type ControlMapping,
  didYouMean,
  ENTITY_FACTS,
  type Framework,
  isEntityFact,
  type Predicate,
  SUBJECT_FACTS,
} from '../model/index.js';
import { startOfDay } from '../text/start-of-day.js';
import { UNKNOWN } from './facts.js';
import type { FrameworkProblem } from './framework-problem.js';
import { type MappedPolicy, mappingElementProblems } from './mapping-elements.js';
import type { YamlPath } from './parse-framework.js';
import { saysSubstanceUnseen } from './unseen-substance.js';

/**
 * Finds what the schema cannot check: ids that do not resolve or repeat, a status without the evidence or the
 * question it needs.
 * @param name the file's name without extension; must be the framework's id.
 * @param policies every policy by id; null to leave references unchecked.
 */
export function frameworkProblems(
  framework: Framework,
  name: string,
  policies: ReadonlyMap<string, MappedPolicy> | null,
): FrameworkProblem[] {
  const groups = new Set(framework.groups.map((group) => group.id));
  return [
    ...(framework.id === name ? [] : [{ path: ['id'], message: `id must be the file's name, "${name}".` }]),
    ...headProblems(framework),
    ...repeated(framework.groups, ['groups']),
    ...framework.groups.flatMap(({ id, title }, index) =>
      title.trim() === ''
        ? [{ path: ['groups', index, 'title'], message: `group "${id}" needs a title; it is empty.` }]
        : [],
    ),
    ...repeated(framework.controls, ['controls']),
    ...predicateProblems(framework.when, ['when']),
    ...framework.controls.flatMap((control, index) => controlProblems(control, ['controls', index], groups)),
    ...framework.controls.flatMap((control, index) =>
      control.policies.flatMap((mapping, at) =>
        mappingProblems(control, mapping, ['controls', index, 'policies', at], policies),
      ),
    ),
  ];
}

/** The source is an address, what is printed as a day is one, a state of the law has the day it was read, and a short id begins some control's. */
function headProblems({
  source,
  reviewed,
  read,
  state,
  short_ids = {},
  controls,
}: Framework): FrameworkProblem[] {
  const days = Object.entries({ reviewed, read }).filter(([, day]) => day !== undefined);
  const unused = Object.keys(short_ids).filter((prefix) => !controls.some(({ id }) => id.startsWith(prefix)));
  return [
    ...(isWebAddress(source)
      ? []
      : [
          {
            path: ['source'],
            message: `source must be an address such as https://example.org/rules; "${source}" is none.`,
          },
        ]),
    ...days
      .filter(([, day = '']) => startOfDay(day) === null)
      .map(([key, day]) => ({
        path: [key],
        message: `${key} must be a day such as 2026-09-30; "${day}" is none.`,
      })),
    ...(state !== undefined && read === undefined
      ? [{ path: ['state'], message: 'state needs "read", the day on which it was read.' }]
      : []),
    ...unused.map((prefix) => ({
      path: ['short_ids', prefix],
      message: `no control has an id that begins with "${prefix}".`,
    })),
  ];
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text);
}

function repeated(items: readonly { id: string }[], path: YamlPath): FrameworkProblem[] {
  const ids = items.map((item) => item.id);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index
      ? []
      : [{ path: [...path, index, 'id'], message: `id "${id}" stands here twice.` }],
  );
}

function controlProblems(control: Control, path: YamlPath, groups: ReadonlySet<string>): FrameworkProblem[] {
  const problem = (key: string, message: string) => ({
    path: [...path, key],
    message: `${control.id}: ${message}`,
  });
  const tested = control.status === 'automated' || control.status === 'partial';
  const grades = control.policies.map((mapping) => mapping.grade);
  const decisive = grades.some((grade) => grade !== 'supporting');
  return [
    ...(groups.has(control.group)
      ? []
      : [problem('group', `group "${control.group}" is not among the groups.`)]),
    ...(tested && !decisive
      ? [problem('status', `${control.status} needs a direct or partial mapping.`)]
      : []),
    ...(control.status === 'automated' && !grades.includes('direct')
      ? [problem('status', 'automated needs a direct mapping.')]
      : []),
    ...(!tested && decisive ? [problem('status', `${control.status} takes supporting mappings only.`)] : []),
    ...((control.status === 'manual' || control.status === 'partial') && !control.ask
      ? [problem('status', `${control.status} needs "ask", the question for a person.`)]
      : []),
    ...repeated(control.policies, [...path, 'policies']),
    ...predicateProblems(control.when, [...path, 'when']),
  ];
}

function mappingProblems(
  control: Control,
  mapping: ControlMapping,
  path: YamlPath,
  policies: ReadonlyMap<string, MappedPolicy> | null,
): FrameworkProblem[] {
  const unresolved = policies !== null && !policies.has(mapping.id);
  return [
    ...(unresolved
      ? [
          {
            path: [...path, 'id'],
            message: `${control.id}: there is no policy "${mapping.id}"${didYouMean(mapping.id, [...policies.keys()])}`,
          },
        ]
      : []),
    ...(mapping.grade !== 'supporting' && /^Supports?\b/.test(mapping.limitation?.trim() ?? '')
      ? [
          {
            path: [...path, 'grade'],
            message: `${control.id}: the limitation of ${mapping.id} says that it supports, so its grade must be supporting.`,
          },
        ]
      : []),
    ...(mapping.grade !== 'supporting' && saysSubstanceUnseen(mapping.limitation ?? '', control.title)
      ? [
          {
            path: [...path, 'grade'],
            message: `${control.id}: the limitation of ${mapping.id} says that what the control asks for is not seen, so its grade must be supporting.`,
          },
        ]
      : []),
    ...mappingElementProblems(control.id, mapping, path, policies?.get(mapping.id)),
    ...predicateProblems(mapping.when, [...path, 'when']),
  ];
}

const FACT_NAMES = [...Object.keys(SUBJECT_FACTS), ...Object.keys(ENTITY_FACTS)];

function predicateProblems(predicate: Predicate | undefined, path: YamlPath): FrameworkProblem[] {
  return Object.entries(predicate ?? {}).flatMap(([field, values]) => {
    const allowed: readonly (string | boolean)[] | undefined = isEntityFact(field)
      ? ENTITY_FACTS[field]
      : SUBJECT_FACTS[field];
    const at = [...path, field];
    if (!allowed)
      return [{ path: at, message: `there is no fact "${field}"${didYouMean(field, FACT_NAMES)}` }];
    const wrong = values.filter((value) => value !== UNKNOWN && !allowed.includes(value));
    return wrong.map((value) => ({
      path: at,
      message: `${field} cannot be ${String(value)}; it is one of ${[...allowed, UNKNOWN].join(', ')}.`,
    }));
  });
}
