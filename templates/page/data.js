import { byId } from './dom.js';

let parsed = null;

/** Returns what the page holds for its script; read when it is first needed. */
export function data() {
  parsed ??= JSON.parse(byId('data').textContent);
  return parsed;
}

/** Numbers of values that the templates of texts have gaps for. */
let gaps = null;

function gapsOf(template) {
  gaps ??= data().texts.map((text) => text.split('\u0000').length - 1);
  return gaps[template];
}

/** Reads a text that begins at a place of a row. Returns it and the place after it. */
function textAt(row, at) {
  const parts = data().texts[row[at]].split('\u0000');
  let text = parts[0];
  for (let n = 1; n < parts.length; n += 1) text += row[at + n] + parts[n];
  return { text, next: at + parts.length };
}

/** Place in a row at which what was found begins. */
const SAID = 2;

/** Returns a finding with its reasons, as the row of the page has it. */
export function finding(index) {
  const { findings, heads, ids, outcomes, severities, controlSets, controls, rules } = data();
  const row = findings[index];
  const [rule, outcome, severity, set, seen, exception, limit] = heads[row[0]];
  return {
    id: ids[index],
    rule: rules[rule] ?? { id: '', anchor: '', title: '', domain: 0, action: '', remedy: '' },
    outcome: outcomes[outcome],
    severity: severity < 0 ? null : severities[severity],
    subject: subject(row[1]),
    controls: controlSets[set].map((place) => controls[place]),
    ...sinceWhen(severity, seen),
    exception: data().exceptions[exception] ?? null,
    limit: data().limits[limit] ?? null,
    moreReasons: row[SAID] - row[SAID + 1],
    reasons: reasonsOf(row),
  };
}

/** Returns whether a failure is new, the day it was first seen, and whether it was to be mended before the as-of date. */
function sinceWhen(severity, seen) {
  const { asOf, due } = data();
  if (seen < 0 || severity < 0) return { seen: null, isNew: false, overdue: false };
  return { seen, isNew: seen === asOf, overdue: seen + due[severity] < asOf };
}

/** Returns a subject by its place. */
export function subject(place) {
  const { subjects, kinds, owners, environments } = data();
  const [kind, id, label, owner, environment] = subjects[place];
  return {
    place,
    kind: kinds[kind],
    id,
    label,
    owner: owners[owner] ?? null,
    environment: environments[environment] ?? null,
  };
}

function reasonsOf(row) {
  const reasons = [];
  let at = SAID + 2;
  for (let n = 0; n < row[SAID + 1]; n += 1) {
    const message = textAt(row, at);
    const facts = textAt(row, message.next);
    const records = recordsOf(row, facts.next);
    reasons.push({
      message: message.text,
      facts: facts.text,
      records: records.list,
      moreRecords: row[facts.next] - records.list.length,
    });
    at = records.next;
  }
  return reasons;
}

function recordsOf(row, start) {
  const list = [];
  let at = start + 2;
  for (let n = 0; n < row[start + 1]; n += 1) {
    const [file, sha256] = data().files[row[at]];
    const place = textAt(row, at + 1);
    list.push({ file, sha256, record: place.text });
    at = place.next;
  }
  return { list, next: at };
}

/** Returns the id, the sentences and the records of a finding in small letters. */
function ownText(index) {
  const { ids, findings, files } = data();
  const parts = [ids[index]];
  eachText(findings[index], {
    text: (at) => parts.push(textAt(findings[index], at).text),
    file: (place) => parts.push(files[place][0]),
  });
  return parts.join('\n').toLowerCase();
}

/** Walks the sentences, and the files and places of the records, of a row; ends early if one of the two functions returns true. */
function eachText(row, { text, file }) {
  let at = SAID + 2;
  for (let n = 0; n < row[SAID + 1]; n += 1) {
    if (text(at) === true) return true;
    at += 1 + gapsOf(row[at]);
    at += 1 + gapsOf(row[at]);
    const shown = row[at + 1];
    at += 2;
    for (let record = 0; record < shown; record += 1) {
      if (file(row[at]) === true || text(at + 1) === true) return true;
      at += 2 + gapsOf(row[at + 1]);
    }
  }
  return false;
}

/** What no value in a gap of a text has in it: a term without it is within one value or within what stands around them. */
const BETWEEN = /[\s,;:"“”()]/;

/**
 * Returns the function that tells whether the id, the sentences or the records of a finding have a term in small letters. Whole
 * texts are made only of findings that have the longest word of a phrase.
 */
export function ownFinder(term) {
  const { ids, findings, texts, files } = data();
  const inTexts = texts.map((text) => text.toLowerCase().includes(term));
  const inFiles = files.map(([path]) => path.toLowerCase().includes(term));
  const file = (place) => inFiles[place];
  if (!BETWEEN.test(term))
    return (index) => {
      const row = findings[index];
      const text = (at) => inTexts[row[at]] || inGaps(row, at, term);
      return ids[index].includes(term) || eachText(row, { text, file });
    };
  const [longest] = term.split(BETWEEN).sort((a, b) => b.length - a.length);
  const hasLongest = ownFinder(longest);
  return (index) => {
    const row = findings[index];
    return (
      eachText(row, { text: (at) => inTexts[row[at]], file }) ||
      (hasLongest(index) && ownText(index).includes(term))
    );
  };
}

function inGaps(row, at, term) {
  const end = at + gapsOf(row[at]);
  for (let gap = at + 1; gap <= end; gap += 1) if (String(row[gap]).toLowerCase().includes(term)) return true;
  return false;
}

let byRule = null;

/** Returns the findings of a rule, worst first, as places. */
export function findingsOfRule(rule) {
  byRule ??= grouped(([head]) => data().heads[head][0]);
  return byRule.get(rule) ?? [];
}

let bySubject = null;

/** Returns the findings about a subject, worst first, as places. */
export function findingsOfSubject(place) {
  bySubject ??= grouped(([, place]) => place);
  return bySubject.get(place) ?? [];
}

function grouped(of) {
  const groups = new Map();
  data().findings.forEach((row, index) => {
    const group = groups.get(of(row));
    if (group) group.push(index);
    else groups.set(of(row), [index]);
  });
  return groups;
}

/** Returns the name of a subject: the one for people, else the id. */
export function nameOf({ label, id }) {
  return label || id;
}
