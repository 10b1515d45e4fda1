import { AS_OF, at, DAY } from '../../shared/time.mjs';
import { mail, PEOPLE, SERVICES } from './cast.mjs';
import { AWS, ENVIRONMENTS, SHORT } from './places.mjs';

/** Everybody the bank's directory lists. */
export const createPeople = () =>
  PEOPLE.map(([name, role, department, left], index) => ({
    id: mail(name),
    number: `MH${2100 + index * 13}`,
    name,
    kind: 'human',
    roles: [role],
    status: left ? 'left' : 'active',
    departed: left ? at(`${left}T16:00:00Z`) : null,
    department,
    trained: AS_OF - (20 + index * 11) * DAY,
  }));

/** Accounts of partners at the gateway, and those of AWS IAM. */
export const createAccounts = (keys) => [
  account(`arn:aws:iam::${AWS.production}:root`, 'root user of the production account', 'human', 'admin'),
  account('team-channels@marenholt.example', 'Team channels', 'service', 'team'),
  ...[...new Set(keys.filter(({ store }) => store === 'kong').map(({ user }) => user))].map((user) =>
    account(user, `${user} at the gateway`, 'service', 'partner'),
  ),
  ...keys
    .filter(({ store }) => store === 'aws-iam')
    .map(({ arn, user }) => account(arn, user, 'service', 'service')),
];

const account = (id, name, kind, role) => ({
  id,
  number: null,
  name,
  kind,
  roles: [role],
  status: 'active',
  departed: null,
  department: 'platform',
  trained: null,
});

/** Name of the workload of a service in an environment. */
export const workloadOf = (service, environment) => `wl-${service}-${SHORT[environment]}`;

/** Workloads, under every name that the stores know them by. */
export const createWorkloads = () =>
  SERVICES.flatMap(({ name, store }) =>
    ENVIRONMENTS.map((environment) => ({
      id: workloadOf(name, environment),
      number: namesIn(store, name, environment).join('|'),
      name: `${name} (${environment})`,
      kind: 'workload',
      roles: ['workload'],
      status: 'active',
      departed: null,
      department: 'platform',
      trained: null,
    })),
  );

function namesIn(store, name, environment) {
  if (store !== 'aws-sm') return [];
  const account = AWS[environment];
  return [`arn:aws:iam::${account}:role/${name}`, `arn:aws:sts::${account}:assumed-role/${name}/task`];
}
