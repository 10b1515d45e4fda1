import type { FileSample } from '../../../adapter.js';
import { unwrapping } from '../../../envelopes/unwrapping.js';
import { objectOf, textOf } from '../../../fields/json.js';
import { holdsClusterLogs } from '../cluster-logs.js';

/** Columns of events of vaults: a table that has them is read as the log of vaults. */
const OF_VAULTS = ['id_s', 'requestUri_s'];

/**
 * Logs of the control plane of Azure Kubernetes Service as Azure Monitor keeps them: blobs of diagnostic settings (`records`, or one event a line), and
 * the table AzureDiagnostics of Log Analytics. Follows
 * https://learn.microsoft.com/en-us/azure/aks/monitor-aks-reference#resource-logs
 * - Of the categories `kube-audit` and `kube-audit-admin` each line is an event of the Kubernetes audit log, as text. `kube-audit-admin` has no
 *   get and no list: it shows no reading of a Secret. Other categories are left out.
 * - An event hub may have events of other resources between them: those of vaults are read.
 * - The tables AKSAudit and AKSAuditAdmin have the members of the event as columns: kubernetes/audit-log reads them.
 */
export const adapter = unwrapping({
  id: 'azure-kubernetes-log',
  title:
    'Azure Kubernetes Service audit log of Azure Monitor (JSON, NDJSON; JSON or CSV of AzureDiagnostics)',
  recognisedBy:
    '`operationName` Microsoft.ContainerService/managedClusters/diagnosticLogs/Read beside `category`; columns `log_s`, `Category`, `ResourceId`',
  proves: 'what the events of the Kubernetes audit log prove that were exported',
  cannot: 'readings of Secrets if only kube-audit-admin is kept, and events of days that were not exported',
  formats: ['json', 'ndjson', 'csv'],
  signature: ['records', 'operationName', 'category', 'ccpNamespace', 'properties', 'resourceId'],
  items: ['$.records', '$.value', '$', ''],
  places: [['properties', 'log'], ['log_s'], []],
  recognise: ({ header, keys, head }: FileSample) => {
    const names = header ?? keys;
    const isTable = ['log_s', 'Category', 'ResourceId'].every((name) => names.includes(name));
    if (isTable && !OF_VAULTS.some((name) => names.includes(name))) return { version: null };
    return header === null && holdsClusterLogs(head) ? { version: null } : null;
  },
  leaveOut: (record) => {
    const category = textOf(record['category'] ?? record['Category']);
    const isLine = textOf(objectOf(record['properties'])['log'] ?? record['log_s']) !== null;
    return isLine && !category?.startsWith('kube-audit') ? 'line of another log of the cluster' : null;
  },
});
