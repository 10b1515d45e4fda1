import { objectInText } from '../../../fields/json.js';

/** Columns that only the tables AKSAudit, AKSAuditAdmin and ArcK8sAudit of Log Analytics have together. */
export const TABLE = ['AuditId', 'Verb', 'ObjectRef', 'ResponseStatus'];

/**
 * Returns a row of the tables AKSAudit, AKSAuditAdmin and ArcK8sAudit of Log Analytics as the event that it is; anything else as it is. Objects
 * are texts of JSON in CSV, and what the request and the answer held is not taken
 * (https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/aksaudit).
 */
export function eventOfTable(row: Record<string, unknown>): Record<string, unknown> {
  if (!('AuditId' in row)) return row;
  return {
    auditID: row['AuditId'],
    stage: row['Stage'],
    verb: row['Verb'],
    user: objectInText(row['User']),
    objectRef: objectInText(row['ObjectRef']),
    responseStatus: objectInText(row['ResponseStatus']),
    annotations: objectInText(row['Annotations']),
    sourceIPs: addressesOf(row['SourceIps']),
    requestReceivedTimestamp: row['RequestReceivedTime'] ?? row['RequestReceivedTime [UTC]'],
    stageTimestamp: row['StageReceivedTime'] ?? row['TimeGenerated'] ?? row['TimeGenerated [UTC]'],
  };
}

function addressesOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return [...value.matchAll(/"([^"]+)"/g)].map((match) => match[1]);
}
