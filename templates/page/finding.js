import { data, finding, nameOf } from './data.js';
import { capital, chip, dayText, make, plural } from './dom.js';
import { stateText } from './state.js';

/** Makes the row of a finding; its evidence is made when the reader opens it. */
export function findingRow(index, { anchored = false, open = false } = {}) {
  const item = finding(index);
  const said = item.reasons.map(({ message }) => make('p', {}, ...wholeDays(message)));
  const more = make(
    'details',
    { class: 'more', open },
    make('summary', {}, 'Evidence, controls, what to do'),
  );
  if (open) more.append(findingBody(item));
  else more.addEventListener('toggle', () => more.append(findingBody(item)), { once: true });
  return make(
    'tr',
    { id: anchored ? `finding-${item.id}` : null, tabindex: anchored ? '-1' : null },
    make('td', { 'data-label': 'Severity' }, severityChip(item), ...tags(item)),
    make('th', { scope: 'row', 'data-label': 'Subject', class: 'subject' }, ...subjectParts(item.subject)),
    make(
      'td',
      { 'data-label': 'What was found' },
      make('a', { href: `#${item.rule.anchor}`, class: 'finding-title' }, item.rule.title),
      ...said,
      item.moreReasons > 0
        ? make(
            'p',
            { class: 'sub' },
            `and ${plural(item.moreReasons, 'more reason')}; all are in ${data().failuresIn}`,
          )
        : null,
      more,
    ),
  );
}

/** Makes a table of findings. */
export function findingTable(caption, indexes) {
  const heads = ['Severity', 'Subject', 'What was found'].map((name) => make('th', { scope: 'col' }, name));
  return make(
    'table',
    { class: 'findings stack' },
    make('caption', {}, caption),
    make('thead', {}, make('tr', {}, ...heads)),
    make('tbody', {}, ...indexes.map((index) => findingRow(index))),
  );
}

function severityChip({ severity, outcome }) {
  return severity === null ? chip(outcome.key, outcome.label) : chip(severity, severity);
}

/** Makes the marks of a failure: new or since when, overdue, named by an exception that does not hold. */
function tags({ seen, isNew, overdue, exception }) {
  const since = seen === null ? null : isNew ? 'new' : `since ${dayText(seen)}`;
  const named = exception === null ? null : `exception ${exception} does not hold`;
  return [since, overdue ? 'overdue' : null, named]
    .filter(Boolean)
    .map((text) => make('span', { class: 'tag' }, text));
}

function subjectParts(subject) {
  const { kind, id, label, owner, environment } = subject;
  const name = make('bdi', {}, nameOf(subject));
  const about = [capital(kind), environment, owner].filter(Boolean).join(' · ');
  return [
    kind === 'key' ? make('a', { href: stateText({ key: id }) }, name) : name,
    label && label !== id ? make('bdi', { class: 'sub ids' }, id) : null,
    make('span', { class: 'sub' }, about),
  ];
}

/** Makes what a reader checks a finding with: values, records, controls, action and the command that explains it. */
export function findingBody({ id, rule, reasons, controls, outcome, limit }) {
  return make(
    'div',
    { class: 'finding-body' },
    ...reasons.map(reasonBody),
    limit === null ? null : make('p', {}, make('b', {}, 'Limit that decided: '), limit),
    make(
      'p',
      {},
      make('b', {}, outcome.key === 'fail' ? 'What to do. ' : 'What would settle it. '),
      ...prose(whatToDo(rule, outcome)),
    ),
    controls.length > 0 ? make('p', {}, make('b', {}, 'Counts for. '), ...controlLinks(controls)) : null,
    commandLine(`keyproof explain ${id}`),
    make(
      'p',
      { class: 'sub' },
      'Finding ',
      make('a', { href: `#finding-${id}` }, make('code', {}, id)),
      ', policy ',
      make('code', {}, rule.id),
    ),
  );
}

/** Returns what mends a failure, its line in the plan of work first. */
function whatToDo({ action, remedy }, outcome) {
  return action && outcome.key === 'fail' ? `${action}. ${remedy}` : remedy;
}

function reasonBody({ facts, records, moreRecords }) {
  const lines = records.map(({ file, record, sha256 }) =>
    make(
      'li',
      {},
      file,
      ' ',
      make('code', {}, record),
      sha256 ? make('span', { class: 'sub' }, `sha256:${sha256}`) : null,
    ),
  );
  return make(
    'div',
    {},
    facts ? make('p', {}, make('b', {}, 'Values. '), facts) : null,
    lines.length > 0 ? make('ul', { class: 'records' }, ...lines) : null,
    moreRecords > 0 ? make('p', { class: 'sub' }, `and ${plural(moreRecords, 'more record')}`) : null,
  );
}

function controlLinks(controls) {
  const { frameworks } = data();
  return controls.flatMap(([framework, id, anchor], place) => [
    place > 0 ? '; ' : '',
    make('a', { href: `#${anchor}` }, `${frameworks[framework]?.title ?? ''} ${id}`),
  ]);
}

/** Splits a text at its days and makes each one that no line breaks. */
function wholeDays(text) {
  return text
    .split(/(\d{4}-\d{2}-\d{2})/)
    .map((part, place) => (place % 2 === 1 ? make('span', { class: 'day' }, part) : part));
}

/** Splits a text at backticks and makes code of what stands between them. */
export function prose(text) {
  return text.split(/`(.+?)`/).map((part, place) => (place % 2 === 1 ? make('code', {}, part) : part));
}

/** Makes a command with a button that copies it. */
export function commandLine(command) {
  const code = make('code', {}, command);
  const button = make('button', { type: 'button', class: 'copy' }, 'Copy');
  button.addEventListener('click', () => copy(command, code, button));
  return make('p', { class: 'command' }, code, ' ', button);
}

async function copy(text, code, button) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(code);
    button.textContent = 'Selected: copy it with the keyboard';
  }
}
