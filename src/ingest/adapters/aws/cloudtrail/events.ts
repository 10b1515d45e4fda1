import type { AuditEventRecord, RotationRecord } from '../../../../model/index.js';
import { entryOf, firstText, objectOf, textOf } from '../../../fields/json.js';

/** What an event means. `step` is there for an event that is a step in the life of a key. */
export type EventMeaning = {
  /** Kind of event. */
  category: NonNullable<AuditEventRecord['category']>;
  /** Step it is, if it succeeded. */
  step?: RotationRecord['step'];
  /** Key it is about; null if the event names none. */
  key: string | null;
  /** Whether the event itself reports a failure, whatever its errorCode. */
  failed?: boolean;
};

/** One CloudTrail event as it lies in the log. */
export type TrailEvent = Record<string, unknown>;

type Rule = Omit<EventMeaning, 'key'>;

/**
 * Secrets Manager events, API calls and service events
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html). What is not listed is `other`
 * if it only reads and `update` if it does not.
 */
const SECRETS_MANAGER: { [eventName: string]: Rule } = {
  GetSecretValue: { category: 'read-secret' },
  BatchGetSecretValue: { category: 'read-secret' },
  CreateSecret: { category: 'create', step: 'created' },
  PutSecretValue: { category: 'rotate', step: 'rotated' },
  RotateSecret: { category: 'rotate', step: 'started' },
  RotationStarted: { category: 'rotate', step: 'started' },
  RotationSucceeded: { category: 'rotate', step: 'rotated' },
  RotationFailed: { category: 'rotate', step: 'failed', failed: true },
  RotationAbandoned: { category: 'rotate', step: 'failed', failed: true },
  TestRotationStarted: { category: 'other' },
  TestRotationSucceeded: { category: 'other' },
  TestRotationFailed: { category: 'other', failed: true },
  DeleteSecret: { category: 'revoke', step: 'revoked' },
  EndSecretVersionDelete: { category: 'revoke' },
  PutResourcePolicy: { category: 'admin' },
  DeleteResourcePolicy: { category: 'admin' },
  ReplicateSecretToRegions: { category: 'admin' },
  RemoveRegionsFromReplication: { category: 'admin' },
  StopReplicationToReplica: { category: 'admin' },
};

/** IAM events about credentials; other IAM events that change something are `admin`, the rest is left out. */
const IAM: { [eventName: string]: Rule } = {
  CreateAccessKey: { category: 'create', step: 'created' },
  DeleteAccessKey: { category: 'revoke', step: 'revoked' },
  UpdateAccessKey: { category: 'update' },
  CreateLoginProfile: { category: 'create' },
  UpdateLoginProfile: { category: 'update' },
  DeleteLoginProfile: { category: 'revoke' },
  ChangePassword: { category: 'update' },
  CreateServiceSpecificCredential: { category: 'create' },
  ResetServiceSpecificCredential: { category: 'rotate' },
  UpdateServiceSpecificCredential: { category: 'update' },
  DeleteServiceSpecificCredential: { category: 'revoke' },
  UploadSigningCertificate: { category: 'create' },
  DeleteSigningCertificate: { category: 'revoke' },
  GetAccessKeyLastUsed: { category: 'other' },
  ListAccessKeys: { category: 'other' },
};

/** KMS key management; use of a wrapping key (Decrypt, GenerateDataKey ...) is left out: there it stands for no credential. */
const KMS: { [eventName: string]: Rule } = {
  CreateKey: { category: 'create', step: 'created' },
  RotateKey: { category: 'rotate', step: 'rotated' },
  RotateKeyOnDemand: { category: 'rotate', step: 'started' },
  DisableKey: { category: 'revoke', step: 'revoked' },
  ScheduleKeyDeletion: { category: 'revoke', step: 'revoked' },
  DeleteKey: { category: 'revoke', step: 'revoked' },
  EnableKey: { category: 'update' },
  CancelKeyDeletion: { category: 'update' },
  EnableKeyRotation: { category: 'update' },
  DisableKeyRotation: { category: 'update' },
  ImportKeyMaterial: { category: 'update' },
  DeleteImportedKeyMaterial: { category: 'revoke' },
  PutKeyPolicy: { category: 'admin' },
  CreateGrant: { category: 'admin' },
  RetireGrant: { category: 'admin' },
  RevokeGrant: { category: 'admin' },
};

/**
 * Parameter Store. Only `PutParameter` states the type, and only a `SecureString` holds a secret; reading and deleting name a parameter that
 * may be plain text, also if it is asked for decrypted, and are left out.
 */
const PARAMETERS: { [eventName: string]: Rule } = { PutParameter: { category: 'rotate' } };

/** Events of obtaining credentials or signing in. */
const SIGN_IN: { [eventName: string]: Rule } = {
  AssumeRole: { category: 'authentication' },
  AssumeRoleWithSAML: { category: 'authentication' },
  AssumeRoleWithWebIdentity: { category: 'authentication' },
  AssumeRoot: { category: 'authentication' },
  GetSessionToken: { category: 'authentication' },
  GetFederationToken: { category: 'authentication' },
  ConsoleLogin: { category: 'authentication' },
};

