import { data } from './data.js';
import { dayText, draw, make } from './dom.js';

const WIDTH = 720;
const LEFT = 14;
const RIGHT = WIDTH - 14;
const LINE = 40;

/** Returns what happened to a key, oldest first. */
function eventsOf({ created, rotated, rotations, exposures, used, revoked, expires }) {
  const logged = new Set([
    ...rotations,
    rotated === null || rotated < 0 || rotated === created ? null : rotated,
  ]);
  const all = [
    ['created', created],
    ...[...logged].map((day) => ['rotated', day]),
    ...exposures.map(({ from, where }) => [
      'exposed',
      from,
      where === null ? 'its secret was found by a scan' : `its secret was found in ${where}`,
    ]),
    ['used', used, 'last use known'],
    ['revoked', revoked],
    ['expires', expires],
  ];
  return all
    .filter(([, day]) => day !== null && day >= 0)
    .map(([what, day, note]) => ({ what, day, note: note ?? '' }))
    .sort((a, b) => a.day - b.day);
}

/** Makes the time line of a key as a drawing, with the same in a table. */
export function timeline(key) {
  const events = eventsOf(key);
  if (events.length === 0) return null;
  const days = [...events.map(({ day }) => day), data().asOf];
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const x = (day) => (last === first ? RIGHT : LEFT + ((day - first) / (last - first)) * (RIGHT - LEFT));
  const said = events.map(({ what, day }) => `${what} ${dayText(day)}`).join(', ');
  return make(
    'figure',
    { class: 'timeline' },
    make('figcaption', {}, 'Life of the key'),
    draw(
      'svg',
      { viewBox: `0 0 ${WIDTH} 78`, role: 'img', 'aria-label': said },
      draw('path', { class: 'axis', d: `M${LEFT} ${LINE}H${RIGHT}` }),
      ...years(first, last).flatMap((year) => yearMark(year, x)),
      ...key.exposures.map((one) => exposureBar(one, key, x)),
      ...events.map(({ what, day }) => mark(what, x(day))),
      draw('path', { class: 'now', d: `M${x(data().asOf)} 12V${LINE + 14}` }),
    ),
    make('p', { class: 'note timeline-legend' }, ...legend(events)),
    table(events),
  );
}

function years(first, last) {
  const yearOf = (day) => new Date(day * 86_400_000).getUTCFullYear();
  const list = [];
  for (let year = yearOf(first) + 1; year <= yearOf(last); year += 1) list.push(year);
  const step = Math.ceil(list.length / 10) || 1;
  return list.filter((_, place) => place % step === 0);
}

function yearMark(year, x) {
  const at = x(Date.UTC(year, 0, 1) / 86_400_000);
  return [
    draw('path', { class: 'axis', d: `M${at} ${LINE - 4}V${LINE + 4}` }),
    draw('text', { x: at, y: LINE + 30, 'text-anchor': 'middle' }, String(year)),
  ];
}

/** Draws the time from which the secret was exposed to its replacement, or to the end of the key, or to now. */
function exposureBar({ from, replaced }, { revoked }, x) {
  const ends = [replaced, revoked].filter((day) => day !== null && day >= from);
  const end = ends.length > 0 ? Math.min(...ends) : data().asOf;
  return draw('rect', {
    class: 'exposure',
    x: x(from),
    y: LINE - 6,
    width: Math.max(2, x(end) - x(from)),
    height: 12,
  });
}

const SHAPES = {
  created: (x) =>
    draw('path', { class: 'm-created', d: `M${x - 5} ${LINE + 6}L${x + 5} ${LINE + 6}L${x} ${LINE - 6}Z` }),
  rotated: (x) => draw('circle', { class: 'm-rotated', cx: x, cy: LINE, r: 5 }),
  exposed: (x) =>
    draw('path', {
      class: 'm-exposed',
      d: `M${x} ${LINE - 9}L${x + 8} ${LINE}L${x} ${LINE + 9}L${x - 8} ${LINE}Z`,
    }),
  used: (x) => draw('path', { class: 'm-used', d: `M${x} ${LINE - 14}V${LINE - 2}` }),
  revoked: (x) =>
    draw('path', {
      class: 'm-revoked',
      d: `M${x - 6} ${LINE - 6}L${x + 6} ${LINE + 6}M${x + 6} ${LINE - 6}L${x - 6} ${LINE + 6}`,
    }),
  expires: (x) =>
    draw('path', { class: 'm-expires', d: `M${x - 5} ${LINE - 5}H${x + 5}V${LINE + 5}H${x - 5}Z` }),
};

function mark(what, x) {
  const shape = SHAPES[what](x);
  shape.append(draw('title', {}, what));
  return shape;
}

function legend(events) {
  const present = Object.keys(SHAPES).filter((what) => events.some((event) => event.what === what));
  const parts = present.map((what) => {
    const shape = SHAPES[what](10);
    return make(
      'span',
      {},
      draw('svg', { viewBox: `0 ${LINE - 16} 20 32`, 'aria-hidden': 'true' }, shape),
      ` ${what}`,
    );
  });
  return [...parts, make('span', {}, `dashed line: ${dayText(data().asOf)}`)];
}

function table(events) {
  const rows = events.map(({ what, day, note }) =>
    make('tr', {}, make('th', { scope: 'row' }, dayText(day)), make('td', {}, what), make('td', {}, note)),
  );
  const heads = ['Date (UTC)', 'What', 'Note'].map((name) => make('th', { scope: 'col' }, name));
  return make(
    'details',
    { class: 'more' },
    make('summary', {}, 'The same as a table'),
    make(
      'table',
      { class: 'compact' },
      make('caption', { class: 'hidden' }, 'What happened to the key'),
      make('thead', {}, make('tr', {}, ...heads)),
      make('tbody', {}, ...rows),
    ),
  );
}
