import { ACCOUNTS } from './accounts.mjs';
import { shortEnvironment } from './people.mjs';
import { sha256, stableUuid } from './random.mjs';

/** Region the bank keeps its secrets in. */
export const HOME_REGION = 'eu-west-1';

/** A tenth of the secrets still lies where the bank began with AWS. */
const LEGACY_REGION = 'us-east-1';

/** Suffix that Secrets Manager gives an ARN: six letters or digits. */
const arnSuffix = (name) =>
  Buffer.from(sha256(`arn of ${name}`), 'hex')
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 6);

function awsSecret({ service, slug, suffix, environment }) {
  const name = `${shortEnvironment(environment)}/${service}/${slug}/${suffix}`;
  const account = ACCOUNTS[environment];
  const region = sha256(`region of ${name}`) < '1a' ? LEGACY_REGION : HOME_REGION;
  const id = `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${arnSuffix(name)}`;
  return { id, name, account, region, aliases: [] };
}

function awsAccessKey({ service, slug, suffix, environment }) {
  const user = `svc-${service}-${slug}-${suffix}`;
  const account = ACCOUNTS[environment];
  const arn = `arn:aws:iam::${account}:user/${user}`;
  return {
    id: `${arn}#access_key_1`,
    name: user,
    user,
    arn,
    account,
    aliases: [accessKeyId(`${arn}#access_key_1`)],
  };
}

/** An access key id of the kind AWS documentation uses: it ends in EXAMPLE, and no scanner takes it for a real one. */
export function accessKeyId(id) {
  const letters = [...sha256(`access key ${id}`)]
    .slice(0, 9)
    .map((hex) => 'ABCDEFGHJKLMNPQR'[Number.parseInt(hex, 16)]);
  return `AKIA${letters.join('')}EXAMPLE`;
}

function azureSecret({ service, slug, suffix, environment }) {
  const vault = `nb-${shortEnvironment(environment)}-kv`;
  const name = `${service}-${slug}-${suffix}`;
  return { id: `https://${vault}.vault.azure.net/secrets/${name}`, name, vault, aliases: [] };
}

function vaultSecret({ service, slug, suffix, environment }) {
  const path = `kv/${shortEnvironment(environment)}/${service}/${slug}/${suffix}`;
  return { id: `vault:${path}`, name: path, aliases: [path] };
}

function kongCredential({ service, slug, suffix, environment }) {
  const consumer = `${service}.${slug}.${suffix}.${shortEnvironment(environment)}`;
  return { id: stableUuid(`kong ${consumer}`), name: consumer, aliases: [] };
}

const ADDRESS = {
  'aws-sm': awsSecret,
  'aws-iam': awsAccessKey,
  'azure-kv': azureSecret,
  'vault-kv': vaultSecret,
  kong: kongCredential,
};

/** Id, name and aliases of a key as its store writes them. */
export const address = (store, place) => ADDRESS[store](place);
