import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { InputFile } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';

const root = mkdtempSync(join(tmpdir(), 'keyproof-collect-'));
afterAll(() => rmSync(root, { recursive: true }));

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:nb/cards-AbCdEf';
const EVENT = JSON.stringify({
  eventVersion: '1.09',
  eventTime: '2026-09-20T10:00:00Z',
  eventSource: 'secretsmanager.amazonaws.com',
  eventName: 'DescribeSecret',
  awsRegion: 'eu-west-1',
  eventID: '0a1b2c3d-0000-4000-8000-000000000001',
  requestParameters: { secretId: SECRET_ARN },
  userIdentity: { type: 'IAMUser', userName: 'moss', arn: 'arn:aws:iam::111122223333:user/moss' },
});
const REPORT = `user,arn,user_creation_time,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_2_active
moss,arn:aws:iam::111122223333:user/moss,2025-01-02T03:04:05+00:00,true,true,true,2026-08-01T00:00:00+00:00,false
`;

/** What each stub prints, by the beginning of its arguments. */
const STUBS: { [program: string]: { [beginning: string]: string } } = {
  aws: {
    'configure get region': 'eu-west-1',
    'sts get-caller-identity': '111122223333',
    'iam generate-credential-report': 'COMPLETE',
    'iam get-credential-report': Buffer.from(REPORT).toString('base64'),
    'secretsmanager list-secrets': JSON.stringify({
      SecretList: [
        {
          ARN: SECRET_ARN,
          Name: 'nb/cards',
          CreatedDate: '2026-01-02T03:04:05+00:00',
          RotationEnabled: true,
        },
      ],
    }),
    'cloudtrail lookup-events --lookup-attributes AttributeKey=EventSource,AttributeValue=iam.amazonaws.com':
      JSON.stringify({
        Events: [],
      }),
    'cloudtrail lookup-events': JSON.stringify({
      Events: [
        {
          EventId: '0a1b2c3d-0000-4000-8000-000000000001',
          EventName: 'DescribeSecret',
          EventTime: '2026-09-20T10:00:00Z',
          CloudTrailEvent: EVENT,
        },
      ],
    }),
  },
  az: {
    'keyvault list': 'nb-payments-prod',
    'keyvault secret list': azure('secrets'),
    'keyvault key list': azure('keys'),
    'keyvault certificate list': 'ERROR',
  },
  gitleaks: {
    git: JSON.stringify([
      {
        RuleID: 'generic-api-key',
        Description: 'Key',
        File: 'a.ts',
        StartLine: 1,
        Secret: 'REDACTED',
        Match: 'REDACTED',
        Commit: 'c0ffee',
        Date: '2026-06-01T00:00:00Z',
        Fingerprint: 'c0ffee:a.ts:generic-api-key:1',
      },
    ]),
  },
};

function azure(kind: string): string {
  const id = `https://nb-payments-prod.vault.azure.net/${kind}/sepa`;
  return JSON.stringify([
    {
      ...(kind === 'keys' ? { kid: id } : { id }),
      name: 'sepa',
      attributes: { enabled: true, created: '2026-01-02T03:04:05+00:00' },
    },
  ]);
}

/** Writes stubs that print what the real programs print, and fail on anything they are not expected to be asked. */
function stubs(): string {
  const bin = join(root, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const [program, answers] of Object.entries(STUBS)) {
    const cases = Object.entries(answers).map(([beginning, answer]) => {
      const file = join(bin, `${program} ${beginning}`.replaceAll(' ', '-'));
      writeFileSync(file, answer);
      return `"${beginning} "*) ${answer === 'ERROR' ? 'exit 3' : `cat "${file}"`};;`;
    });
    const file = join(bin, program);
    writeFileSync(
      file,
      `#!/bin/sh\necho "${program} $*" >>"${join(root, 'asked')}"\ncase "$* " in ${cases.join(' ')} *) exit 9;; esac\n`,
    );
    chmodSync(file, 0o755);
  }
  return bin;
}

async function scriptFor(...systems: string[]): Promise<string> {
  const { code, stdout } = await keyproof(['collect', '--print', ...systems]);
  expect(code).toBe(0);
  return stdout;
}

