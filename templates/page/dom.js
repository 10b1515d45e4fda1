/** Returns the element with an id. */
export const byId = (id) => document.getElementById(id);

/** Makes an element; attributes that are null, undefined or false are left out, and so are children that are null. */
export function make(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** Makes an element of a drawing. */
export function draw(tag, attributes = {}, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== undefined && value !== false)
      made.setAttribute(name, value === true ? '' : value);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Makes an icon of the sheet. */
export function icon(name) {
  return draw(
    'svg',
    { class: `icon k-${name}`, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    draw('use', { href: `#i-${name}` }),
  );
}

/** Makes the chip of a severity or an outcome. */
export function chip(name, label) {
  return make('span', { class: `chip s-${name}` }, icon(name), ` ${capital(label)}`);
}

/** Returns a text with a capital at its beginning. */
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Returns a whole number with a comma every three digits. */
export function count(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Returns a count with its noun. */
export function plural(value, one, many = `${one}s`) {
  return `${count(value)} ${value === 1 ? one : many}`;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Returns a day, given in days since 1970 (UTC), as `30 Sep 2026`. */
export function dayText(days) {
  const date = new Date(days * 86_400_000);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** Returns a date of a key: a day, `never`, or `not known`. */
export function dateText(day) {
  if (day === null) return 'not known';
  return day < 0 ? 'never' : dayText(day);
}

/** Keeps a setting of the reader if the browser allows it; without a value, returns what was kept. */
export function remember(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(name);
    localStorage.setItem(name, value);
  } catch {}
  return null;
}
