import { data, ownFinder } from './data.js';

/**
 * Groups of findings that a reader can choose, in the order in which they stand on the page. `ofHead` and `ofSubject` return the
 * options that a finding has by its head or by its subject.
 */
export const FACETS = [
  {
    name: 'severity',
    label: 'Severity',
    all: 'All',
    options: severityOptions,
    ofHead: ([, , severity]) => [severity < 0 ? 4 : severity],
  },
  {
    name: 'result',
    label: 'Result',
    all: 'All',
    options: outcomeOptions,
    ofHead: ([, outcome]) => [outcome],
  },
  {
    name: 'domain',
    label: 'Subject area',
    all: 'All',
    options: domainOptions,
    ofHead: ([rule]) => [domainOf(rule)],
  },
  {
    name: 'framework',
    label: 'Framework',
    all: 'All',
    options: frameworkOptions,
    ofHead: ([, , , set]) => frameworksOf(set),
  },
  {
    name: 'environment',
    label: 'Environment',
    all: 'All',
    options: environmentOptions,
    ofSubject: ([, , , , environment]) => [lastIfNone(environment, data().environments)],
  },
  {
    name: 'owner',
    label: 'Owner',
    all: 'Everybody',
    options: ownerOptions,
    ofSubject: ([, , , owner]) => [lastIfNone(owner, data().owners)],
  },
  { name: 'rule', label: 'Policy', all: 'All', options: ruleOptions, ofHead: ([rule]) => [rule] },
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

/** Splits what a reader types into words and "quoted phrases", in small letters; a phrase may still lack its end. */
export function termsOf(text) {
  const terms = text.toLowerCase().match(/"[^"]*"?|\S+/g) ?? [];
  return terms.map((term) => (term.startsWith('"') ? term.replaceAll('"', '').trim() : term)).filter(Boolean);
}

/** Words that people type, each with the ways in which findings say it. */
export const SAID_AS = {
  missing: ['missing', 'no ', 'without', 'lack', 'not stated', 'not supplied'],
  expired: ['expired', 'ended'],
  leaked: ['leak', 'exposed', 'hard-coded', 'open finding'],
  unused: ['unused', 'not used', 'never used', 'idle', 'dormant'],
  stale: ['stale', 'days before', 'more than'],
  ownerless: ['ownerless', 'no owner'],
};

/** Returns the function that tells whether a finding has a word in any of the ways in which it is said; a phrase is taken as it stands. */
function finderOf(term, words) {
  const ways = words.toLowerCase().includes(`"${term}`) ? [term] : (SAID_AS[term] ?? [term]);
  const finders = ways.map(finder);
  return (index) => finders.some((found) => found(index));
}

/** Returns the function that tells whether a finding has a term: in rule (with what to do), subject, controls, or its own text. */
function finder(term) {
  const { rules, subjects, kinds, owners, environments, controls, controlSets, frameworks, findings, heads } =
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
  const inHeads = heads.map(([rule, , , set]) => inRules[rule] || inSets[set]);
  const inOwn = ownFinder(term);
  return (index) => {
    const [head, place] = findings[index];
    return inHeads[head] || inSubjects[place] || inOwn(index);
  };
}

/**
 * Returns the findings that match words and choices, as places in their order, and how many each choice of each facet would
 * leave with the other choices as they are. A facet is asked once for each head and subject, not for each finding.
 */
export function select(words, chosen) {
  const { findings, heads, subjects } = data();
  const finders = termsOf(words).map((term) => finderOf(term, words));
  const facets = FACETS.map((facet) => prepared(facet, chosen[facet.name]));
  const againstHead = heads.map((head) => against(facets, 'ofHead', head));
  const againstSubject = subjects.map((subject) => against(facets, 'ofSubject', subject));
  const hits = [];
  const tallies = new Map();
  for (let index = 0; index < findings.length; index += 1) {
    const [head, subject] = findings[index];
    const failed = againstHead[head] | againstSubject[subject];
    if (failed & (failed - 1) || !finders.every((found) => found(index))) continue;
    if (failed === 0) hits.push(index);
    tally(tallies, failed, head, subject);
  }
  return { hits, counts: Object.fromEntries(facets.map((facet) => [facet.name, counted(facet, tallies)])) };
}

function prepared(facet, value) {
  const options = facet.options();
  const place = options.findIndex(({ key }) => key === value);
  return { ...facet, size: options.length, wanted: value ? place : null };
}

/** Returns the facets whose choice a head or a subject does not have, a bit each. */
function against(facets, by, item) {
  let bits = 0;
  facets.forEach((facet, place) => {
    if (facet.wanted !== null && facet[by] && !facet[by](item).includes(facet.wanted)) bits |= 1 << place;
  });
  return bits;
}

/** Counts a finding under its head and its subject, apart by the one choice that it has not. */
function tally(tallies, failed, head, subject) {
  let counts = tallies.get(failed);
  if (counts === undefined) {
    counts = {
      ofHead: new Uint32Array(data().heads.length),
      ofSubject: new Uint32Array(data().subjects.length),
    };
    tallies.set(failed, counts);
  }
  counts.ofHead[head] += 1;
  counts.ofSubject[subject] += 1;
}

/** Returns how many findings each option of a facet would leave: hits, and those that only its own choice leaves out. */
function counted(facet, tallies) {
  const by = facet.ofHead ? 'ofHead' : 'ofSubject';
  const items = facet.ofHead ? data().heads : data().subjects;
  const sums = new Array(facet.size).fill(0);
  for (const failed of [0, 1 << FACETS.findIndex(({ name }) => name === facet.name)]) {
    const counts = tallies.get(failed)?.[by] ?? [];
    counts.forEach((count, place) => {
      if (count > 0) for (const option of facet[by](items[place])) sums[option] += count;
    });
  }
  return sums;
}