const SOURCES: {
  [eventSource: string]: { rules: { [eventName: string]: Rule }; others: (event: TrailEvent) => Rule | null };
} = {
  'secretsmanager.amazonaws.com': {
    rules: SECRETS_MANAGER,
    others: (event) => ({ category: readsOnly(event) ? 'other' : 'update' }),
  },
  'iam.amazonaws.com': {
    rules: IAM,
    others: (event) => (readsOnly(event) ? null : { category: 'admin' }),
  },
  'kms.amazonaws.com': { rules: KMS, others: () => null },
  'ssm.amazonaws.com': { rules: PARAMETERS, others: () => null },
  'sts.amazonaws.com': { rules: SIGN_IN, others: () => null },
  'signin.amazonaws.com': { rules: SIGN_IN, others: () => null },
};

/** Returns what an event means for credentials; null for an event about none. */
export function meaningOf(event: TrailEvent): EventMeaning | null {
  const source = entryOf(SOURCES, textOf(event['eventSource']) ?? '');
  const name = textOf(event['eventName']) ?? '';
  const rule = source && (entryOf(source.rules, name) ?? source.others(event));
  if (!rule || (rule === PARAMETERS['PutParameter'] && !isSecure(event))) return null;
  return { ...refine(event, name, rule), key: keyOf(event) };
}

/** Returns what only the request tells: a pending version is no rotation yet, a key set to Inactive is revoked. Without the request, no step is proved. */
function refine(event: TrailEvent, name: string, rule: Rule): Rule {
  const request = objectOf(event['requestParameters']);
  if (name === 'PutParameter') return written(objectOf(event['responseElements'])['version'], rule);
  if (name === 'PutSecretValue' && event['requestParameters'] === undefined)
    return { category: rule.category };
  if (name === 'UpdateAccessKey' && textOf(request['status'])?.toLowerCase() === 'inactive') {
    return { category: 'revoke', step: 'revoked' };
  }
  const stages = request['versionStages'];
  const pending = Array.isArray(stages) && stages.length > 0 && !stages.includes('AWSCURRENT');
  return name === 'PutSecretValue' && pending ? { ...rule, step: 'generated' } : rule;
}

/** Returns whether a call wrote a parameter of a type that holds a secret. */
function isSecure(event: TrailEvent): boolean {
  return objectOf(event['requestParameters'])['type'] === 'SecureString';
}

/** Returns what writing a parameter means by the version that it gave: the first one makes it, a later one replaces the value. */
function written(version: unknown, rule: Rule): Rule {
  if (typeof version !== 'number') return rule;
  return version === 1 ? { category: 'create', step: 'created' } : { ...rule, step: 'rotated' };
}

/** Returns whether an event only reads; older events have no `readOnly`, and tables have it as a text. */
function readsOnly(event: TrailEvent): boolean {
  const stated = String(event['readOnly'] ?? '').toLowerCase();
  return stated === 'true' || READS.test(textOf(event['eventName']) ?? '');
}

const READS = /^(?:Get|List|Describe|Generate|Simulate|Validate)/;

/**
 * Returns the key an event is about: the full ARN if the response has it (`arn`, before 2024 also `aRN`), else as the
 * request names it.
 */
function keyOf(event: TrailEvent): string | null {
  const request = objectOf(event['requestParameters']);
  const response = objectOf(event['responseElements']);
  const extra = objectOf(event['additionalEventData']);
  const service = objectOf(event['serviceEventDetails']);
  switch (textOf(event['eventSource'])) {
    case 'secretsmanager.amazonaws.com':
      return firstText(
        response['arn'],
        response['aRN'],
        response['ARN'],
        request['secretId'],
        extra['SecretId'],
        extra['secretId'],
        service['secretId'],
        service['SecretId'],
        request['name'],
        resourceOf(event, 'AWS::SecretsManager::Secret'),
      );
    case 'iam.amazonaws.com':
      return firstText(
        objectOf(response['accessKey'])['accessKeyId'],
        request['accessKeyId'],
        resourceOf(event, 'AWS::IAM::AccessKey'),
      );
    case 'kms.amazonaws.com':
      return firstText(
        resourceOf(event, null),
        objectOf(response['keyMetadata'])['arn'],
        request['keyId'],
        service['keyId'],
      );
    case 'ssm.amazonaws.com':
      return parameterOf(event, textOf(request['name']));
    default:
      return null;
  }
}

/** Returns the parameter as the inventory has it: its ARN, or its name after that of the store. */
function parameterOf(event: TrailEvent, name: string | null): string | null {
  const arn = name?.startsWith('arn:') ? name : resourceOf(event, null);
  return arn ?? (name === null ? null : `aws-ssm:${name}`);
}

/** Returns the resource of a type (null: any) that the event names, its ARN before its name. */
function resourceOf(event: TrailEvent, type: string | null): string | null {
  const resources = (Array.isArray(event['resources']) ? event['resources'] : []).map(objectOf);
  const names = resources
    .filter((resource) => type === null || resource['type'] === type)
    .map((resource) => textOf(resource['ARN']));
  return names.find((name) => name?.startsWith('arn:')) ?? firstText(...names);
}
