import { textOf } from '../../../fields/json.js';

type Row = Record<string, unknown>;

/** Returns whether columns are those of the audit log as the Microsoft Entra admin center downloads it. */
export function isPortalRow(names: readonly string[]): boolean {
  return ['Activity', 'Date (UTC)', 'ActorUserPrincipalName'].every((name) => names.includes(name));
}

/** Returns a row of the download as the directory audit that it is: `Target1ModifiedProperty2Name` is a property of the first target. */
export function auditOfRow(row: Row): Row {
  return {
    ...row,
    id: idOf(row),
    activityDisplayName: row['Activity'],
    result: row['Result'],
    initiatedBy:
      row['ActorType'] === 'Application' ? { app: appOf(row) } : { user: userOf(row), app: appOf(row) },
    targetResources: numbered((number) => targetOf(row, `Target${number}`)),
  };
}

function userOf(row: Row): Row {
  const id = row['ActorType'] === 'User' ? row['ActorObjectId'] : null;
  return { userPrincipalName: row['ActorUserPrincipalName'], id, ipAddress: row['IPAddress'] };
}

function appOf(row: Row): Row {
  return {
    displayName: row['ActorServicePrincipalName'],
    servicePrincipalId: row['ActorServicePrincipalId'],
  };
}

/** The download has no id of an event: what it is about, and when, stands for it. */
function idOf(row: Row): string | null {
  const correlation = textOf(row['CorrelationId']);
  const marks = [row['Activity'], row['Date (UTC)'], row['Target1ObjectId']].map(
    (mark) => textOf(mark) ?? '',
  );
  return correlation === null ? null : [correlation, ...marks].join(' ');
}

function targetOf(row: Row, prefix: string): Row | null {
  if (!Object.hasOwn(row, `${prefix}Type`)) return null;
  return { modifiedProperties: numbered((number) => propertyOf(row, `${prefix}ModifiedProperty${number}`)) };
}

function propertyOf(row: Row, prefix: string): Row | null {
  const displayName = textOf(row[`${prefix}Name`]);
  if (displayName === null) return null;
  return { displayName, oldValue: row[`${prefix}OldValue`], newValue: row[`${prefix}NewValue`] };
}

/** Returns what is there for 1, 2 and so on, up to the first that is not. */
function numbered(read: (number: number) => Row | null): Row[] {
  const found: Row[] = [];
  for (let next = read(1); next !== null; next = read(found.length + 1)) found.push(next);
  return found;
}
