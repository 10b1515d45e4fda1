import { describe, expect, it } from 'vitest';
import { readFolder } from './folder.js';

const json = (value: unknown): string => JSON.stringify(value);
const SECRET = ['w'.repeat(12), 'K7MD', 'b'.repeat(24)].join('/');

describe('an export that no adapter reads', () => {
  it.each([
    [
      'junit.xml',
      '<?xml version="1.0"?>\n<testsuites name="keyproof: Northbridge Bank" tests="1">\n',
      'an output of keyproof',
    ],
    [
      'rights.csv',
      'key_id,key_name,holder,paths,over_approximation\nk1,k1,ines,direct,false\n',
      'an output of keyproof',
    ],
    [
      'granted.csv',
      'exception_id,state,rule_id,subjects,finding_ids,compensating_control\nE1,open,r,1,f,none\n',
      'an output of keyproof',
    ],
    [
      'actions.csv',
      'Priority,Severity,What to do,Suggested due date,Evidence that closes it\n1,high,Rotate,2026-10-30,The log\n',
      'an output of keyproof',
    ],
    [
      'questions.csv',
      'ID,"Missing, or to ask","How to get it, or what is known"\nQ1,a,b\n',
      'an output of keyproof',
    ],
    [
      'lake.csv',
      'eventTime,eventSource,eventName,requestParameters\n2026-09-01 08:00:00.000,secretsmanager.amazonaws.com,GetSecretValue,{secretId=prod/sepa}\n',
      'query SELECT eventJson in CloudTrail Lake',
    ],
    [
      'insights.csv',
      '@timestamp,eventName,eventSource,requestParameters.secretId\n2026-09-01 08:00:00.000,GetSecretValue,secretsmanager.amazonaws.com,prod/sepa\n',
      '@message in Logs Insights',
    ],
    [
      'kibana.csv',
      '"@timestamp","event.action","event.provider","aws.cloudtrail.request_parameters"\n"Sep 1, 2026 @ 08:00:00.000",GetSecretValue,secretsmanager.amazonaws.com,{secretId=prod/sepa}\n',
      'add event.original to the columns',
    ],
    [
      'gap-checklist GDPR.csv',
      'ID,Control,Title,State,Checks failed,Against defaults only,Checks tested,Why,Still to ask\ngdpr/32,32,t,not tested,0,0,0,w,q\n',
      'an output of keyproof',
    ],
    [
      'owner payments.csv',
      'ID,Priority,Severity,Subject,What was found,Action,What to do,Suggested due date,Owner\n1,1,High,k1,a,b,c,2026-10-30,\n',
      'an output of keyproof',
    ],
    ['about.csv', 'Topic,What to know\nOrganisation,Northbridge Bank\n', 'an output of keyproof'],
    [
      'plan.md',
      '# Plan of work: Northbridge Bank\n\nAs of 30 September 2026. 1 action. Indicative; an assessor concludes.\n\n| # | Action |\n| --- | --- |\n',
      'an output of keyproof',
    ],
    [
      'report.html',
      '<!doctype html>\n<meta charset="utf-8">\n<meta name="generator" content="keyproof 0.1.0">\n',
      'an output of keyproof',
    ],
    [
      'results.sarif',
      json({
        version: '2.1.0',
        runs: [
          { tool: { driver: { name: 'keyproof', rules: [] } }, results: [{ ruleId: 'rotation-max-age' }] },
        ],
      }),
      'an output of keyproof',
    ],
    ['accessKeys.csv', `Access key ID,Secret access key\nAKIAEXAMPLEKEY000001,${SECRET}\n`, 'remove it'],
    [
      'new-key.json',
      json({
        AccessKey: { UserName: 'batch', AccessKeyId: 'AKIAEXAMPLEKEY000001', SecretAccessKey: SECRET },
      }),
      'made a new AWS access key: it holds the secret itself: remove it',
    ],
    [
      'sp.json',
      json({ appId: '1', displayName: 'relay', password: SECRET, tenant: '2' }),
      'made a new client secret of Entra ID: it holds the secret itself: remove it',
    ],
    [
      'parameter.json',
      json({ Parameter: { Name: '/nb/sepa', Type: 'SecureString', Value: SECRET, Version: 1 } }),
      'aws ssm describe-parameters',
    ],
    [
      'kv.json',
      json({
        data: {
          data: { key: SECRET },
          metadata: { created_time: '2026-09-01T00:00:00Z', deletion_time: '' },
        },
      }),
      'vault kv metadata get',
    ],
    [
      'directory-roles.json',
      json({ value: [{ id: '1', principalId: 'p', roleDefinitionId: 'r', directoryScopeId: '/' }] }),
      'directory roles of Microsoft Entra ID',
    ],
    [
      'denials.json',
      json({ value: [{ properties: { denyAssignmentName: 'Locked', permissions: [], scope: '/' } }] }),
      'deny assignments of Azure',
    ],
    [
      'roles.json',
      json([{ roleName: 'Deployer', roleType: 'CustomRole', assignableScopes: ['/'], permissions: [] }]),
      'definitions of roles of Azure',
    ],
    [
      'directory-definitions.json',
      json({ value: [{ isBuiltIn: true, rolePermissions: [{ allowedResourceActions: [] }] }] }),
      'definitions of roles of Microsoft Entra ID',
    ],
    [
      'denied.json',
      json({ policies: [{ name: 'policies/x/denypolicies/locked', kind: 'DenyPolicy', rules: [] }] }),
      'deny policies of Google Cloud',
    ],
    [
      'google-roles.json',
      json({ roles: [{ name: 'projects/nb/roles/deployer', includedPermissions: ['run.services.get'] }] }),
      'definitions of roles of Google Cloud',
    ],
    [
      'gke.ndjson',
      `${json({ insertId: 'a1', jsonPayload: { MESSAGE: 'started' }, resource: { type: 'k8s_node' }, logName: 'projects/nb/logs/node' })}\n`,
      'entries of Google Cloud Logging that are of no audit log',
    ],
    [
      'workspace.ndjson',
      `${json({ kind: 'admin#reports#activity', id: { applicationName: 'admin' }, etag: 'e', actor: { email: 'ines@northbridge.example' }, events: [{ type: 'USER_SETTINGS', name: 'CREATE_USER' }] })}\n`,
      'activities that Google Workspace reports',
    ],
    ['app.log', '[2026-09-14 08:12:31.219][api][ERROR] Username or password is incorrect.\n', 'plain text'],
    ['proxy.log', '[14/Sep/2026:08:12:31 +0000] - 404 404 - GET http nb.example "/x"\n', 'plain text'],
    [
      'state.json',
      json({ version: 4, terraform_version: '1.7.0', serial: 3, lineage: 'l', resources: [] }),
      'a Terraform state',
    ],
    [
      'show.json',
      json({ format_version: '1.0', terraform_version: '1.7.0', values: { root_module: { resources: [] } } }),
      'a Terraform state',
    ],
    [
      'findings.json',
      json([{ metadata: { product: { name: 'Prowler', vendor_name: 'Prowler' } }, class_uid: 2004 }]),
      'findings of Prowler',
    ],
    ['prowler.csv', 'AUTH_METHOD;TIMESTAMP;ACCOUNT_UID;STATUS\nprofile;2026-09-30;1;PASS\n', 'of Prowler'],
    [
      'asff.json',
      json([{ SchemaVersion: '2018-10-08', ProductArn: 'arn:aws:securityhub:eu-west-1::product/x/y' }]),
      'AWS Security Finding Format',
    ],
    ['scoutsuite_results.js', 'scoutsuite_results =\n{"account_id": "1"}\n', 'a report of ScoutSuite'],
    ['users.json', json({ Users: [{ Path: '/', UserName: 'batch' }] }), 'users or roles of AWS IAM'],
    ['keys.txt', 'ACCESSKEYMETADATA\tAKIAEXAMPLEKEY000001\t2026-01-01\tActive\tbatch\n', '--output json'],
    [
      'vault.tsv',
      'https://nb-pay.vault.azure.net/secrets/sepa\tsepa\tTrue\nhttps://nb-pay.vault.azure.net/secrets/fx\tfx\tTrue\n',
      'the tsv output of the Azure command line',
    ],
    [
      'query.json',
      json([['sepa', 'arn:aws:secretsmanager:eu-west-1:1:secret:sepa-AbCdEf']]),
      'rows without names',
    ],
    ['register.md', '# Keys\n\n| Key | Owner |\n| --- | :--- |\n| sepa | Petra |\n', 'a table in Markdown'],
    [
      'onboard.csv',
      'username,address,safe,platformID,password\nsvc,db.nb.example,PAY,MySQL,secret word\n',
      'accounts to be taken into CyberArk',
    ],
    ['ual.csv', 'CreationDate,UserIds,Operations,AuditData\n2026-09-01,a,b,{}\n', 'Microsoft Purview'],
    [
      'activity.csv',
      'Correlation id,Operation name,Status,Event category,Level,Time,Event initiated by\n1,List,ok,Administrative,Info,2026-09-01,a\n',
      'az monitor activity-log list',
    ],
    ['sa.json', json([{ email: 'a@nb.example', oauth2ClientId: '1', uniqueId: '1' }]), 'keys list of each'],
    [
      'role.json',
      json({
        request_id: 'r',
        data: { last_vault_rotation: '2026-09-30T10:00:00Z', rotation_period: 86400 },
      }),
      'a static role of a secrets engine of Vault',
    ],
    [
      'consumers.json',
      json({ data: [{ id: 'c', username: 'tpp', custom_id: null }], next: null }),
      'consumers of Kong without their credentials',
    ],
    ['secret.txt', 'Name:         sepa\nNamespace:    pay\nType:  Opaque\n', 'kubectl get -o json'],
    [
      'es.yaml',
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: a}\n',
      'External Secrets',
    ],
    [
      'vault.cef',
      'Sep 14 10:12:31 NBVAULT CEF:0|Cyber-Ark|Vault|14.0.0000|295|Retrieve password|5|act="Retrieve password"',
      'CyberArk vault in CEF',
    ],
    [
      'access.log',
      '192.0.2.9 - - [01/Sep/2026:08:00:00 +0000] "GET /payments HTTP/1.1" 200 49\n',
      'its lines name no key',
    ],
    [
      'gateway.ndjson',
      json({ requestId: '8f1c', ip: '192.0.2.9', method: 'GET', status: '200', apiKeyId: 'a1b2c3' }),
      'log requestTime',
    ],
    [
      'insights.json',
      json({ results: [[{ field: '@timestamp', value: '2026-09-01 08:00:00.000' }]], status: 'Complete' }),
      'add @message',
    ],
    [
      'columns.json',
      json({ preview: false, fields: ['_raw'], columns: [['one'], ['two']] }),
      'output_mode=json',
    ],
    [
      'version.json',
      json({ name: 'projects/4821/secrets/nb-hmac/versions/2', payload: { data: SECRET } }),
      'Google Secret Manager: it holds the secret itself: remove it',
    ],
    [
      'versions.csv',
      'name,state,created,destroyed\n2,enabled,2026-08-05T10:00:00,-\n1,destroyed,2026-01-05T10:00:00,-\n',
      'a table of gcloud',
    ],
    [
      'history.json',
      json({
        assets: [
          {
            window: { startTime: '2026-01-05T10:00:00Z' },
            asset: { assetType: 'secretmanager.googleapis.com/Secret', resource: { data: {} } },
          },
        ],
      }),
      'it states what was',
    ],
    [
      'ocsf.ndjson',
      json({ class_uid: 6003, activity_id: 2, metadata: { version: '1.3.0' }, time: 1788249600000 }),
      'without the events that they were made from',
    ],
    ['leaks.xml', '<?xml version="1.0"?>\n<testsuites><testsuite name="gitleaks"/></testsuites>', 'JUnit'],
    [
      'change.xml',
      '<?xml version="1.0"?>\n<unload><change_request/></unload>',
      'an XML export of ServiceNow',
    ],
    [
      'qwac.pem',
      `-----BEGIN ${'CERTIFICATE'}-----\nMIIB\n-----END ${'CERTIFICATE'}-----\n`,
      'a certificate in itself',
    ],
    [
      'members.json',
      json([
        {
          admin_option: true,
          member: 'northbridge:user:ines',
          ownership: true,
          policy: 'northbridge:policy:root',
          role: 'northbridge:group:payments',
        },
      ]),
      'members of a role of CyberArk Conjur',
    ],
    [
      'graph.json',
      json([{ parent: 'northbridge:group:payments', child: 'northbridge:user:ines' }]),
      'a graph of roles of CyberArk Conjur',
    ],
    [
      'decisions.json',
      json({
        value: [
          {
            decision: 'Approve',
            target: {
              '@odata.type': '#microsoft.graph.accessReviewInstanceDecisionItemUserTarget',
              userDisplayName: 'Ines Ferreira',
            },
          },
        ],
      }),
      'decisions of the former access reviews API',
    ],
    ['jira.xml', '<!-- RSS generated by JIRA -->\n<rss version="0.92"/>', 'an XML feed of Jira'],
  ])('%s is named for what it is, with what to do', async (name, text, sentence) => {
    const { files } = await readFolder({ [name]: text });
    expect(files[0]).toMatchObject({ state: 'not-used', adapter: null });
    expect(files[0]?.warnings).toHaveLength(1);
    expect(files[0]?.warnings[0]).toContain(sentence);
    expect(files[0]?.warnings[0]).not.toContain(SECRET);
  });
});

