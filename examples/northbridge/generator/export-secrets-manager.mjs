import { prettyJson, withoutNulls } from '../../shared/formats.mjs';
import { groupBy } from '../../shared/group-by.mjs';
import { DAY, isoDay, isoMicros, isoOffset, startOfDay } from '../../shared/time.mjs';
import { ACCOUNTS } from './accounts.mjs';
import { ownerName } from './export-inventories.mjs';
import { stableUuid } from './random.mjs';
import { HOME_REGION } from './stores.mjs';

const REPLICA_REGION = 'eu-central-1';

/** `aws secretsmanager list-secrets --include-planned-deletion`, one file for each account and region. */
export function secretsManagerFiles(keys) {
  const secrets = keys.filter(({ store }) => store === 'aws-sm');
  const replicated = secrets.filter(isReplicated);
  return {
    ...Object.fromEntries(listings(secrets)),
    [pathOf(ACCOUNTS.production, REPLICA_REGION)]: listing(replicated.map(replica)),
  };
}

const pathOf = (account, region) => `aws/${account}/${region}/list-secrets.json`;

const isReplicated = ({ environment, tier, region }) =>
  environment === 'production' && tier === 'critical' && region === HOME_REGION;

function listings(secrets) {
  const groups = groupBy(secrets, ({ account, region }) => pathOf(account, region));
  return [...groups].map(([path, group]) => [
    path,
    listing(group.map(isEpoch(group[0]) ? epochSecret : secret)),
  ]);
}

/** The old region is still exported with CLI v1, which prints dates as epoch seconds. */
const isEpoch = ({ region }) => region !== HOME_REGION;

const listing = (secrets) => prettyJson({ SecretList: secrets });

function secret(key) {
  return describe(key, isoMicros, isoOffset);
}

function epochSecret(key) {
  return describe(
    key,
    (ms) => ms / 1000,
    (ms) => ms / 1000,
  );
}

function describe(key, precise, day) {
  const managed = key.rotationEnabled !== false;
  return {
    ARN: key.id,
    Name: key.name,
    ...(key.purpose ? { Description: key.purpose } : {}),
    KmsKeyId: key.encrypted ? `arn:aws:kms:${key.region}:${key.account}:${key.kms}` : undefined,
    ...(managed ? rotationMembers(key) : {}),
    LastRotatedDate: key.rotated === null ? undefined : precise(key.rotated),
    LastChangedDate: precise(key.rotated ?? key.created),
    LastAccessedDate: key.used === null ? undefined : day(startOfDay(key.used)),
    DeletedDate: key.revoked === null ? undefined : precise(key.revoked),
    Tags: tagsOf(key),
    SecretVersionsToStages: versionsOf(key),
    CreatedDate: precise(key.created),
    ...(isReplicated(key) ? { PrimaryRegion: HOME_REGION } : {}),
  };
}

function rotationMembers(key) {
  return {
    RotationEnabled: true,
    RotationLambdaARN: `arn:aws:lambda:${key.region}:${key.account}:function:nb-rotate-${key.suffix}`,
    RotationRules: { AutomaticallyAfterDays: key.interval },
  };
}

/** What the bank tags its secrets with. A tag value holds no comma and no asterisk, so lists are parted by spaces. */
function tagsOf(key) {
  const tags = {
    Owner: key.owner === '' ? null : ownerName(key),
    Environment: key.environment,
    RiskTier: key.tier,
    Service: key.service,
    Vendor: key.vendor,
    Scopes: key.scopes?.join(' '),
    ApprovedScopes: key.approved?.join(' '),
    AllowedIPs: key.allowlist?.length === 0 ? 'any' : key.allowlist?.join(' '),
    ExpiresOn: expiryTag(key.expires),
    Fingerprint: key.fingerprint,
    PCI: key.pci === 'out' ? null : key.pci,
    SOX: key.icfr ? 'yes' : null,
    PII: key.personal ? 'yes' : null,
    'dora-critical': key.function ? 'yes' : null,
    Ticket: key.ticket,
  };
  return Object.entries(withoutNulls(tags)).map(([Key, Value]) => ({ Key, Value }));
}

function expiryTag(expires) {
  if (expires === null) return null;
  return expires === Number.POSITIVE_INFINITY ? 'never' : isoDay(expires);
}

function versionsOf(key) {
  return {
    [stableUuid(`previous version of ${key.id}`)]: ['AWSPREVIOUS'],
    [stableUuid(`current version of ${key.id}`)]: ['AWSCURRENT'],
  };
}

/** A replica is listed by its own region, under an ARN of that region. */
function replica(key) {
  const entry = secret(key);
  return {
    ...entry,
    ARN: entry.ARN.replace(`:${HOME_REGION}:`, `:${REPLICA_REGION}:`),
    LastChangedDate: isoMicros(key.rotated + DAY / 1440),
  };
}
