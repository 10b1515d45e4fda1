import type { CorePack } from '../../../model/index.js';
import { actionColumns } from '../../actions/columns.js';
import { type Table, tableOf } from '../../table/table.js';
import { QUESTION_COLUMNS, questionsOf } from '../questions.js';
import { aboutTable } from './about-table.js';
import { frameworkTables } from './framework-tables.js';
import { ownerTables } from './owner-tables.js';
import { sheetNames } from './sheet-names.js';

/** Returns the tables of gap-checklist.xlsx in the order of its sheets: what to do, what to ask, by control, by owner, and about it. */
export async function workbookTables(pack: CorePack): Promise<Table[]> {
  const { assessment } = pack;
  const tables = withSheetNames([
    tableOf(
      { name: 'Actions', about: 'What to do, by priority: a row for each policy that failed.', frozen: 3 },
      actionColumns(assessment),
      assessment.actions,
    ),
    tableOf(
      {
        name: 'Questions',
        about:
          'What to ask for: evidence that is missing, with the checks it would decide, then questions that only a person can answer.',
        frozen: 3,
      },
      QUESTION_COLUMNS,
      questionsOf(assessment),
    ),
    ...frameworkTables(assessment),
    ...(await ownerTables(pack)),
  ]);
  return [...tables, aboutTable(assessment, tables)];
}

/** Gives tables names that sheets may have. */
function withSheetNames(tables: readonly Table[]): Table[] {
  const names = sheetNames(['About', ...tables.map(({ name }) => name)]).slice(1);
  return tables.map((table, place) => ({ ...table, name: names[place] ?? table.name }));
}
