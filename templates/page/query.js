import { data, ownText } from './data.js';

/** Groups of findings that a reader can choose, in the order in which they stand on the page. */
export const FACETS = [
  {
    name: 'severity',
    label: 'Severity',
    all: 'All',
    options: severityOptions,
    of: (row) => (row[2] < 0 ? 4 : row[2]),
  },
  { name: 'result', label: 'Result', all: 'All', options: outcomeOptions, of: (row) => row[1] },
  {
    name: 'domain',
    label: 'Subject area',
    all: 'All',
    options: domainOptions,
    of: (row) => domainOf(row[0]),
  },
  {
    name: 'framework',
    label: 'Framework',
    all: 'All',
    options: frameworkOptions,
    many: (row) => frameworksOf(row[4]),
  },
  {
    name: 'environment',
    label: 'Environment',
    all: 'All',
    options: environmentOptions,
    of: (row) => lastIfNone(data().subjects[row[3]][4], data().environments),
  },
  {
    name: 'owner',
    label: 'Owner',
    all: 'Everybody',
    options: ownerOptions,
    of: (row) => lastIfNone(data().subjects[row[3]][3], data().owners),
  },
  { name: 'rule', label: 'Rule', all: 'All', options: ruleOptions, of: (row) => row[0] },
];

const NONE = 'not-stated';

function severityOptions() {
  return [
    ...data().severities.map((key) => ({ key, label: key })),
    { key: 'none', label: 'none: no result' },
  ];
}

function outcomeOptions() {
  return data().outcomes;
}

function domainOptions() {
  return data().domains;
}

function frameworkOptions() {
  return data().frameworks.map(({ id, title }) => ({ key: id, label: title }));
}

function environmentOptions() {
  return named(data().environments);
}

function ownerOptions() {
  return named(data().owners);
}

function named(values) {
  return [...values.map((key) => ({ key, label: key })), { key: NONE, label: 'not stated' }];
}

function ruleOptions() {
  return data().rules.map(({ id, title }) => ({ key: id, label: title }));
}

function domainOf(rule) {
  return data().rules[rule]?.domain ?? 0;
}

let setFrameworks = null;

function frameworksOf(set) {
  setFrameworks ??= data().controlSets.map((controls) => [
    ...new Set(controls.map((place) => data().controls[place][0])),
  ]);
  return setFrameworks[set];
}

function lastIfNone(place, values) {
  return place < 0 ? values.length : place;
}

/** Splits what a reader types into words and "quoted phrases", in small letters. */
export function termsOf(text) {
  return (text.toLowerCase().match(/"[^"]+"|\S+/g) ?? []).map((term) => term.replace(/^"(.+)"$/, '$1'));
}

/** Returns the function that tells whether a finding has a term: in rule (with what to do), subject, controls, or its own text. */
function finder(term) {
  const { rules, subjects, kinds, owners, environments, controls, controlSets, frameworks, findings } =
    data();
  const has = (...texts) => texts.some((text) => text?.toLowerCase().includes(term));
  const inRules = rules.map(({ id, title, action, domain }) =>
    has(id, title, action, data().domains[domain].label),
  );
  const inOwners = owners.map((owner) => has(owner));
  const inEnvironments = environments.map((name) => has(name));
  const inSubjects = subjects.map(
    ([kind, id, label, owner, environment]) =>
      inOwners[owner] || inEnvironments[environment] || kinds[kind] === term || has(id, label),
  );
  const inControls = controls.map(([framework, id]) => {
    const title = frameworks[framework]?.title ?? '';
    return has(id, `${title} ${id}`, `${frameworks[framework]?.id} ${id}`);
  });
  const inSets = controlSets.map((set) => set.some((place) => inControls[place]));
  return (index) => {
    const row = findings[index];
    return inRules[row[0]] || inSubjects[row[3]] || inSets[row[4]] || ownText(index).includes(term);
  };
}

/**
 * Returns the findings that match words and choices, as places in their order, and how many each choice of each facet would
 * leave with the other choices as they are.
 */
export function select(words, chosen) {
  const finders = termsOf(words).map(finder);
  const facets = FACETS.map((facet) => prepared(facet, chosen[facet.name]));
  const active = facets.filter(({ wanted }) => wanted !== null);
  const hits = [];
  const { findings } = data();
  for (let index = 0; index < findings.length; index += 1) {
    if (!finders.every((found) => found(index))) continue;
    const row = findings[index];
    const against = active.filter((facet) => !chooses(facet, row));
    if (against.length === 0) hits.push(index);
    if (against.length < 2)
      for (const facet of facets) if (against.length === 0 || against[0] === facet) tally(facet, row);
  }
  return { hits, counts: Object.fromEntries(facets.map(({ name, counts }) => [name, counts])) };
}

function prepared(facet, value) {
  const options = facet.options();
  const place = options.findIndex(({ key }) => key === value);
  return { ...facet, counts: options.map(() => 0), wanted: value ? place : null };
}

function chooses({ of, many, wanted }, row) {
  return of ? of(row) === wanted : many(row).includes(wanted);
}

function tally({ of, many, counts }, row) {
  if (of) counts[of(row)] += 1;
  else for (const place of many(row)) counts[place] += 1;
}

/** Makes the searched texts while nothing else is to do, so that the first word typed finds them made. */
export function warmUp() {
  const later =
    window.requestIdleCallback ?? ((task) => setTimeout(() => task({ timeRemaining: () => 8 }), 60));
  let next = 0;
  const work = (deadline) => {
    const { length } = data().findings;
    while (next < length && deadline.timeRemaining() > 1)
      for (const end = Math.min(next + 200, length); next < end; next += 1) ownText(next);
    if (next < length) later(work);
  };
  later(work);
}
