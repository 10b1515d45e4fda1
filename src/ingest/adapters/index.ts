import type { Adapter } from '../adapter.js';
import { accessReview } from './access-review.js';
import { awsCloudtrail } from './aws-cloudtrail.js';
import { awsIamCredentialReport } from './aws-iam-credential-report.js';
import { awsSecretsManager } from './aws-secrets-manager.js';
import { canonical } from './canonical.js';
import { gitleaks } from './gitleaks.js';

/** All adapters, in the order recognition asks them: systems' own formats first, the canonical form last. */
export const ADAPTERS: readonly Adapter[] = [
  awsSecretsManager,
  awsIamCredentialReport,
  awsCloudtrail,
  gitleaks,
  accessReview,
  canonical,
];
