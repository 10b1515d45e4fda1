import { extractsOf } from '../../shared/extracts.mjs';
import { at } from '../../shared/time.mjs';
import { AZURE_EXPORTED_TO } from './logs.mjs';

/** What each export was taken from, and how; the first that fits. */
const SYSTEMS = [
  [/list-secrets\.json$/, 'AWS Secrets Manager', 'list-secrets --include-planned-deletion'],
  [/list-access-keys\.json$/, 'AWS IAM', 'list-access-keys, every user'],
  [/credential-report\.csv$/, 'AWS IAM', 'get-credential-report'],
  [/authorization-details\.json$/, 'AWS IAM', 'get-account-authorization-details'],
  [/^azure\/applications/, 'Microsoft Entra ID', 'applications with owners'],
  [/^azure\//, 'Azure Key Vault', 'az keyvault secret list'],
  [/^google\/.*-secrets/, 'Google Secret Manager', 'gcloud secrets list'],
  [/^google\//, 'Google Secret Manager', 'gcloud secrets versions list, every secret'],
  [/^vault\//, 'HashiCorp Vault', 'vault kv metadata get, every path of kv'],
  [/^kong\//, 'Kong Gateway', 'deck gateway dump'],
  [/^kubernetes\//, 'Kubernetes', 'kubectl get, all namespaces'],
  [/^register\//, 'Schlüsselregister', 'all entries'],
  [/^identity\//, 'Identity directory', 'everybody, with entitlements'],
  [/^repositories\/github/, 'GitHub', 'gh api --paginate, organisation marenholt'],
  [/^repositories\//, 'Secret scanners', 'last run'],
  [/^gateway\//, 'Kong Gateway', 'routes with settings'],
  [/^incidents\//, 'Incident register', 'label credentials, 2026'],
  [/^vendors\//, 'Partner register', 'all partners'],
  [/^tickets\//, 'Ticket system', 'access requests, changes and sign-offs'],
  [/^controls\/control-runs/, 'Job scheduler', 'runs of the quarter'],
  [/^controls\//, 'Log platform', 'sources and their settings'],
  [/^governance\//, 'Document and risk register', 'all items in force'],
];

/** How each exported file was taken. */
export const createExtracts = (exports) =>
  extractsOf(exports, { extractor: 'mh-evidence 1.8', logOf, listOf, countOf });

function listOf(path) {
  const [, system, query] = SYSTEMS.find(([pattern]) => pattern.test(path));
  return { system, query };
}

function logOf(path) {
  const [, begin] = /^rotations\/.*-(\d{4}-\d{2})\./.exec(path) ?? [];
  if (begin) return { system: 'Rotation pipeline', from: at(`${begin}-01`) };
  const [, account, day] = /^aws\/AWSLogs\/(\d+)\/.*_(\d{8})T/.exec(path) ?? [];
  if (account) return trail(account, day);
  const [, system, month] = /^logs\/(.+)-(\d{4}-\d{2})\./.exec(path) ?? [];
  if (!system) return null;
  const cut = system === 'azure/mh-prod-kv' && month === '2026-09';
  return {
    system: `log of ${system}`,
    from: at(`${month}-01`),
    ...(cut ? { to: AZURE_EXPORTED_TO - 1 } : {}),
  };
}

function trail(account, day) {
  return {
    system: `AWS CloudTrail of ${account}`,
    from: at(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`),
  };
}

/** Records of a JSON export, as the system that wrote it counts them. */
function countOf(value) {
  if (value.runs) return value.runs.flatMap(({ results }) => results).length;
  return (value.Records ?? value.records ?? value.SecretList ?? value.value ?? value.items ?? value).length;
}
