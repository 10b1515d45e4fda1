import { isObject } from '../../../../text/is-object.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample, RawRecord } from '../../../adapter.js';
import { textOf } from '../../../fields/json.js';
import { type Found, findingWriter } from '../../../findings/finding.js';
import { type ReportReader, readReport } from '../../../findings/report-reader.js';
import { repositoryStated } from '../../../findings/repository.js';

/**
 * Trivy, `--format json`: results by target, of which those with `Secrets` are read; bare lists of results (before 0.20) too, and
 * the report on a cluster (`trivy k8s --report all`), where the results are under each of its resources.
 * Follows https://trivy.dev/latest/docs/scanner/secret/ and
 * https://github.com/aquasecurity/trivy/blob/main/integration/testdata/secrets.json.golden
 * - What it proves: that secrets were in these files of a tree or an image. What it cannot: anything about the history, and, without
 *   any finding, that secrets were looked for: a report does not say which scanners ran. So only a report with a
 *   secret counts as a scan for secrets.
 * - `Match` is masked and other lines of `Code` are not: nothing of either is kept, and there is no fingerprint.
 * - With `--show-suppressed`, `ExperimentalModifiedFindings` are what an ignore file left out: suppressed, with its statement.
 */
export const adapter: Adapter = {
  id: 'trivy',
  title: 'Trivy report with secrets (JSON)',
  recognisedBy:
    '`ArtifactName` and `SchemaVersion`, `Target` beside `Class`, `Secrets` or `Vulnerabilities`, or `ClusterName` beside `Resources`',
  proves: 'that secrets were in these files of a tree or an image',
  cannot:
    'anything about the history, what the secret is, and, without a finding, that it looked for secrets',
  produces: ['secret_findings'],
  formats: ['json'],
  signature: ['SchemaVersion', 'ArtifactName', 'ArtifactType', 'Results'],
  recognise,
  open,
};

function recognise({ keys }: FileSample): { version: string | null } | null {
  const has = (...names: string[]) => names.every((name) => keys.includes(name));
  const isBare = has('Target') && ['Class', 'Secrets', 'Vulnerabilities'].some((name) => has(name));
  return has('SchemaVersion', 'ArtifactName') || isBare || isCluster(keys) ? { version: null } : null;
}

/** Members of a report on a cluster that list its resources, in this order of versions. */
const RESOURCES = ['Resources', 'Findings', 'Vulnerabilities', 'Misconfigurations'];

function isCluster(keys: readonly string[]): boolean {
  return keys.includes('ClusterName') && RESOURCES.some((name) => keys.includes(name));
}

function open({ keys }: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('trivy', context);
  return {
    items: isCluster(keys) ? RESOURCES.map((name) => `$.${name}.*.Results`) : ['$.Results', '$', ''],
    produces: [],
    convert(raw) {
      if (!('Target' in raw.value)) return withoutTarget(raw);
      const target = readReport(raw, context);
      const scan = readReport({ record: raw.record, value: raw.within?.[0] ?? {} }, context);
      const common = { path: target.text('Target'), ...whatWasScanned(scan) };
      const secrets = target.each('Secrets').map((secret) => ({ secret, stated: secretOf(secret) }));
      const left = target
        .each('ExperimentalModifiedFindings')
        .filter((item) => item.value('Type') === 'secret');
      const suppressed = left.map((item) => ({ secret: item, stated: suppressedOf(item) }));
      if (secrets.length + suppressed.length === 0) context.skip('results without secrets');
      return [...secrets, ...suppressed].flatMap(({ secret, stated }) =>
        write(secret.record, { ...common, ...stated }),
      );
    },
  };

  /** A report that found nothing of any kind has no results at all. */
  function withoutTarget({ record, value }: RawRecord): [] {
    if ('ArtifactName' in value) context.skip('reports without results');
    else context.reject(record, null, 'There is no Target: every result of Trivy has one; scan again.');
    return [];
  }
}

function whatWasScanned(scan: ReportReader): Found {
  const name = scan.text('ArtifactName');
  const isImage = scan.value('ArtifactType') === 'container_image' || scan.value('ClusterName') !== undefined;
  const version = isObject(scan.value('Trivy')) ? textOf(scan.value('Trivy.Version')) : null;
  return {
    ...(isImage ? { channel: 'build' as const } : { repository: repositoryStated(linkOf(name)) }),
    tool_version: version,
  };
}

/** A name without a host is a folder of the machine that scanned. */
function linkOf(name: string | null): string | null {
  return name !== null && /:\/\/|^git@|^[\w-]+\.[\w.-]+\//.test(name)
    ? name.replace(/^(?!\w+:\/\/|git@)/, 'https://')
    : null;
}

function secretOf(secret: ReportReader): Found {
  return {
    rule: secret.text('RuleID'),
    line: secret.line('StartLine'),
    marks: [secret.value('Offset')],
  };
}

function suppressedOf(item: ReportReader): Found {
  return { ...secretOf(item.inside('Finding')), state: 'suppressed', reason: item.text('Statement') ?? '' };
}
