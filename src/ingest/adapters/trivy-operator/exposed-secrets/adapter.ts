import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { findingWriter } from '../../../findings/finding.js';
import { readReport } from '../../../findings/report-reader.js';

const KIND = /"kind"\s*:\s*"ExposedSecretReport"/;

/**
 * Trivy Operator, `kubectl get exposedsecretreports -A -o json`: secrets in the images of a cluster. Follows
 * https://aquasecurity.github.io/trivy-operator/latest/docs/crds/exposedsecret-report/
 * - What it proves: that these secrets are in files of an image that runs in the cluster, and, with an empty list, that the image was looked
 *   through. What it cannot: what the secret is (`match` is masked), the history, and images that do not run.
 */
export const adapter: Adapter = {
  id: 'trivy-operator-secrets',
  title: 'Trivy Operator reports of exposed secrets (JSON of kubectl)',
  recognisedBy: '`kind: ExposedSecretReport`, alone or in a `List`',
  proves: 'that these secrets are in files of an image that runs in the cluster',
  cannot: 'what the secret is, the history of the image, and images that do not run',
  produces: ['secret_findings'],
  formats: ['json'],
  signature: ['apiVersion', 'kind', 'metadata', 'report'],
  recognise: ({ keys, head }: FileSample) =>
    (keys.includes('items') || keys.includes('report')) && KIND.test(head) ? { version: null } : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('trivy', context);
  return {
    items: ['$.items', '$', ''],
    convert(raw) {
      const object = readReport(raw, context);
      const report = object.inside('report');
      const image = [report.text('artifact.repository'), report.text('artifact.tag')];
      const version = report.text('scanner.version');
      return object.each('report.secrets').flatMap((secret) =>
        write(secret.record, {
          channel: 'build',
          rule: secret.text('ruleID'),
          path: secret.text('target'),
          tool_version: version,
          marks: [...image, secret.value('match')],
        }),
      );
    },
  };
}