it('reads the zone that the name of a column states', async () => {
  const { records } = await readFolder(
    {
      'keys.csv': 'key_id,owner,"created (UTC)",expires\na,Payments,2026-09-01 03:00,2026-12-01 03:00\n',
    },
    { sources: [{ path: 'keys.csv', kind: 'keys', columns: { created: 'created (UTC)' } }] },
  );
  expect(records.keys?.[0]).toMatchObject({
    created: { ms: Date.parse('2026-09-01T03:00:00Z'), tolerance_ms: 0 },
    expires: { tolerance_ms: 26 * 3_600_000 },
  });
});

it('takes the empty report of a scanner for no list of Google Secret Manager', async () => {
  const report = { metadata: { scanType: 'secrets' }, secrets: [], errors: [] };
  const { files } = await readFolder({
    'report.json': json(report),
    'page.json': json({ secrets: [], totalSize: 0 }),
  });
  expect(files.map(({ adapter }) => adapter)).toEqual(['gcp-secret-manager', null]);
});

describe('a file of one long line', () => {
  it.each([
    [
      'a JSON object of 5,000 members',
      'cells.json',
      `{${Array.from({ length: 5_000 }, (_, n) => `"m${n}":1`).join()}}`,
    ],
    ['a line of commas', 'line.txt', 'a,'.repeat(32_000)],
    ['a line of words', 'line.log', 'a '.repeat(32_000)],
  ])('%s is told from every known export in reasonable time', async (_what, name, content) => {
    const { file } = await readFolder({ [name]: content });
    expect(file.state).toBe('not-used');
  });
});
