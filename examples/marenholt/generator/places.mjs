import { sha256, stableUuid } from '../../shared/random.mjs';

export const ENVIRONMENTS = ['production', 'staging'];

/** Environments as names of things have them. */
export const SHORT = { production: 'prod', staging: 'stg' };

/** AWS accounts, of the kind AWS's own documentation uses. */
export const AWS = { production: '123456789012', staging: '210987654321' };

export const REGION = 'eu-central-1';

/** Azure Key Vaults, one for each environment. */
export const AZURE = { production: 'mh-prod-kv', staging: 'mh-stg-kv' };

/** Google Cloud projects. */
export const GCP = { production: 'mh-risk-prod', staging: 'mh-risk-stg' };

export const SUBSCRIPTION = stableUuid('azure subscription of the bank').toUpperCase();

const suffix = (name) =>
  Buffer.from(sha256(`suffix of ${name}`), 'hex')
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 6);

/** Id and name of a key in its store. */
export const ADDRESS = {
  'aws-sm': ({ service, thing, environment }) => {
    const name = `${SHORT[environment]}/${service}/${thing}`;
    return {
      id: `arn:aws:secretsmanager:${REGION}:${AWS[environment]}:secret:${name}-${suffix(name)}`,
      name,
    };
  },
  'azure-kv': ({ service, thing, environment }) => ({
    id: `https://${AZURE[environment]}.vault.azure.net/secrets/${service}-${thing}`,
    name: `${service}-${thing}`,
  }),
  'gcp-sm': ({ service, thing, environment }) => ({
    id: `projects/${GCP[environment]}/secrets/${service}-${thing}`,
    name: `${service}-${thing}`,
  }),
  'vault-kv': ({ service, thing, environment }) => ({
    id: `kv/${SHORT[environment]}/${service}/${thing}`,
    name: `kv/${SHORT[environment]}/${service}/${thing}`,
  }),
  k8s: ({ service, environment }) => ({
    id: `k8s:${service}-${SHORT[environment]}/ingress-tls`,
    name: `${service}-${SHORT[environment]}/ingress-tls`,
  }),
  'entra-app': ({ service }) => {
    const app = stableUuid(`application ${service}`);
    return { id: `${app}/${stableUuid(`credential ${service}`)}`, app, name: `${service} mail` };
  },
  'aws-iam': ({ service }) => {
    const user = `svc-${service}-archive`;
    return { id: accessKeyId(user), user, arn: `arn:aws:iam::${AWS.production}:user/${user}`, name: user };
  },
  kong: ({ partner, index, environment }) => {
    const variable = `DECK_${partner.user.toUpperCase().replaceAll('-', '_')}_${index}`;
    const user = environment === 'production' ? partner.user : `${partner.user}-stg`;
    return { id: `kong:${user}/key-auth/${variable}`, user, variable, name: `${user} key-auth` };
  },
};

/** An access key id as AWS's documentation writes it: it ends in EXAMPLE, and no scanner takes it for a real one. */
function accessKeyId(user) {
  const letters = [...sha256(`access key of ${user}`)].slice(0, 9);
  return `AKIA${letters.map((hex) => 'ABCDEFGHJKLMNPQR'[Number.parseInt(hex, 16)]).join('')}EXAMPLE`;
}
