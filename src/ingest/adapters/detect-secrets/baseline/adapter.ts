import type { Adapter, AdapterContext, AdapterReader, FileSample, RawRecord } from '../../../adapter.js';
import { textOf } from '../../../fields/json.js';
import { type Found, findingWriter } from '../../../findings/finding.js';
import { readReport } from '../../../findings/report-reader.js';

/**
 * detect-secrets baselines (`.secrets.baseline`), versions 0.x and 1.x: `results` by file. Follows
 * https://github.com/Yelp/detect-secrets/blob/master/docs/design.md
 * - What it proves: that a scan of the working tree saw something at these lines, and what an audit (`detect-secrets audit`) said
 *   of it. What it cannot: anything about the history, and that a secret is gone: a baseline is a list of what is let through.
 * - `is_secret: false` is audited and no secret: suppressed, with that reason. `true`, and no `is_secret` (nobody has audited it),
 *   are open.
 * - `hashed_secret` is a SHA-1. It cannot be compared with the fingerprints of other scanners and inventories, which are SHA-256,
 *   so the finding has none; it only tells secrets on one line apart.
 * - `results: {}` is a scan that found nothing.
 */
export const adapter: Adapter = {
  id: 'detect-secrets',
  title: 'detect-secrets baseline (JSON)',
  recognisedBy: '`plugins_used` beside `results`',
  proves: 'that a scan of the working tree saw something at these lines, and what an audit said of it',
  cannot:
    'anything about the history, and that a secret is gone: a baseline is a list of what is let through',
  produces: ['secret_findings'],
  formats: ['json'],
  signature: ['version', 'plugins_used', 'filters_used', 'results', 'generated_at'],
  recognise,
  open,
};

function recognise({ keys, partial, head }: FileSample): { version: string | null } | null {
  if (!keys.includes('plugins_used')) return null;
  if (!keys.includes('results') && !/"(?:filters_used|generated_at)"/.test(head)) return null;
  const version = textOf((partial as { version?: unknown } | null)?.version);
  return { version };
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('detect-secrets', context);
  const { version: tool_version = null } = recognise(file) ?? {};
  return {
    items: ['$.results.*'],
    convert(raw) {
      const finding = readReport(raw, context);
      return write(raw.record, {
        rule: finding.text('type'),
        path: finding.text('filename') ?? fileOf(raw),
        line: finding.line('line_number'),
        verified: finding.flag('is_verified'),
        ...audited(finding.flag('is_secret')),
        tool_version,
        marks: [finding.value('hashed_secret')],
      });
    },
  };
}

function audited(isSecret: boolean | null): Pick<Found, 'state' | 'reason'> {
  return isSecret === false ? { state: 'suppressed', reason: NO_SECRET } : { state: 'open' };
}

const NO_SECRET = 'audited with detect-secrets as no secret (is_secret: false)';

/** Returns the file that a finding of version 0.x is listed under. */
function fileOf({ record }: RawRecord): string | null {
  const name = /\/results\/([^/]+)\/\d+$/.exec(record)?.[1];
  return name?.replaceAll('~1', '/').replaceAll('~0', '~') ?? null;
}
