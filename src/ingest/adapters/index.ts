// Made by scripts/generate-adapters.mjs from the folders here: npm run generate.
import type { Adapter } from '../adapter.js';
import { adapter as accessReviewList } from './access-review/list/adapter.js';
import { adapter as activeDirectoryGroupMembers } from './active-directory/group-members/adapter.js';
import { adapter as adyenApiCredentials } from './adyen/api-credentials/adapter.js';
import { adapter as apigeeAnalytics } from './apigee/analytics/adapter.js';
import { adapter as apigeeDeveloperApps } from './apigee/developer-apps/adapter.js';
import { adapter as awsAccountAuthorizationDetails } from './aws/account-authorization-details/adapter.js';
import { adapter as awsApiGatewayAccessLog } from './aws/api-gateway-access-log/adapter.js';
import { adapter as awsApiGatewayKeys } from './aws/api-gateway-keys/adapter.js';
import { adapter as awsApiGatewayUsagePlans } from './aws/api-gateway-usage-plans/adapter.js';
import { adapter as awsCertificates } from './aws/certificates/adapter.js';
import { adapter as awsCloudtrail } from './aws/cloudtrail/adapter.js';
import { adapter as awsCloudtrailLake } from './aws/cloudtrail-lake/adapter.js';
import { adapter as awsCloudwatchLogs } from './aws/cloudwatch-logs/adapter.js';
import { adapter as awsIamAccessKeys } from './aws/iam-access-keys/adapter.js';
import { adapter as awsIamCredentialReport } from './aws/iam-credential-report/adapter.js';
import { adapter as awsSecretVersions } from './aws/secret-versions/adapter.js';
import { adapter as awsSecretsManager } from './aws/secrets-manager/adapter.js';
import { adapter as awsServiceSpecificCredentials } from './aws/service-specific-credentials/adapter.js';
import { adapter as awsSsmParameters } from './aws/ssm-parameters/adapter.js';
import { adapter as azureApiManagementSubscriptions } from './azure/api-management-subscriptions/adapter.js';
import { adapter as azureKeyVault } from './azure/key-vault/adapter.js';
import { adapter as azureKeyVaultLog } from './azure/key-vault-log/adapter.js';
import { adapter as azureKubernetesLog } from './azure/kubernetes-log/adapter.js';
import { adapter as azureRoleAssignments } from './azure/role-assignments/adapter.js';
import { adapter as azureVaultAccessPolicies } from './azure/vault-access-policies/adapter.js';
import { adapter as canonicalRecords } from './canonical/records/adapter.js';
import { adapter as certificatesList } from './certificates/list/adapter.js';
import { adapter as checkovSecrets } from './checkov/secrets/adapter.js';
import { adapter as confluentApiKeys } from './confluent/api-keys/adapter.js';
import { adapter as credscanReport } from './credscan/report/adapter.js';
import { adapter as cyberarkAccountActivities } from './cyberark/account-activities/adapter.js';
import { adapter as cyberarkAccounts } from './cyberark/accounts/adapter.js';
import { adapter as cyberarkConjurAuditLog } from './cyberark/conjur-audit-log/adapter.js';
import { adapter as cyberarkConjurResources } from './cyberark/conjur-resources/adapter.js';
import { adapter as cyberarkGroupMembers } from './cyberark/group-members/adapter.js';
import { adapter as cyberarkPlatformAudit } from './cyberark/platform-audit/adapter.js';
import { adapter as cyberarkSafeMembers } from './cyberark/safe-members/adapter.js';
import { adapter as cyberarkVaultLog } from './cyberark/vault-log/adapter.js';
import { adapter as datadogLogs } from './datadog/logs/adapter.js';
import { adapter as detectSecretsBaseline } from './detect-secrets/baseline/adapter.js';
import { adapter as dockerContainerLog } from './docker/container-log/adapter.js';
import { adapter as elasticsearchBulk } from './elasticsearch/bulk/adapter.js';
import { adapter as elasticsearchExport } from './elasticsearch/export/adapter.js';
import { adapter as entraApplications } from './entra/applications/adapter.js';
import { adapter as entraAuditLog } from './entra/audit-log/adapter.js';
import { adapter as entraGroupMembers } from './entra/group-members/adapter.js';
import { adapter as gcpApiKeys } from './gcp/api-keys/adapter.js';
import { adapter as gcpAssetInventory } from './gcp/asset-inventory/adapter.js';
import { adapter as gcpAuditLog } from './gcp/audit-log/adapter.js';
import { adapter as gcpGroupMembers } from './gcp/group-members/adapter.js';
import { adapter as gcpIamPolicy } from './gcp/iam-policy/adapter.js';
import { adapter as gcpPubsubMessages } from './gcp/pubsub-messages/adapter.js';
import { adapter as gcpSecretManager } from './gcp/secret-manager/adapter.js';
import { adapter as gcpServiceAccountKeys } from './gcp/service-account-keys/adapter.js';
import { adapter as ggshieldScan } from './ggshield/scan/adapter.js';
import { adapter as gitSecretsScan } from './git-secrets/scan/adapter.js';
import { adapter as githubAccessTokens } from './github/access-tokens/adapter.js';
import { adapter as githubActionsSecrets } from './github/actions-secrets/adapter.js';
import { adapter as githubAuditLog } from './github/audit-log/adapter.js';
import { adapter as githubDeployKeys } from './github/deploy-keys/adapter.js';
import { adapter as githubRepositories } from './github/repositories/adapter.js';
import { adapter as githubSecretScanningAlerts } from './github/secret-scanning-alerts/adapter.js';
import { adapter as gitlabAccessTokens } from './gitlab/access-tokens/adapter.js';
import { adapter as gitlabAuditEvents } from './gitlab/audit-events/adapter.js';
import { adapter as gitlabCiVariables } from './gitlab/ci-variables/adapter.js';
import { adapter as gitlabDeployKeys } from './gitlab/deploy-keys/adapter.js';
import { adapter as gitlabDeployTokens } from './gitlab/deploy-tokens/adapter.js';
import { adapter as gitlabSecretDetection } from './gitlab/secret-detection/adapter.js';
import { adapter as gitleaksReport } from './gitleaks/report/adapter.js';
import { adapter as grafanaLoki } from './grafana/loki/adapter.js';
import { adapter as jiraIssues } from './jira/issues/adapter.js';
import { adapter as keyfactorCertificates } from './keyfactor/certificates/adapter.js';
import { adapter as keyproofScan } from './keyproof/scan/adapter.js';
import { adapter as kingfisherReport } from './kingfisher/report/adapter.js';
import { adapter as kongAccessLog } from './kong/access-log/adapter.js';
import { adapter as kongConsumers } from './kong/consumers/adapter.js';
import { adapter as kubernetesAuditLog } from './kubernetes/audit-log/adapter.js';
import { adapter as kubernetesCertificates } from './kubernetes/certificates/adapter.js';
import { adapter as kubernetesRbac } from './kubernetes/rbac/adapter.js';
import { adapter as kubernetesSecrets } from './kubernetes/secrets/adapter.js';
import { adapter as n0s1Report } from './n0s1/report/adapter.js';
import { adapter as noseyparkerReport } from './noseyparker/report/adapter.js';
import { adapter as ocsfEvent } from './ocsf/event/adapter.js';
import { adapter as oktaApiTokens } from './okta/api-tokens/adapter.js';
import { adapter as oktaClientSecrets } from './okta/client-secrets/adapter.js';
import { adapter as oktaGroupMembers } from './okta/group-members/adapter.js';
import { adapter as oktaSystemLog } from './okta/system-log/adapter.js';
import { adapter as rustyHogReport } from './rusty-hog/report/adapter.js';
import { adapter as sailpointAccessTokens } from './sailpoint/access-tokens/adapter.js';
import { adapter as sarifLog } from './sarif/log/adapter.js';
import { adapter as secretlintReport } from './secretlint/report/adapter.js';
import { adapter as semgrepReport } from './semgrep/report/adapter.js';
import { adapter as servicenowApprovals } from './servicenow/approvals/adapter.js';
import { adapter as servicenowTickets } from './servicenow/tickets/adapter.js';
import { adapter as snowflakeCredentials } from './snowflake/credentials/adapter.js';
import { adapter as splunkExport } from './splunk/export/adapter.js';
import { adapter as sumoLogicSearch } from './sumo-logic/search/adapter.js';
import { adapter as talismanReport } from './talisman/report/adapter.js';
import { adapter as trivyOperatorExposedSecrets } from './trivy-operator/exposed-secrets/adapter.js';
import { adapter as trivyReport } from './trivy/report/adapter.js';
import { adapter as trufflehogV2 } from './trufflehog/v2/adapter.js';
import { adapter as trufflehogV3 } from './trufflehog/v3/adapter.js';
import { adapter as trufflehog3Report } from './trufflehog3/report/adapter.js';
import { adapter as vaultAuditLog } from './vault/audit-log/adapter.js';
import { adapter as vaultDatabaseStaticRoles } from './vault/database-static-roles/adapter.js';
import { adapter as vaultKvMetadata } from './vault/kv-metadata/adapter.js';
import { adapter as vaultLeases } from './vault/leases/adapter.js';
import { adapter as vaultPolicies } from './vault/policies/adapter.js';
import { adapter as vaultSecretIds } from './vault/secret-ids/adapter.js';
import { adapter as vaultTokens } from './vault/tokens/adapter.js';
import { adapter as venafiCertificates } from './venafi/certificates/adapter.js';
import { adapter as venafiCloudCertificates } from './venafi/cloud-certificates/adapter.js';
import { adapter as vendorPortalEvents } from './vendor/portal-events/adapter.js';
import { adapter as vendorPortalKeys } from './vendor/portal-keys/adapter.js';
import { adapter as whispersReport } from './whispers/report/adapter.js';

