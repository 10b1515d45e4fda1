import { cleanText } from '../fields/clean-text.js';
import { isBlank, isHeaderLike } from './table-rows.js';

/**
 * Returns the names of columns whose head takes two rows: a group above (`Rotation`) and the names below it (`last`, `next`), beside columns that
 * are merged over both. Null if the rows are no such head. The first column must be one of those: then the second row has no id, and can be no
 * record. A name that is there more than once gets its group before it.
 */
export function twoRowHead(
  upper: readonly string[] | undefined,
  lower: readonly string[] | undefined,
): string[] | null {
  if (upper === undefined || lower === undefined) return null;
  const columns = upper.map((above, index) => ({
    above: cleanText(above),
    below: cleanText(lower[index] ?? ''),
    grouped: isBlank(above) || (index + 1 < upper.length && isBlank(upper[index + 1] ?? '')),
  }));
  const below = columns.filter(({ grouped }) => grouped).map((column) => column.below);
  const whole = columns.every(({ above, below: name, grouped }) =>
    grouped ? name !== '' : name === '' || name === above,
  );
  const looks = isHeaderLike(upper) && isHeaderLike([...new Set(below)]);
  return columns[0]?.grouped === false && below.length > 1 && whole && looks ? joined(columns) : null;
}

type Column = { above: string; below: string; grouped: boolean };

function joined(columns: readonly Column[]): string[] {
  const names = columns.map(({ above, below, grouped }) => (grouped ? below : above));
  let group = '';
  return columns.map(({ above, grouped }, index) => {
    if (above !== '') group = above;
    const name = names[index] ?? '';
    const isTwice = names.indexOf(name) !== names.lastIndexOf(name);
    return grouped && isTwice ? `${group} ${name}` : name;
  });
}
