// Made by scripts/generate-adapters.mjs from the folders here: npm run generate.
import type { Adapter } from '../adapter.js';
import { adapter as accessReviewList } from './access-review/list/adapter.js';
import { adapter as awsCloudtrail } from './aws/cloudtrail/adapter.js';
import { adapter as awsIamCredentialReport } from './aws/iam-credential-report/adapter.js';
import { adapter as awsSecretsManager } from './aws/secrets-manager/adapter.js';
import { adapter as azureKeyVault } from './azure/key-vault/adapter.js';
import { adapter as canonicalRecords } from './canonical/records/adapter.js';
import { adapter as detectSecretsBaseline } from './detect-secrets/baseline/adapter.js';
import { adapter as ggshieldScan } from './ggshield/scan/adapter.js';
import { adapter as gitSecretsScan } from './git-secrets/scan/adapter.js';
import { adapter as githubSecretScanningAlerts } from './github/secret-scanning-alerts/adapter.js';
import { adapter as gitlabSecretDetection } from './gitlab/secret-detection/adapter.js';
import { adapter as gitleaksReport } from './gitleaks/report/adapter.js';
import { adapter as kingfisherReport } from './kingfisher/report/adapter.js';
import { adapter as noseyparkerReport } from './noseyparker/report/adapter.js';
import { adapter as sarifLog } from './sarif/log/adapter.js';
import { adapter as secretlintReport } from './secretlint/report/adapter.js';
import { adapter as semgrepReport } from './semgrep/report/adapter.js';
import { adapter as trivyReport } from './trivy/report/adapter.js';
import { adapter as trufflehogV2 } from './trufflehog/v2/adapter.js';
import { adapter as trufflehogV3 } from './trufflehog/v3/adapter.js';

/** All adapters; the canonical form comes last. */
export const ADAPTERS: readonly Adapter[] = [
  accessReviewList,
  awsCloudtrail,
  awsIamCredentialReport,
  awsSecretsManager,
  azureKeyVault,
  detectSecretsBaseline,
  ggshieldScan,
  gitSecretsScan,
  githubSecretScanningAlerts,
  gitlabSecretDetection,
  gitleaksReport,
  kingfisherReport,
  noseyparkerReport,
  sarifLog,
  secretlintReport,
  semgrepReport,
  trivyReport,
  trufflehogV2,
  trufflehogV3,
  canonicalRecords,
];
