import type { ControlResult, FrameworkResult } from '../../model/index.js';
import type { ViewContext } from '../view/context.js';
import { type FrameworkView, frameworkView } from '../view/framework-view.js';
import { type MappingRow, mappingRows } from '../view/mapping-row.js';

/** A control of the page: its mappings are rows of a table. */
export type PageControl = Omit<FrameworkView['groups'][number]['controls'][number], 'mappings'> & {
  mappings: MappingRow[];
};

/** A framework of the page. */
export type PageFramework = Omit<FrameworkView, 'groups'> & {
  groups: { id: string; title: string; controls: PageControl[] }[];
};

/** Returns a framework with its controls, each a table of its mappings. */
export function pageFramework(framework: FrameworkResult, context: ViewContext): PageFramework {
  const view = frameworkView(framework, context);
  const results = new Map(framework.controls.map((control) => [control.id, control]));
  return {
    ...view,
    undecided: view.undecided.map((item) => ({ ...item, field: context.missingLabel(item.field) })),
    groups: view.groups.map((group) => ({
      ...group,
      controls: group.controls.map((control) => ({
        ...control,
        mappings: rowsOf(results.get(control.id), context),
      })),
    })),
  };
}

function rowsOf(control: ControlResult | undefined, context: ViewContext): MappingRow[] {
  return control === undefined ? [] : mappingRows(control, context);
}
