import type { Instant } from '../../../../model/index.js';
import { isObject } from '../../../../text/is-object.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { parseInstant } from '../../../fields/instants.js';
import { textOf } from '../../../fields/json.js';
import { type Found, findingWriter } from '../../../findings/finding.js';
import { type ReportReader, readReport } from '../../../findings/report-reader.js';
import { repositoryStated } from '../../../findings/repository.js';
import { fromBase64, hashOfSecret } from '../../../findings/secret-hash.js';

/**
 * Nosey Parker, `report --format json` or `jsonl`: findings, each with the places of one secret. Follows
 * https://github.com/praetorian-inc/noseyparker/blob/main/share/noseyparker/report-schema.v0.17.json and reports before it.
 * - What it proves: where one secret was seen, in files and in the history, and what a reviewer said (`accept`, `reject`). What it
 *   cannot: that it works, or that nothing else is there.
 * - A report lists 3 places of a finding unless `--max-matches` says more: fewer than `num_matches` is an incomplete file.
 * - `match_content`, or since 0.17 `groups` in base64, is the secret. Snippets, names and e-mails are not kept.
 * - Of several places of origin the commit counts before the file. A repository is named if it was cloned from a web address.
 * - Columns are counted from 0 since 0.17. Times are epoch seconds with an offset: `1685495256 +0000`.
 */
export const adapter: Adapter = {
  id: 'noseyparker',
  title: 'Nosey Parker report (JSON, JSON lines)',
  recognisedBy: '`matches` beside `rule_name` and `num_matches`; an empty list by `noseyparker` in its path',
  proves: 'where one secret was seen, in files and in the history, and what a reviewer said',
  cannot: 'that it works, or that nothing else is there',
  produces: ['secret_findings'],
  formats: ['ndjson', 'json'],
  signature: ['rule_name', 'num_matches', 'matches', 'finding_id', 'match_content'],
  recognise,
  open,
};

function recognise({ keys, head, path }: FileSample): { version: string | null } | null {
  const isFinding = keys.includes('rule_name') && (keys.includes('num_matches') || keys.includes('matches'));
  const isEmpty = /nosey-?parker/i.test(path) && /^\s*\[\s*\]\s*$/.test(head);
  return isFinding || isEmpty ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('noseyparker', context);
  return {
    items: ['', '$'],
    convert(raw) {
      const finding = readReport(raw, context);
      const matches = finding.each('matches');
      const all = finding.value('num_matches');
      if (typeof all === 'number' && all > matches.length) context.truncated(NOT_ALL);
      return matches.flatMap((match) =>
        write(match.record, {
          ...originOf(match),
          ...judged(finding, match),
          rule: match.text('rule_name') ?? finding.text('rule_name'),
          line: match.line('location.source_span.start.line'),
          column: match.line(
            'location.source_span.start.column',
            Array.isArray(match.value('groups')) ? 0 : 1,
          ),
          secret_sha256: hashOfSecret(secretOf(match)),
          marks: [match.value('location.offset_span.start')],
        }),
      );
    },
  };
}

const NOT_ALL =
  'The report lists fewer places of a secret than it counts: write it again with --max-matches -1.';

function originOf(match: ReportReader): Found {
  const origins = isObject(match.value('provenance'))
    ? [match.inside('provenance')]
    : match.each('provenance');
  const file = origins.find((origin) => origin.value('kind') === 'file');
  const git = origins.find((origin) => origin.value('kind') === 'git_repo');
  const commit = git?.inside(isObject(git.value('first_commit')) ? 'first_commit' : 'commit_provenance');
  return {
    repository: repositoryStated(clonedFrom(git?.text('repo_path') ?? '')),
    path: commit?.text('blob_path') ?? file?.text('path') ?? null,
    commit: commit?.text('commit_metadata.commit_id') ?? null,
    first_seen: commit === undefined ? null : authored(commit),
  };
}

/** Returns the address that Nosey Parker cloned a repository from; null for one that was there before. */
function clonedFrom(path: string): string | null {
  const [, scheme, rest] = /\/clones\/(https?)\/(.+)$/.exec(path.replaceAll('\\', '/')) ?? [];
  return rest === undefined ? null : `${scheme}://${rest}`;
}

function authored(commit: ReportReader): Instant | null {
  const seconds = /^(\d{9,10}) [+-]\d{4}$/.exec(
    textOf(commit.value('commit_metadata.author_timestamp')) ?? '',
  )?.[1];
  if (seconds === undefined) return commit.date('commit_metadata.author_timestamp');
  const instant = parseInstant(Number(seconds));
  return instant.ok ? instant.value : null;
}

function judged(finding: ReportReader, match: ReportReader): Pick<Found, 'state' | 'reason'> {
  const statuses = finding.value('statuses');
  const onlyRejected = Array.isArray(statuses) && statuses.length === 1 && statuses[0] === 'reject';
  if (match.value('status') !== 'reject' && !onlyRejected) return { state: 'open' };
  const isCommented = [match, finding].some((place) => textOf(place.value('comment')) !== null);
  return { state: 'suppressed', reason: isCommented ? COMMENTED : '' };
}

/** A comment of a reviewer may quote the secret, so it is not kept itself. */
const COMMENTED = 'rejected in Nosey Parker, with a comment there';

function secretOf(match: ReportReader): unknown {
  const groups = match.value('groups');
  if (!Array.isArray(groups)) return match.value('match_content');
  return fromBase64(groups[0]);
}
