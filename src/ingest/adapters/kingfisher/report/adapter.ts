import { isObject } from '../../../../text/is-object.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { entryOf, objectOf, textOf } from '../../../fields/json.js';
import { commitOf, type Found, findingWriter } from '../../../findings/finding.js';
import { type ReportReader, readReport } from '../../../findings/report-reader.js';
import { repositoryFromLink } from '../../../findings/repository.js';
import { hashOfSecret } from '../../../findings/secret-hash.js';

/**
 * kingfisher, `--format json` and `jsonl`. Follows https://github.com/mongodb/kingfisher/blob/main/src/reporter.rs, in the three
 * layouts seen: findings under rules (`[{id, matches}]`), findings (`{rule, finding}`), and an envelope with `findings`.
 * - What it proves: what was found where, and whether kingfisher logged in with it. What it cannot: that nothing else is there. Older
 *   versions write an empty file if they find nothing, which cannot prove clean; newer ones an envelope without findings.
 * - `snippet` is the secret, unless it was redacted. What a provider answered (`validation.response`) is not kept.
 * - `fingerprint` is kingfisher's own and changed its meaning between versions: it is not kept.
 */
export const adapter: Adapter = {
  id: 'kingfisher',
  title: 'kingfisher report (JSON, JSON lines)',
  recognisedBy:
    '`rule` beside `finding`, alone, in `findings` or in `matches`; an empty report by `kingfisher` in its path',
  proves: 'what was found where, and whether kingfisher logged in with it',
  cannot: 'that nothing else is there, and who can use the secret',
  produces: ['secret_findings'],
  formats: ['json', 'ndjson'],
  signature: ['rule', 'finding', 'findings', 'matches'],
  recognise,
  open,
};

function recognise({ keys, head, path }: FileSample): { version: string | null } | null {
  const isNamed = /kingfisher/i.test(path);
  const inHead = /"finding"\s*:\s*\{/.test(head) && /"rule"\s*:\s*\{/.test(head);
  const isRecord = keys.includes('rule') && keys.includes('finding');
  const holds = keys.includes('findings') || (keys.includes('matches') && keys.includes('id'));
  const isEmpty = isNamed && (keys.includes('findings') || /^\s*\[\s*\]\s*$/.test(head));
  return (inHead && (isRecord || holds)) || isEmpty ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('kingfisher', context);
  return {
    items: ['$.findings', '$.matches', '$', ''],
    convert(raw) {
      if (isObject(raw.value['finding'])) return write(raw.record, foundIn(readReport(raw, context)));
      if ('access_map' in raw.value || 'audit' in raw.value)
        context.skip('lines about access and the scan itself');
      else
        context.reject(
          raw.record,
          null,
          'There is no finding: every finding of kingfisher has it; scan again.',
        );
      return [];
    },
  };
}

/** Answers with which kingfisher says of a secret that it could not try, or whose try failed, that it is inactive. */
const NOT_TRIED = /^(?:Validation (?:timed out|skipped)|HTTP error|Error\b|Regex error)/i;
const VERIFIED: { [status: string]: boolean } = {
  'Active Credential': true,
  'Inactive Credential': false,
};

function foundIn(record: ReportReader): Found {
  const finding = record.inside('finding');
  const git = objectOf(finding.value('git_metadata'));
  return {
    repository: repositoryFromLink(textOf(git['repository_url']) ?? ''),
    rule: record.text('rule.id') ?? record.text('rule.name'),
    path: finding.text('path'),
    line: finding.line('line'),
    column: finding.line('column_start'),
    commit: commitOf(finding.text('git_metadata.commit.id')),
    first_seen: finding.date('git_metadata.commit.date'),
    secret_sha256: hashOfSecret(finding.value('snippet')),
    verified: verifiedIn(finding),
  };
}

function verifiedIn(finding: ReportReader): boolean | null {
  const response = finding.value('validation.response') ?? '';
  if (typeof response !== 'string' || NOT_TRIED.test(response)) return null;
  return entryOf(VERIFIED, textOf(finding.value('validation.status')) ?? '') ?? null;
}
