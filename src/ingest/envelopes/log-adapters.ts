import type { Adapter } from '../adapter.js';
import { adapter as awsApiGatewayAccessLog } from '../adapters/aws/api-gateway-access-log/adapter.js';
import { adapter as awsCloudtrail } from '../adapters/aws/cloudtrail/adapter.js';
import { adapter as azureKeyVaultLog } from '../adapters/azure/key-vault-log/adapter.js';
import { adapter as cyberarkPlatformAudit } from '../adapters/cyberark/platform-audit/adapter.js';
import { adapter as cyberarkVaultLog } from '../adapters/cyberark/vault-log/adapter.js';
import { adapter as entraAuditLog } from '../adapters/entra/audit-log/adapter.js';
import { adapter as gcpAuditLog } from '../adapters/gcp/audit-log/adapter.js';
import { adapter as githubAuditLog } from '../adapters/github/audit-log/adapter.js';
import { adapter as gitlabAuditEvents } from '../adapters/gitlab/audit-events/adapter.js';
import { adapter as kongAccessLog } from '../adapters/kong/access-log/adapter.js';
import { adapter as kubernetesAuditLog } from '../adapters/kubernetes/audit-log/adapter.js';
import { adapter as oktaSystemLog } from '../adapters/okta/system-log/adapter.js';
import { adapter as vaultAuditLog } from '../adapters/vault/audit-log/adapter.js';

/** Logs whose events other systems collect and export. */
export const LOG_ADAPTERS: readonly Adapter[] = [
  awsCloudtrail,
  awsApiGatewayAccessLog,
  azureKeyVaultLog,
  cyberarkPlatformAudit,
  cyberarkVaultLog,
  entraAuditLog,
  gcpAuditLog,
  githubAuditLog,
  gitlabAuditEvents,
  kongAccessLog,
  kubernetesAuditLog,
  oktaSystemLog,
  vaultAuditLog,
];
