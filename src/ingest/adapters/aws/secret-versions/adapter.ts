import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Parsed, parsed, unparsable } from '../../../fields/parsed.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with aws secretsmanager list-secret-version-ids.';
const GOES_ON =
  'The export ends with a NextToken: the secret has more versions than it lists. Export again without --max-items.';
const NOT_IN_PLACE =
  'Some versions have no stage but AWSPENDING: a value was made and is not known to have been put in place.';

/**
 * Versions of a secret of AWS Secrets Manager: `aws secretsmanager list-secret-version-ids`, one object a secret, several after each
 * other, or an array. Follows https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html
 * - Each version is a value that was made (`generated`) at its CreatedDate.
 * - The version in use (`AWSCURRENT`) has replaced another if the export has one that was in use before: `rotated`, too. When it was put
 *   in place no version states; it counts from the time its value was made, which is never later.
 * - A version with `AWSPENDING` alone proves no rotation. Versions without a stage are there only with --include-deprecated.
 */
export const adapter: Adapter = {
  id: 'aws-secret-versions',
  title: 'AWS Secrets Manager list-secret-version-ids (JSON)',
  recognisedBy: '`Versions` beside the `ARN` of a secret',
  proves: 'when each value of a secret was made, and which one is in use',
  cannot:
    'when a value was put in place and by whom (a log states it), and versions without a stage unless they were asked for',
  produces: ['rotations'],
  formats: ['json', 'ndjson'],
  signature: ['Versions', 'ARN', 'Name'],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const names = keys.includes('Versions') && keys.includes('ARN');
  return names && /"ARN"\s*:\s*"arn:[a-z0-9-]+:secretsmanager:/.test(head) ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  return {
    items: ['$', ''],
    convert: (raw) => stepsOf(raw, context),
  };
}

type Version = { reading: Reading; stages: string[] };

function stepsOf(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const arn = r.need('ARN', r.text('ARN'), 'There is no ARN: every list of versions names its secret.') ?? '';
  warnOfNextPage(raw.value, ['NextToken'], GOES_ON, context);
  const versions = r.each('Versions').map(({ reading: one }) => ({ reading: one, stages: stagesOf(one) }));
  if (versions.some(isPendingOnly)) context.warn(NOT_IN_PLACE);
  if (r.failed) return [];
  return versions.flatMap((version) => stepsOfVersion(arn, version, hasReplaced(version, versions)));
}

function stagesOf(r: Reading): string[] {
  return r.read('VersionStages', parseStages) ?? [];
}

function parseStages(value: unknown): Parsed<string[]> {
  const areTexts = Array.isArray(value) && value.every((stage) => typeof stage === 'string');
  return areTexts ? parsed(value) : unparsable('VersionStages is no list of stages');
}

function isPendingOnly({ stages }: Version): boolean {
  return stages.includes('AWSPENDING') && !stages.includes('AWSCURRENT');
}

/** Returns whether a version is in use and another one, of which the stages could be read, was before it. */
function hasReplaced(version: Version, versions: readonly Version[]): boolean {
  const isCurrent = version.stages.includes('AWSCURRENT');
  return (
    isCurrent && versions.some((other) => other !== version && !other.reading.failed && !isPendingOnly(other))
  );
}

function stepsOfVersion(arn: string, { reading: r }: Version, replaced: boolean): Emit[] {
  const id = r.need('VersionId', r.text('VersionId'), 'There is no VersionId: every version has one.') ?? '';
  const made = { rotation_id: id, key_id: arn, at: () => r.date('CreatedDate'), version: id };
  const generated = r.emit('rotations', { ...made, step: 'generated', status: 'success' });
  return replaced
    ? [...generated, ...r.emit('rotations', { ...made, step: 'rotated', status: 'success' })]
    : generated;
}
