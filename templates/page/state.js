/** Returns the values in the address of the page (`#q=leaver&severity=critical`); null if it names a place instead. */
export function stateOf(hash) {
  const text = hash.replace(/^#/, '');
  return text.includes('=') ? Object.fromEntries(new URLSearchParams(text)) : null;
}

/** Returns the address of values that are not empty; `#` if all are. */
export function stateText(values) {
  const given = Object.entries(values).filter(([, value]) => value);
  return `#${new URLSearchParams(given)}`;
}
