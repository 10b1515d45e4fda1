import type { Assessment, OutputFormat } from '../../model/index.js';

/** What a report refers its reader to another file for. */
export type Topic =
  | 'failures'
  | 'exceptions'
  | 'questions'
  | 'controls'
  | 'actions'
  | 'action-list'
  | 'control-list'
  | 'settings';

/** The files that hold it by the format that writes them, the best first, and the file of the core that every pack has. */
type Files = { written: readonly (readonly [format: OutputFormat, file: string])[]; core: string };

const FILES: { readonly [T in Topic]: Files } = {
  failures: { written: [['findings', 'findings.csv']], core: 'observations.parquet' },
  exceptions: { written: [['findings', 'exceptions.csv']], core: 'assessment.json' },
  questions: {
    written: [
      ['checklist', 'questions.csv'],
      ['html', 'index.html'],
    ],
    core: 'assessment.json',
  },
  controls: { written: [['html', 'index.html']], core: 'assessment.json' },
  actions: {
    written: [
      ['html', 'index.html'],
      ['checklist', 'gap-checklist.xlsx'],
      ['actions', 'actions.csv'],
    ],
    core: 'assessment.json',
  },
  'action-list': {
    written: [
      ['actions', 'actions.csv'],
      ['checklist', 'gap-checklist.xlsx'],
    ],
    core: 'assessment.json',
  },
  'control-list': { written: [['checklist', 'gap-checklist.csv']], core: 'assessment.json' },
  settings: {
    written: [
      ['pdf', '“Scope and settings” of report.pdf'],
      ['html', '“Scope and settings” of index.html'],
    ],
    core: '“plan” of assessment.json',
  },
};

/** Returns the file of the pack that holds all of something; a file that the run did not write is never named. */
export function fileWith(topic: Topic, { formats }: Pick<Assessment['plan'], 'formats'>): string {
  const { written, core } = FILES[topic];
  return written.find(([format]) => formats.includes(format))?.[1] ?? core;
}
