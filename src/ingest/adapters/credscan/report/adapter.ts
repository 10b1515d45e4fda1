import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { findingWriter } from '../../../findings/finding.js';
import { readReport } from '../../../findings/report-reader.js';

const COLUMNS = ['Source', 'Searcher', 'Line', 'IsSuppressed', 'HashKey'];

/** A drive, and the folder in which an agent of Azure Pipelines checks out sources (`D:\a\1\s\`). */
const OF_MACHINE = /^(?:[A-Z]:)?[\\/]?(?:a[\\/]\d+[\\/]s[\\/])?/i;

/**
 * Microsoft Credential Scanner (CredScan), its CSV. Follows what its build task writes
 * (https://learn.microsoft.com/en-us/azure/security/develop/security-code-analysis-customize)
 * - What it proves: that a searcher matched at this line of the working tree. What it cannot: what the secret is (`HashKey` is a hash of the
 *   tool's own), anything about the history, and that it works.
 * - `Source` is a path on the machine that scanned; what the machine adds before it is left out.
 * - A table with nothing but its header is a scan that found nothing.
 */
export const adapter: Adapter = {
  id: 'credscan',
  title: 'Microsoft CredScan report (CSV)',
  recognisedBy: 'columns `Source`, `Searcher`, `Line`, `IsSuppressed`, `HashKey`',
  proves: 'that a searcher matched at this line of the working tree, and that a scan ended without findings',
  cannot: 'what the secret is, anything about the history, and that it works',
  produces: ['secret_findings'],
  formats: ['csv'],
  signature: COLUMNS,
  recognise: ({ header }: FileSample) =>
    COLUMNS.every((name) => header?.includes(name)) ? { version: null } : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('credscan', context);
  return {
    items: [''],
    convert(raw) {
      const row = readReport(raw, context);
      const suppressed = /^(?:yes|true)$/i.test(row.text('IsSuppressed') ?? '');
      return write(raw.record, {
        rule: row.text('Searcher'),
        path: row.text('Source')?.replace(OF_MACHINE, '') ?? null,
        line: row.line('Line'),
        marks: [row.value('HashKey')],
        ...(suppressed ? { state: 'suppressed', reason: row.text('SuppressJustification') ?? '' } : {}),
      });
    },
  };
}
