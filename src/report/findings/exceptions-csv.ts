import type { Assessment, RegisteredWaiver } from '../../model/index.js';
import { csvFile } from '../../text/csv.js';
import { exceptionState, subjectsOfException } from '../text/exception-text.js';

/** Columns of exceptions.csv, with the function that fills each. `owner` is who asked for the exception, `failures` how many it names. */
const COLUMNS: readonly { name: string; value: (exception: RegisteredWaiver) => string | number | null }[] = [
  { name: 'exception_id', value: ({ id }) => id },
  { name: 'state', value: exceptionState },
  { name: 'rule_id', value: ({ rule }) => rule },
  { name: 'subjects', value: subjectsOfException },
  { name: 'failures', value: ({ failures }) => failures },
  { name: 'finding_ids', value: ({ findings }) => findings.join('; ') },
  { name: 'owner', value: ({ requestedBy }) => requestedBy },
  { name: 'approver', value: ({ approver }) => approver },
  { name: 'reason', value: ({ reason }) => reason },
  { name: 'risk', value: ({ risk }) => risk },
  { name: 'compensating_control', value: ({ compensatingControl }) => compensatingControl },
  { name: 'worksheet', value: ({ worksheet }) => (worksheet === null ? 'no' : 'yes') },
  { name: 'granted', value: ({ granted }) => granted },
  { name: 'expires', value: ({ expires }) => expires },
  { name: 'ticket', value: ({ ticket }) => ticket },
  {
    name: 'controls',
    value: ({ controls }) => controls.map(({ framework, control }) => `${framework} ${control}`).join('; '),
  },
];

/** Returns exceptions.csv: the register of accepted exceptions, a row each, sorted by id; the header alone if there is none. */
export function exceptionsCsv({ exceptions }: Pick<Assessment, 'exceptions'>): string {
  return csvFile(
    COLUMNS.map(({ name }) => name),
    exceptions.map((exception) => COLUMNS.map(({ value }) => value(exception))),
  );
}
