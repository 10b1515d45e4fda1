import { isObject } from '../../../../text/is-object.js';
import type { AdapterContext, RawRecord } from '../../../adapter.js';
import { firstText, objectOf, textOf } from '../../../fields/json.js';
import { commitOf, type Found } from '../../../findings/finding.js';
import { type ReportReader, readReport } from '../../../findings/report-reader.js';
import { hashOfSecret } from '../../../findings/secret-hash.js';
import { ruleIdOf, toolOf } from './tool.js';

/** Kinds of result that state that nothing was found. */
export const KIND_WITHOUT_FINDING = new Set(['pass', 'notApplicable', 'informational']);

/** Returns what a result states: a finding for each of its locations, or one without a place. */
export function foundIn(
  raw: RawRecord,
  run: Record<string, unknown>,
  context: AdapterContext,
): { record: string; stated: Found }[] {
  const result = readReport(raw, context);
  const locations = result.each('locations');
  const common = {
    ...whenFound(result),
    ...stateOf(raw.value),
    rule: ruleIdOf(raw.value, run) ?? ruleInMessage(result),
  };
  if (locations.length === 0) return [{ record: raw.record, stated: common }];
  return locations.map((location) => {
    const region = location.inside('physicalLocation.region');
    const shown = secretShown(result, region, toolOf(run).name);
    return {
      record: locations.length === 1 ? raw.record : location.record,
      stated: {
        ...common,
        path: pathOf(location.inside('physicalLocation.artifactLocation'), run),
        line: region.line('startLine'),
        column: region.line('startColumn'),
        secret_sha256: hashOfSecret(shown),
      },
    };
  });
}

/** gitleaks 7 names the rule in its message only: `AWS Access Key secret detected`. */
function ruleInMessage(result: ReportReader): string | null {
  return /^([\w ()-]{1,60}) secret detected$/.exec(result.text('message.text') ?? '')?.[1] ?? null;
}

/** gitleaks writes the commit, its date and people beside the result, in version 7 among its properties. */
function whenFound(result: ReportReader): Pick<Found, 'commit' | 'first_seen'> {
  const commit = result.text('partialFingerprints.commitSha') ?? result.text('properties.commit');
  const isDated = textOf(result.value('partialFingerprints.date')) !== null;
  const date = isDated ? 'partialFingerprints.date' : 'properties.date';
  return { commit: commitOf(commit), first_seen: result.date(date, { order: 'mdy' }) };
}

/** Returns the secret in a log of gitleaks, in which the snippet is the secret, or `offender` in version 7. */
function secretShown(result: ReportReader, region: ReportReader, tool: string | null): unknown {
  if (tool !== 'gitleaks') return null;
  return result.value('properties.offender') ?? region.value('snippet.text');
}

function stateOf(result: Record<string, unknown>): Pick<Found, 'state' | 'reason'> {
  const suppressions = Array.isArray(result['suppressions']) ? result['suppressions'].filter(isObject) : [];
  const open = suppressions.some(({ status }) => status === 'underReview' || status === 'rejected');
  if (suppressions.length > 0 && !open) {
    const reasons = suppressions.map(({ justification }) => textOf(justification)).filter(Boolean);
    return { state: 'suppressed', reason: reasons.join('; ') };
  }
  return { state: result['baselineState'] === 'absent' ? 'resolved' : 'open' };
}

/** Returns the path of a file, without the folder of the machine that scanned it if the run states that. */
function pathOf(location: ReportReader, run: Record<string, unknown>): string | null {
  const index = location.value('index');
  const artifacts = Array.isArray(run['artifacts']) ? run['artifacts'] : [];
  const listed = typeof index === 'number' ? objectOf(objectOf(artifacts[index])['location'])['uri'] : null;
  const uri = location.text('uri') ?? firstText(listed);
  if (uri === null) return null;
  const roots = Object.values(objectOf(run['originalUriBaseIds'])).map((base) =>
    textOf(objectOf(base)['uri']),
  );
  const root = roots.find((base) => base !== null && base !== '' && uri.startsWith(base)) ?? '';
  return decoded(uri.slice(root.length).replace(/^file:\/\//, ''));
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
