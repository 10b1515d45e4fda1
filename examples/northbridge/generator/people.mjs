import { AS_OF, at, DAY } from '../../shared/time.mjs';
import { ACCOUNTS } from './accounts.mjs';
import { PEOPLE, SERVICES, TEAMS } from './cast.mjs';
import { randomStream } from './random.mjs';

const DOMAIN = 'northbridge.example';
const SHORT = { production: 'prod', staging: 'stg', development: 'dev' };

/** The three environments, most protected first. */
export const ENVIRONMENTS = Object.keys(SHORT);

/** `prod`, `stg` or `dev`. */
export const shortEnvironment = (environment) => SHORT[environment];

/** Id of the workload identity a service runs under in an environment. */
export const workloadId = (service, environment) => `wl-${service}-${SHORT[environment]}`;

/** Sixty people, seven of whom left during the year. */
export function createPeople() {
  const random = randomStream('people');
  return PEOPLE.map(([name, role, left], index) => ({
    id: `${name.toLowerCase().replaceAll(' ', '.')}@${DOMAIN}`,
    number: `NB${10_400 + index * 7}`,
    name,
    kind: 'human',
    roles: [role],
    status: left ? 'left' : 'active',
    departed: left ? at(`${left}T17:00:00Z`) : null,
    department: departmentOf(role, index),
    trained: AS_OF - random.int(12, 330) * DAY,
  }));
}

function departmentOf(role, index) {
  if (role === 'security') return 'information-security';
  if (role === 'auditor') return 'internal-audit';
  return ['developer', 'product-owner'].includes(role) ? TEAMS[index % TEAMS.length] : 'platform';
}

/** One workload identity for every service and environment. */
export function createWorkloads() {
  return SERVICES.flatMap(({ name, team }) =>
    ENVIRONMENTS.map((environment) => ({
      id: workloadId(name, environment),
      number: null,
      name: `${name} (${environment})`,
      kind: 'workload',
      roles: ['workload'],
      status: 'active',
      departed: null,
      department: team,
      trained: null,
    })),
  );
}

/** The IAM users of the credential report, as the directory knows them: service accounts, console users, root users. */
export function createIamUsers(keys, people) {
  const services = keys
    .filter(({ store }) => store === 'aws-iam')
    .map(({ arn, user }) => iamUser(arn, user, 'service', ['service']));
  const consoles = people.filter(hasConsole).map((person) => {
    const user = loginOf(person);
    return iamUser(`arn:aws:iam::${ACCOUNTS.production}:user/${user}`, user, 'human', person.roles);
  });
  const roots = Object.values(ACCOUNTS).map((account) =>
    iamUser(`arn:aws:iam::${account}:root`, `root user of account ${account}`, 'human', ['admin']),
  );
  return [...roots, ...consoles, ...services];
}

/** Whether a person may log in to the AWS console. */
export const hasConsole = ({ roles, status }) =>
  ['admin', 'security'].includes(roles[0]) && status === 'active';

/** The part of an address before the `@`. */
export const loginOf = ({ id }) => id.split('@')[0];

function iamUser(id, name, kind, roles) {
  return {
    id,
    number: null,
    name,
    kind,
    roles,
    status: 'active',
    departed: null,
    department: 'platform',
    trained: null,
  };
}