/** All adapters; the canonical form comes last. */
export const ADAPTERS: readonly Adapter[] = [
  accessReviewList,
  activeDirectoryGroupMembers,
  adyenApiCredentials,
  apigeeAnalytics,
  apigeeDeveloperApps,
  awsAccountAuthorizationDetails,
  awsApiGatewayAccessLog,
  awsApiGatewayKeys,
  awsApiGatewayUsagePlans,
  awsCertificates,
  awsCloudtrail,
  awsCloudtrailLake,
  awsCloudwatchLogs,
  awsIamAccessKeys,
  awsIamCredentialReport,
  awsSecretVersions,
  awsSecretsManager,
  awsServiceSpecificCredentials,
  awsSsmParameters,
  azureApiManagementSubscriptions,
  azureKeyVault,
  azureKeyVaultLog,
  azureKubernetesLog,
  azureRoleAssignments,
  azureVaultAccessPolicies,
  certificatesList,
  checkovSecrets,
  confluentApiKeys,
  credscanReport,
  cyberarkAccountActivities,
  cyberarkAccounts,
  cyberarkConjurAuditLog,
  cyberarkConjurResources,
  cyberarkGroupMembers,
  cyberarkPlatformAudit,
  cyberarkSafeMembers,
  cyberarkVaultLog,
  datadogLogs,
  detectSecretsBaseline,
  dockerContainerLog,
  elasticsearchBulk,
  elasticsearchExport,
  entraApplications,
  entraAuditLog,
  entraGroupMembers,
  gcpApiKeys,
  gcpAssetInventory,
  gcpAuditLog,
  gcpGroupMembers,
  gcpIamPolicy,
  gcpPubsubMessages,
  gcpSecretManager,
  gcpServiceAccountKeys,
  ggshieldScan,
  gitSecretsScan,
  githubAccessTokens,
  githubActionsSecrets,
  githubAuditLog,
  githubDeployKeys,
  githubRepositories,
  githubSecretScanningAlerts,
  gitlabAccessTokens,
  gitlabAuditEvents,
  gitlabCiVariables,
  gitlabDeployKeys,
  gitlabDeployTokens,
  gitlabSecretDetection,
  gitleaksReport,
  grafanaLoki,
  jiraIssues,
  keyfactorCertificates,
  keyproofScan,
  kingfisherReport,
  kongAccessLog,
  kongConsumers,
  kubernetesAuditLog,
  kubernetesCertificates,
  kubernetesRbac,
  kubernetesSecrets,
  n0s1Report,
  noseyparkerReport,
  ocsfEvent,
  oktaApiTokens,
  oktaClientSecrets,
  oktaGroupMembers,
  oktaSystemLog,
  rustyHogReport,
  sailpointAccessTokens,
  sarifLog,
  secretlintReport,
  semgrepReport,
  servicenowApprovals,
  servicenowTickets,
  snowflakeCredentials,
  splunkExport,
  sumoLogicSearch,
  talismanReport,
  trivyOperatorExposedSecrets,
  trivyReport,
  trufflehogV2,
  trufflehogV3,
  trufflehog3Report,
  vaultAuditLog,
  vaultDatabaseStaticRoles,
  vaultKvMetadata,
  vaultLeases,
  vaultPolicies,
  vaultSecretIds,
  vaultTokens,
  venafiCertificates,
  venafiCloudCertificates,
  vendorPortalEvents,
  vendorPortalKeys,
  whispersReport,
  canonicalRecords,
];
