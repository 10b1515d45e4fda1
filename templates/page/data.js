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

const SAID = 8;

/** Returns a finding with its reasons, as the row of the page has it. */
export function finding(index) {
  const { findings, ids, outcomes, severities, controlSets, controls, rules } = data();
  const row = findings[index];
  return {
    id: ids[index],
    rule: rules[row[0]] ?? { id: '', anchor: '', title: '', domain: 0, action: '', remedy: '' },
    outcome: outcomes[row[1]],
    severity: row[2] < 0 ? null : severities[row[2]],
    subject: subject(row[3]),
    controls: controlSets[row[4]].map((place) => controls[place]),
    ...sinceWhen(row),
    exception: data().exceptions[row[6]] ?? null,
    limit: data().limits[row[7]] ?? null,
    moreReasons: row[SAID] - row[SAID + 1],
    reasons: reasonsOf(row),
  };
}

/** Returns whether a failure is new, the day it was first seen, and whether it was to be mended before the as-of date. */
function sinceWhen(row) {
  const { asOf, due } = data();
  const [, , severity, , , seen] = row;
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

/** Sentences and records of findings in small letters, made when a finding is first searched. */
const own = [];

/** Returns the id, the sentences and the records of a finding in small letters. */
export function ownText(index) {
  own[index] ??= searchable(index);
  return own[index];
}

function searchable(index) {
  const row = data().findings[index];
  let text = data().ids[index];
  let at = SAID + 2;
  for (let n = 0; n < row[SAID + 1]; n += 1) {
    const message = textAt(row, at);
    at = message.next + 1 + gapsOf(row[message.next]);
    text += `\n${message.text}`;
    const shown = row[at + 1];
    at += 2;
    for (let record = 0; record < shown; record += 1) {
      const place = textAt(row, at + 1);
      text += `\n${data().files[row[at]][0]}\n${place.text}`;
      at = place.next;
    }
  }
  return text.toLowerCase();
}

let byRule = null;

/** Returns the findings of a rule, worst first, as places. */
export function findingsOfRule(rule) {
  byRule ??= grouped(0);
  return byRule.get(rule) ?? [];
}

let bySubject = null;

/** Returns the findings about a subject, worst first, as places. */
export function findingsOfSubject(place) {
  bySubject ??= grouped(3);
  return bySubject.get(place) ?? [];
}

function grouped(column) {
  const groups = new Map();
  data().findings.forEach((row, index) => {
    const group = groups.get(row[column]);
    if (group) group.push(index);
    else groups.set(row[column], [index]);
  });
  return groups;
}

/** Returns the name of a subject: the one for people, else the id. */
export function nameOf({ label, id }) {
  return label || id;
}