const hasPrograms = ['bash', 'jq'].every((name) => spawnSync(name, ['--version']).status === 0);

describe.skipIf(!hasPrograms)('the script of collect --print (skipped without bash and jq)', () => {
  it.each([[], ['aws'], ['azure'], ['gitleaks'], ['aws,azure']])('is valid Bash: %j', async (...systems) => {
    const checked = spawnSync('bash', ['-n'], { input: await scriptFor(...systems), encoding: 'utf8' });
    expect(checked).toMatchObject({ status: 0, stderr: '' });
  });

  it('takes exports that keyproof recognises, and a manifest that agrees with them', async () => {
    const out = join(root, 'exports');
    const script = join(root, 'collect.sh');
    writeFileSync(script, await scriptFor());
    const ran = spawnSync('bash', [script], {
      encoding: 'utf8',
      env: {
        PATH: `${stubs()}:${process.env['PATH']}`,
        OUT: out,
        REPOSITORIES: '/src/cards',
        FROM: '2026-07-01T00:00:00Z',
        TO: '2026-09-30T23:59:59Z',
      },
    });
    expect(ran.stderr).toBe(
      'not taken: azure/nb-payments-prod/certificates.json (keyvault certificate list --vault-name nb-payments-prod)\nSome exports were not taken; see above.\n',
    );
    expect(ran.status).toBe(1);
    expect(existsSync(join(out, 'azure/nb-payments-prod/certificates.json'))).toBe(false);

    const { stdout } = await keyproof(['inspect', out, '--json']);
    const { files }: { files: InputFile[] } = JSON.parse(stdout);
    expect(files.map(({ path, state, adapter, records }) => [path, state, adapter, records])).toEqual([
      ['aws/111122223333/credential-report.csv', 'used', 'aws-iam-credential-report', 1],
      ['aws/111122223333/eu-west-1/list-secrets.json', 'used', 'aws-secrets-manager', 1],
      ['aws/111122223333/eu-west-1/lookup-events-iam.json', 'not-used', null, 0],
      ['aws/111122223333/eu-west-1/lookup-events-secretsmanager.json', 'used', 'aws-cloudtrail', 1],
      ['azure/nb-payments-prod/keys.json', 'used', 'azure-key-vault', 1],
      ['azure/nb-payments-prod/secrets.json', 'used', 'azure-key-vault', 1],
      ['extracts.csv', 'used', 'canonical', 7],
      ['gitleaks/cards.json', 'used', 'gitleaks', 1],
    ]);
    const manifest = readFileSync(join(out, 'extracts.csv'), 'utf8');
    for (const { path, records } of files.filter(({ adapter }) => adapter !== 'canonical')) {
      const sha256 = createHash('sha256')
        .update(readFileSync(join(out, path)))
        .digest('hex');
      const line = manifest.split('\n').find((text) => text.startsWith(`"${path}",`)) ?? '';
      expect(line).toContain(`"${records}","${sha256}",`);
    }
    expect(manifest).toContain('"2026-07-01T00:00:00Z","2026-09-30T23:59:59Z"');
  });

  it('asks for nothing but lists and reports', () => {
    const asked = readFileSync(join(root, 'asked'), 'utf8').trim().split('\n');
    const READS =
      /^(aws (configure get|sts get|iam (generate|get)-credential-report|secretsmanager list-secrets|cloudtrail lookup-events)|az keyvault (\w+ )?list|gitleaks git .*--redact)/;
    expect(asked.length).toBeGreaterThan(8);
    expect(asked.filter((line) => !READS.test(line))).toEqual([]);
  });
});

describe('keyproof collect', () => {
  it('runs nothing: without --print it says so', async () => {
    expect(await keyproof(['collect', 'aws'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr:
        'keyproof: keyproof runs nothing in your systems; add --print to get the commands, read them, and run them yourself.\n',
    });
  });

  it('names the nearest system for one it does not know', async () => {
    const { code, stderr } = await keyproof(['collect', '--print', 'azur']);
    expect(code).toBe(2);
    expect(stderr).toContain('"azur" is not a system whose commands keyproof prints');
    expect(stderr).toContain('Systems: aws, azure, gitleaks.');
  });
});
