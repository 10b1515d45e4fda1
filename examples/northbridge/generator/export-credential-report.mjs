import { csv } from '../../shared/formats.mjs';
import { AS_OF, at, DAY, HOUR, isoOffset } from '../../shared/time.mjs';
import { ACCOUNTS } from './accounts.mjs';
import { keepsOldKey } from './old-access-keys.mjs';
import { hasConsole, loginOf } from './people.mjs';
import { randomStream } from './random.mjs';

/** `aws iam get-credential-report`, decoded: one CSV for each account. */
export function credentialReportFiles(keys, people) {
  return Object.fromEntries(
    Object.entries(ACCOUNTS).map(([environment, account]) => [
      `aws/${account}/credential-report.csv`,
      report(
        account,
        keys.filter((key) => key.store === 'aws-iam' && key.account === account),
        environment === 'production' ? people : [],
      ),
    ]),
  );
}

function report(account, keys, people) {
  const rows = [
    rootRow(account),
    ...people.filter(hasConsole).map((person) => personRow(person, account)),
    ...keys.map(serviceRow),
  ];
  return csv(COLUMNS, rows).trimEnd();
}

const cell = (name) => (row) => row[name] ?? 'N/A';

/** The 22 columns of the report, in its order. */
const COLUMNS = Object.fromEntries(
  [
    ...[
      'user',
      'arn',
      'user_creation_time',
      'password_enabled',
      'password_last_used',
      'password_last_changed',
    ],
    ...['password_next_rotation', 'mfa_active', ...accessKeyColumns(1), ...accessKeyColumns(2)],
    ...['cert_1_active', 'cert_1_last_rotated', 'cert_2_active', 'cert_2_last_rotated'],
  ].map((name) => [name, cell(name)]),
);

function accessKeyColumns(slot) {
  return ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
    (name) => `access_key_${slot}_${name}`,
  );
}

const NO_KEYS = {
  access_key_1_active: false,
  access_key_2_active: false,
  cert_1_active: false,
  cert_2_active: false,
};

function rootRow(account) {
  return {
    ...NO_KEYS,
    user: '<root_account>',
    arn: `arn:aws:iam::${account}:root`,
    user_creation_time: isoOffset(at('2021-02-01T10:04:11Z')),
    password_enabled: 'not_supported',
    password_last_used: 'no_information',
    password_last_changed: 'not_supported',
    password_next_rotation: 'not_supported',
    mfa_active: true,
  };
}

function personRow(person, account) {
  const random = randomStream(`console of ${person.id}`);
  const changed = AS_OF - random.int(5, 80) * DAY;
  const user = loginOf(person);
  return {
    ...NO_KEYS,
    user,
    arn: `arn:aws:iam::${account}:user/${user}`,
    user_creation_time: isoOffset(at('2022-05-16T09:00:00Z') + random.int(0, 900) * DAY),
    password_enabled: true,
    password_last_used: isoOffset(AS_OF - random.int(0, 20) * DAY),
    password_last_changed: isoOffset(changed),
    password_next_rotation: isoOffset(changed + 90 * DAY),
    mfa_active: true,
  };
}

function serviceRow(key) {
  return {
    ...NO_KEYS,
    user: key.user,
    arn: key.arn,
    user_creation_time: isoOffset(key.userCreated),
    password_enabled: false,
    mfa_active: false,
    access_key_1_active: key.status === 'active',
    access_key_1_last_rotated: isoOffset(key.rotated),
    ...lastUse(key),
    ...oldKey(key),
  };
}

function lastUse(key) {
  if (key.used === null) return {};
  return {
    access_key_1_last_used_date: isoOffset(key.used),
    access_key_1_last_used_region: 'eu-west-1',
    access_key_1_last_used_service: 'secretsmanager',
  };
}

/** The access key before, where it is kept: the report has its date and its last use. */
function oldKey(key) {
  if (!keepsOldKey(key)) return {};
  return {
    access_key_2_active: false,
    access_key_2_last_rotated: isoOffset(key.rotated - key.interval * DAY),
    access_key_2_last_used_date: isoOffset(key.rotated + 2 * HOUR),
    access_key_2_last_used_region: 'eu-west-1',
    access_key_2_last_used_service: 'secretsmanager',
  };
}
