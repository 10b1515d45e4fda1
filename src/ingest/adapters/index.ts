import type { Adapter } from '../adapter.js';
import { accessReview } from './access-review/list/adapter.js';
import { awsCloudtrail } from './aws/cloudtrail/adapter.js';
import { awsIamCredentialReport } from './aws/iam-credential-report/adapter.js';
import { awsSecretsManager } from './aws/secrets-manager/adapter.js';
import { canonical } from './canonical/records/adapter.js';
import { gitleaks } from './gitleaks/report/adapter.js';

/** All adapters, in the order recognition asks them: systems' own formats first, the canonical form last. */
export const ADAPTERS: readonly Adapter[] = [
  awsSecretsManager,
  awsIamCredentialReport,
  awsCloudtrail,
  gitleaks,
  accessReview,
  canonical,
];
