import type { Assessment, CorePack, OutputFormat, Sink, UnwrittenOutput } from '../model/index.js';
import { accessRenderer } from './access/renderer.js';
import { actionsRenderer } from './actions/renderer.js';
import { checklistRenderer } from './checklist/renderer.js';
import { findingsRenderer } from './findings/renderer.js';
import { htmlRenderer } from './html/renderer.js';
import { junitRenderer } from './junit/renderer.js';
import { annexRenderer } from './pdf/annex-renderer.js';
import { pdfRenderer } from './pdf/renderer.js';
import type { Renderer } from './renderer.js';
import { sarifRenderer } from './sarif/renderer.js';

/**
 * Every renderer, one a line. `json` and `parquet` have none: they are the core, which is written before any of these
 * runs.
 */
export const RENDERERS: readonly Renderer[] = [
  htmlRenderer,
  pdfRenderer,
  annexRenderer,
  actionsRenderer,
  checklistRenderer,
  findingsRenderer,
  accessRenderer,
  sarifRenderer,
  junitRenderer,
];

/**
 * Renders formats, one after another.
 * @returns those that could not be written, each with a sentence that states why.
 */
export async function renderFormats(
  pack: CorePack,
  formats: readonly OutputFormat[],
  out: Sink,
): Promise<UnwrittenOutput[]> {
  const unwritten: UnwrittenOutput[] = [];
  for (const { format, render } of RENDERERS.filter((renderer) => formats.includes(renderer.format))) {
    const problems = await render(pack, out);
    unwritten.push(...problems.map((problem) => ({ ...problem, format })));
  }
  return unwritten;
}

/** Returns the files of formats for a pack; `frameworks` are the ids asked for, all of the pack if left out. */
export function filesOf(
  formats: readonly OutputFormat[],
  assessment: Assessment,
  frameworks?: readonly string[],
): string[] {
  return RENDERERS.filter(({ format }) => formats.includes(format)).flatMap((renderer) => [
    ...renderer.files,
    ...(renderer.filesFor?.(assessment, frameworks) ?? []),
  ]);
}
