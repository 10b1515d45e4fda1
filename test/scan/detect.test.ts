import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAllowComment } from '../../src/scan/allow-comments.js';
import { circumstanceOf } from '../../src/scan/detect/circumstance.js';
import { type Searched, search, settle } from '../../src/scan/detect/detect-in-files.js';
import { ISSUER_TOKENS } from '../../src/scan/detect/issuer-tokens.js';
import { searchAgain } from '../../src/scan/detect/search-again.js';
import { nameKind } from '../../src/scan/detect/secret-names.js';
import { keywordLines } from '../../src/scan/keywords/keyword-lines.js';
import { keywordTable } from '../../src/scan/keywords/keyword-table.js';

async function found(text: string, path = 'app.yml') {
  const [all = []] = await settle([search({ path, bytes: Buffer.from(text) })]);
  return all.map(({ rule, line, column, value }) => ({ rule, line, column, value }));
}

describe('keywords', () => {
  it('are found in the lines that have them, and in no other, whatever their case', () => {
    const words = fc.uniqueArray(fc.stringMatching(/^[a-c_]{1,4}$/), { minLength: 1, maxLength: 8 });
    const text = fc.stringMatching(/^[a-cA-C_\n x]{0,80}$/);
    fc.assert(
      fc.property(words, text, (list, content) => {
        const lines = keywordLines(Buffer.from(content), keywordTable(list));
        const expected = content.split('\n').flatMap((line, index) => {
          const has = list.filter((word) => line.toLowerCase().includes(word));
          return has.length === 0 ? [] : [{ line: index + 1, has: has.sort() }];
        });
        expect(
          lines.map(({ line, keywords }) => ({ line, has: [...keywords].map((id) => list[id]).sort() })),
        ).toEqual(expected);
      }),
    );
  });

  it('are found in a long line in windows around them', async () => {
    const filler = 'x '.repeat(5_000);
    const value = `${'ghp'}_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx`;
    const all = await found(`${filler}"${value}" ${filler}`, 'bundle.min.js');
    expect(all).toEqual([{ rule: 'github-token', line: 1, column: filler.length + 2, value }]);
  });
});

describe('names', () => {
  it.each([
    ['dbPassword', 'password'],
    ['SPRING_DATASOURCE_PASSWORD', 'password'],
    ['client_secret', 'secret'],
    ['api.key', 'secret'],
    ['secret_key_base', 'secret'],
    ['passwordField', null],
    ['token_url', null],
    ['bypass', null],
    ['LASTFM_KEY', 'key'],
    ['key', 'key'],
    ['cacheKey', null],
    ['encrypted_key', null],
    ['publicKey', null],
    ['primary_key', null],
    ['max_tokens', null],
  ])('%s: %s', (name, kind) => expect(nameKind(name)).toBe(kind));
});

describe('files of their own format', () => {
  const secret = ['Harbour', '88!x'].join('-');
  it.each([
    ['.netrc', `machine host login moss password ${secret}\n`, 'netrc-password'],
    ['.pgpass', `db.local:5432:core:moss:${secret}\n`, 'pgpass-password'],
    ['conf/.git-credentials', `https://moss:${secret}@1@git.northbridge.local\n`, 'git-credentials'],
    [
      '.docker/config.json',
      `{"auths": {"r": {"auth": "${Buffer.from(`moss:${secret}`).toString('base64')}"}}}`,
      'docker-registry-auth',
    ],
    ['filezilla.xml', `<Pass encoding="base64">${secret}</Pass>`, 'filezilla-password'],
    [
      'app.properties',
      `spring.datasource.url=jdbc:postgresql://db/core?user=moss&password=${secret}`,
      'assigned-password',
    ],
    ['web.config', `<add key="DbPassword" value="${secret}"/>`, 'assigned-password'],
    ['deploy.yml', `env:\n  - name: DB_PASSWORD\n    value: ${secret}\n`, 'assigned-password'],
    ['run.sh', `curl -u moss:${secret} https://api.northbridge.local\n`, 'command-password'],
    ['init.sql', `CREATE USER core IDENTIFIED BY '${secret}';`, 'sql-password'],
    ['main.go', `dsn := "postgres://moss:${secret}@db.northbridge.local/core"`, 'connection-string'],
    ['Main.cs', `"Server=db;User Id=moss;Password=${secret};"`, 'connection-string'],
    ['model.ipynb', `"source": ["api_password = \\"${secret}\\"\\n"]`, 'assigned-password'],
  ])('%s', async (path, text, rule) => {
    const all = await found(text, path);
    expect(all.map((each) => each.rule)).toContain(rule);
  });
});

const RANDOM = ['q7Zp2mX9tR4k', 'W8vB1nL5cD3s'].join('');
/** A seed of NATS, with its checksum, and the text after the mark of a key of Django. */
const SEED = ['SUA', 'KYWMKI4MTDZLXO3AEAKON7QWYPB', 'KKHVHVPH42X7752BCG63EPWHKZMA'].join('');
const DJANGO = ['w3#k9^m!x2$q7&v5(z8)', 'h4_p6-t1+n0=r3@j9*c5!b7#d2^g8&'].join('');
const HEX = ['9c41e07bd2f84a63', '90be57d1f2a8c370'].join('');

describe('a value that a machine made', () => {
  it.each([
    ['a.go', `var serviceToken string = "${RANDOM}"`, 'assigned-secret'],
    ['a.mk', `SERVICE_TOKEN ?= "${RANDOM}"`, 'assigned-secret'],
    ['a.php', `$token .= "${RANDOM}";`, 'assigned-secret'],
    ['a.sql', `s:8:"apitoken";s:24:"${RANDOM}";`, 'assigned-secret'],
    ['a.java', `setCipherKey(Base64.decode("${RANDOM}"))`, 'assigned-secret'],
    ['a.go', `signingKey := []byte("${RANDOM}")`, 'assigned-secret'],
    ['a.json', `{"app.ini": "SERVICE_TOKEN=${RANDOM}\\nDEBUG=1"}`, 'assigned-secret'],
    ['a.xml', `<serviceToken>\n  ${RANDOM}\n</serviceToken>`, 'assigned-secret'],
    ['main.tf', `variable "ledger_token" {\n  default = "${RANDOM}"\n}`, 'assigned-secret'],
    [
      'main.tf',
      `variable "ledger_token" {\n  type = string\n  description = "Of the ledger"\n  default = "${RANDOM}"\n}`,
      'assigned-secret',
    ],
    ['a.py', `ado_pat = "${RANDOM}"`, 'assigned-key'],
    ['credentials.xml', `<secret>{AQAAAB${'AAAAAQ'}${RANDOM}${RANDOM}}</secret>`, 'jenkins-secret'],
    ['notes.md', `the ledger token - '${RANDOM}'`, 'assigned-secret'],
    ['notes.md', `your ledger key is ${RANDOM} since May`, 'assigned-key'],
    ['.env', `LASTFM_KEY=${HEX}`, 'assigned-key'],
    ['a.yml', `onesignal: ${HEX}`, 'service-key'],
    ['a.ts', `const mixpanel = '${HEX}';`, 'service-key'],
    ['a.log', `granted nb_live_${RANDOM} to the till`, 'marked-token'],
    ['a.log', `granted uat_${RANDOM} to the till`, 'environment-prefixed-key'],
    ['a.js', `{ kty: 'EC', d: '${RANDOM}${RANDOM.slice(0, 19)}' }`, 'jwk-private'],
    ['user.creds', `${SEED}\n`, 'nats-seed'],
    ['build.gradle', `buildConfigField 'String', 'LEDGER_KEY', '"${HEX}"'`, 'assigned-key'],
    ['settings.py', `SECRET_KEY = 'django-insecure-${DJANGO}'`, 'django-secret-key'],
    ['a.cs', `new DirectoryEntry("LDAP://dc.local", "moss", "${RANDOM}")`, 'login-call'],
    ['notes.md', `run it with --password=${['lantern', '2026x'].join('-')} and wait`, 'assigned-password'],
    [
      'notes.md',
      `then \`docker run -d -e DB_PASSWORD=${['lantern', '2026x'].join('-')} ledger\``,
      'assigned-password',
    ],
    ['a.php', `'rsaPrivateKey' => 'MIIEowIB${'AAKCAQEA'}${RANDOM.repeat(12)}'`, 'private-key-der'],
  ])('%s: %s', async (path, text, rule) => {
    const all = await found(text, path);
    expect(all.map((each) => each.rule)).toContain(rule);
  });

  it.each([
    ['a.ts', `const cacheKey = '${RANDOM}';`],
    ['main.tf', `variable "ledger_token" {\n}\nvariable "region" {\n  default = "${RANDOM}"\n}`],
    ['a.js', `id: 'cs_test_${RANDOM}'`],
    ['a.js', `key: 'pk_live_${RANDOM}'`],
    ['a.http', `X-Goog-Credential=ledger-prod%40${RANDOM}.iam.gserviceaccount.com%2Fauto%2Fstorage`],
    ['a.ipynb', `"image/png": "${RANDOM}/${HEX.repeat(2)}AzCa${RANDOM.slice(0, 5)}+${RANDOM}"`],
    ['a.ts', "const rowKey = 'northbridge-payments-service-2';"],
    ['a.yml', `onesignal_app_id: ${HEX}`],
    ['a.yml', `sentry_release: ${HEX}`],
    ['a.json', `{ "encrypted_key": "${RANDOM}" }`],
    ['a.csv', `kong,10.21.16.0/24,jwt,-,${HEX},out`],
    ['a.csv', `generic-api-key,${HEX},src/client.ts`],
    [
      'a.csv',
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/web-banking/card-vault/jwt-signing-M9o6KL',
    ],
    ['a.json', '{ "clientRequestToken": "d796f4c4-6073-485e-b59d-dea24780ee7a" }'],
    ['a.ts', "token('x', 'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}')"],
    ['a.ts', 'const secret = /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/'],
    ['a.ts', "secret('eyJ0eXAiOiAiVENWMiJ9.[A-Z2-7_-]{20,80}.[A-Z2-7_-]{30,80}')"],
    ['a.ts', `import x from './token-${HEX}.js';`],
    ['user.creds', SEED.replace('KYW', 'KYX')],
    ['a.sh', `-H 'Postman-Token: 8fd1b601-432f-443c-a947-750f60380753'`],
    ['a.json', `"client_secret": "pi_3Rx${RANDOM.slice(0, 20)}_secret_${RANDOM}"`],
    ['a.svg', `<image href="data:image/png;base64,${HEX}${HEX}/${'EAAC'}${RANDOM.repeat(3)}"/>`],
  ])('%s: %s is no secret', async (path, text) => expect(await found(text, path)).toEqual([]));
});

describe('passwords', () => {
  const password = ['Harbour', '88!x'].join('-');
  it.each([
    ['README.md', `$ export DB_PASSWORD=${password}`, 'assigned-password'],
    ['deploy.py', `#db_password = '${password}'`, 'assigned-password'],
    ['build.gradle', `  password '${password}'`, 'assigned-password'],
    ['README.md', `The password is '${password}'`, 'assigned-password'],
    ['check.py', `if password == "${password}":`, 'assigned-password'],
    ['Mail.php', `'password' => '${['wffmbu', 'mmgnhhcb'].join('')}'`, 'assigned-password'],
    ['init.sql', `CREATE ROLE core LOGIN PASSWORD '${password}' SUPERUSER;`, 'sql-password'],
    ['ca.sh', `openssl genrsa -aes256 -passout pass:${password} -out ca.key`, 'command-password'],
    ['ca.sh', `keytool -list -storepass ${password}`, 'command-password'],
    ['run.sh', `curl --user moss:'${password}' https://api.northbridge.local`, 'command-password'],
    ['run.sh', `curl -u ${RANDOM}: https://api.northbridge.local`, 'command-password'],
  ])('%s: %s', async (path, text, rule) => {
    const all = await found(text, path);
    expect(all.map((each) => each.rule)).toContain(rule);
  });

  it.each([
    ['a.yml', 'password: 123456', 'a common default password'],
    ['a.yml', 'dsn: "host=db user=ledger password=ledger"', 'the name of the user'],
    [
      'a.json',
      `"authKey": "${Buffer.from('moss:password').toString('base64')}"`,
      'a common default password',
    ],
    ['a.http', `Authorization: Basic ${Buffer.from('moss:changeme').toString('base64')}`, 'a placeholder'],
    ['a_test.go', `const testToken = "${RANDOM}"`, 'for tests'],
    ['a.yml', 'url: postgresql://ledger:ledger@db/ledger', 'the name of the user'],
    ['a.sql', "CREATE USER 'ledger'@'localhost' IDENTIFIED BY 'ledger';", 'the name of the user'],
    ['form.tsx', `placeholder: "${'ghp'}_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx"`, 'an empty field'],
    ['a.md', `oauth_token="${'kkk9d7dh'}3k39sjv7"`, 'published'],
  ])('%s: %s is suppressed: %s', async (path, text, reason) => {
    const [all = []] = await settle([search({ path, bytes: Buffer.from(text) })]);
    expect(all.map(({ placeholder }) => placeholder)).toEqual([expect.stringContaining(reason)]);
  });
});

it('a password whose name has the word user in it is not taken for the name of the user', async () => {
  const bytes = Buffer.from('String DB_USER_PASSWORD = "harbour88";');
  const [all = []] = await settle([search({ path: 'Db.java', bytes })]);
  expect(all.map(({ placeholder }) => placeholder)).toEqual([null]);
});

describe('what is no secret', () => {
  it.each([
    ['a.yml', `password: ${'$'}{DB_PASSWORD:guest}`],
    ['a.yml', 'password: "{{ vault_password }}"'],
    ['a.yml', 'server-password: MAVEN_PASSWORD'],
    ['a.php', "'password' => 'nullable|min:6|confirmed',"],
    ['a.ts', 'INCORRECT_OLD_PASSWORD = "5135",'],
    ['web/locales/de/common.json', '"password": "Passwort",'],
    ['login.properties', 'lost.password = Contrase\\u00f1a perdida'],
    ['bin/db', 'getopt -o "p:" -l "user:,password:,test:,file:"'],
    ['a.ts', "const password = 'Enter your new password';"],
    ['a.ts', 'const token = await getToken(session);'],
    ['a.sql', 'INSERT INTO `m_user` (`id`, `user_password`, `email_address2`) VALUES'],
    ['a.sql', 'KEY `FKJPW0000000000003` (`createdby_id`),'],
    ['strings.xml', '<!--Password strength2 of the form-->'],
    ['a.yml', `- Basic ${Buffer.from('client_id:client_secret').toString('base64')}`],
    ['a.py', 'password = os.environ["DB_PASSWORD"]'],
    ['a.json', '"tokenEndpoint": "https://login.northbridge.local/token"'],
    ['a.json', '"secretName": "prod/payments/card-acquirer-api-Hq3xTz"'],
    ['a.rsp', 'adminPassword=###ADMIN_PWD###'],
    ['a.ts', 'const AUTH_SHA256_PASSWORD = "sha256_password";'],
    ['a.py', 'password = password.decode("UTF-8")'],
    ['a.py', 'data = {"password1": pwd, "password2": pwd}'],
    ['a.xml', '<n1:password>%s%s</n1:password>'],
    ['a.md', `# xox${'b'}-my-bot-token-goes-in-here`],
    ['package-lock.json', '"integrity": "sha512-Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA=="'],
    ['a.pem', `-----BEGIN ${'PRIVATE'} KEY-----\n...\n-----END ${'PRIVATE'} KEY-----`],
    ['a.rb', `-----BEGIN RSA ${'PRIVATE'} KEY-----\n# ${HEX}${HEX}.\n-----END RSA ${'PRIVATE'} KEY-----`],
  ])('%s: %s', async (path, text) => expect(await found(text, path)).toEqual([]));
});

describe('private keys', () => {
  const pem = (kind: string, body: string) =>
    `-----BEGIN ${kind}PRIVATE ${'KEY'}-----\n${body}\n-----END ${kind}PRIVATE ${'KEY'}-----`;
  const rest = RANDOM.repeat(14);
  it.each([
    ['', `MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${rest}`, 'private-key', null],
    ['OPENSSH ', `b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE${rest}`, 'private-key', null],
    ['OPENSSH ', `b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHI${rest}`, 'private-key-encrypted', null],
    ['RSA ', rest, 'private-key', 'the text is no key'],
  ])('%s%s', async (kind, body, rule, placeholder) => {
    const [all = []] = await settle([search({ path: 'a.pem', bytes: Buffer.from(pem(kind, body)) })]);
    expect(all.map((each) => ({ rule: each.rule, placeholder: each.placeholder }))).toEqual([
      { rule, placeholder },
    ]);
  });

  it('are open in a file of tests, but for encrypted ones', async () => {
    const text = [
      pem('', `MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${rest}`),
      pem('OPENSSH ', `b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHI${rest}`),
    ].join('\n');
    const [all = []] = await settle([search({ path: 'a.pem', bytes: Buffer.from(text) })]);
    expect(all.map((each) => circumstanceOf(each, 'tests/a.pem')?.kind)).toEqual([undefined, 'test-fixture']);
  });
});

describe('a name and a value on two lines', () => {
  it('are found in the line of the value', async () => {
    const value = ['harbour', '88-x'].join('-');
    expect(await found(`env:\n  - name: DB_PASSWORD\n    value: ${value}\n`)).toEqual([
      { rule: 'assigned-password', line: 3, column: 12, value },
    ]);
    const terraform = `variable "db_password" {\n  type = string\n  default = "${value}"\n}`;
    expect(await found(terraform, 'main.tf')).toEqual([
      { rule: 'assigned-password', line: 3, column: 14, value },
    ]);
  });

  it('are one finding if the value has the shape of a token', async () => {
    const value = `${'ghp'}_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx`;
    const all = await found(`{\n  "key": "api_token",\n  "value": "${value}"\n}`, 'a.json');
    expect(all).toEqual([{ rule: 'github-token', line: 3, column: 13, value }]);
  });
});

describe('where a file stands', () => {
  it.each([
    ['services/ui-tests/cards.yml', 'test-fixture'],
    ['acceptance_test/cards.yml', 'test-fixture'],
    ['static/legacy-docs/cards.htm', 'documentation'],
    ['ledger-doc/cards.yml', 'documentation'],
    ['src/latest/cards.yml', undefined],
    ['src/features/cards.yml', undefined],
    ['features/step_definitions/cards.yml', 'test-fixture'],
    ['config/security.yml', undefined],
    ['history.properties', undefined],
    ['SECURITY', 'documentation'],
    ['import/example_data/cards.yml', 'documentation'],
  ])('%s: %s', async (path, kind) => {
    const [all = []] = await settle([search({ path, bytes: Buffer.from('password: harbour-88') })]);
    const [first] = all.map((each) => circumstanceOf(each, path));
    expect(first?.kind).toBe(kind);
  });

  it.each([
    [['03yQT6Yee4', 'iFaggi'].join(''), undefined],
    [['Tv38KL', 'Pd]M'].join(''), undefined],
    ['Lantern#2026', 'test-fixture'],
    ['test-api-token-12345', 'test-fixture'],
  ])('tests/cards.yml, %s: %s', async (value, kind) => {
    const path = 'tests/cards.yml';
    const [all = []] = await settle([search({ path, bytes: Buffer.from(`password: "${value}"`) })]);
    expect(all.map((each) => circumstanceOf(each, path)?.kind)).toEqual([kind]);
  });
});

describe('tokens of issuers', () => {
  it('each name a word that stands in them, so that their line is looked at', () => {
    for (const { rule, words } of ISSUER_TOKENS) {
      expect(words.every((word) => word === word.toLowerCase() && word !== '')).toBe(true);
      expect(rule).toMatch(/^[a-z0-9-]+$/);
    }
  });
});

describe('allow comments', () => {
  it('are read whatever surrounds them', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9 ]{1,20}$/).filter((text) => text.trim() !== ''),
        fc.constantFrom('# ', '// ', '<!-- ', 'x = 1  # '),
        (reason, before) => {
          const text = `${before}keyproof:${'allow'} jwt reason="${reason}" until=2027-01-01 -->`;
          const isAlone = !before.startsWith('x');
          expect(readAllowComment(text, 3)).toEqual({
            line: 3,
            rule: 'jwt',
            reason: reason.trim(),
            until: '2027-01-01',
            isAlone,
          });
        },
      ),
    );
  });
});

describe('any bytes', () => {
  it('are searched without an error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('a.yml', '.netrc', 'x.ipynb', 'b.xml', 'c.js'),
        async (bytes, path) => {
          const mixed = Buffer.concat([
            Buffer.from('password: "'),
            bytes,
            Buffer.from('" token=\n-----BEGIN PRIVATE KEY-----'),
          ]);
          await settle([search({ path, bytes: mixed })]);
        },
      ),
    );
  });
});

describe('another version of a file', () => {
  it('gives what it gives alone, whatever lines differ', async () => {
    const token = `${'ghp'}_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx`;
    const line = fc.constantFrom(
      '',
      'x: 1',
      `token: ${token}`,
      'password: harbour-88',
      'name: DB_PASSWORD',
      'value: lantern-77-x',
      'variable "db_password" {',
      '  type = string',
      '  default = "lantern-77-y"',
      '}',
      `key: AKIA${'Q3AM3UQ867SPQQA4'}`,
      `a: b # keyproof:${'allow'} * reason="local"`,
      `-----BEGIN ${'PRIVATE'} KEY-----`,
      'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj',
      `-----END ${'PRIVATE'} KEY-----`,
      'é'.repeat(2_100),
    );
    const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
    const settled = async (searched: Searched) => ({
      allows: searched.allows,
      found: await settle([searched]),
    });
    await fc.assert(
      fc.asyncProperty(text, text, text, fc.array(line, { maxLength: 2 }), async (start, a, end, added) => {
        const path = 'app.yml';
        const [one, two] = [
          [start, a, end],
          [start, ...added, end],
        ].map((parts) => Buffer.from(parts.join('\n')));
        if (!one || !two) return;
        const before = search({ path, bytes: one });
        const again = searchAgain({ path, bytes: two }, { bytes: one, searched: before });
        if (again === null) return;
        await settle([before]);
        expect(await settled(again)).toEqual(await settled(search({ path, bytes: two })));
      }),
      { numRuns: 300 },
    );
  });
});

describe('places for a secret', () => {
  /** In parts, so that no scanner takes this file for a leak. */
  const password = ['Tr0ub4dor', 'kettle'].join('-');
  const key = ['q7Zk2mXr9Lw4Vt8B', 'n3Yc6Hd5Jf1Ps0Ga'].join('');
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const address = base64(`postgres://pay:${password}@db.northbridge.internal/ledger`);

  it.each([
    ['a.sh', `echo 'root:${password}' | chpasswd`, password],
    ['a.sh', `echo '${password}' | sudo -S systemctl restart pay`, password],
    ['a.sh', `openssl enc -aes-256-cbc -k ${password} -in a`, password],
    ['a.sh', `ldapsearch -D cn=pay -w ${password}`, password],
    ['a.sh', `smbclient //files/pay -U 'pay%${password}'`, password],
    ['a.sh', `sqlplus -S pay/${password}@LEDGER`, password],
    ['a.sh', `htpasswd -cb users pay ${password}`, password],
    ['a.sh', `useradd -m -p ${password} pay`, password],
    ['a.sh', `sqlcmd -S db -U pay -P '${password}'`, password],
    ['a.sh', `az login --service-principal -u pay -p ${key} --tenant northbridge`, key],
    ['a.bat', `net use Z: \\\\files\\pay ${password} /user:BANK\\pay`, password],
    ['a.bat', `net user pay ${password} /add`, password],
    ['a.py', `requests.get(url, auth=('pay', '${password}'))`, password],
    ['a.py', `HTTPBasicAuth('pay', '${password}')`, password],
    ['a.py', `MySQLdb.connect('db', 'pay', '${password}')`, password],
    ['a.py', `parser.add_argument('--password', default='${password}')`, password],
    ['a.go', `request.SetBasicAuth("pay", "${password}")`, password],
    ['a.rb', `http.basic_auth 'pay', '${password}'`, password],
    ['a.php', `new PDO('mysql:host=db', 'pay', '${password}')`, password],
    ['A.java', `DriverManager.getConnection("jdbc:x", "pay", "${password}");`, password],
    ['A.java', `@Value("\${db.password:${password}}")`, password],
    ['a.R', `password <- "${password}"`, password],
    ['a.rs', `let password: &str = "${password}";`, password],
    ['a.vb', `Dim pwd As String = "${password}"`, password],
    ['a.kts', `buildConfigField("String", "API_KEY", "\\"${key}\\"")`, key],
    ['Dockerfile', `ENV DB_PASSWORD ${password}`, password],
    ['Dockerfile', `ENV API_TOKEN ${key}`, key],
    ['people.ldif', `userPassword: ${password}`, password],
    ['router.cfg', `username pay password 0 ${password}`, password],
    ['router.cfg', `snmp-server community ${password} RO`, password],
    ['wlan.conf', `  psk="${password}"`, password],
    ['a.sql', `CREATE USER pay IDENTIFIED BY Tr0ub4dor_kettle;`, 'Tr0ub4dor_kettle'],
    ['a.sql', `CREATE LOGIN pay WITH PASSWORD = N'${password}';`, password],
    ['secret.yaml', `  address: ${address}`, address],
  ])('%s: %s', async (path, line, value) => {
    expect((await found(`${line}\n`, path)).map((one) => one.value)).toContain(value);
  });

  it.each([
    ['a.yaml', `password: >-\n  ${password}\n`, 2],
    ['a.py', `password = (\n    "${password}"\n)\n`, 2],
    ['a.py', `connect(\n    password=\n    "${password}")\n`, 3],
  ])('on two lines, %s: %j', async (path, text, line) => {
    expect((await found(text, path)).map((one) => [one.line, one.value])).toContainEqual([line, password]);
  });

  it.each([
    ['a.sh', 'echo "root:$PASSWORD" | chpasswd'],
    ['a.sh', 'ldapsearch -D cn=pay -w "$LDAP_PASSWORD"'],
    ['a.sh', 'sqlcmd -S db -U pay -P $SA_PASSWORD'],
    ['a.sh', 'useradd -p password pay'],
    ['a.py', "requests.get(url, auth=('user', 'password'))"],
    ['a.py', "requests.get(url, auth=('pay', settings.PASSWORD))"],
    ['a.py', 'password = (\n    settings.password\n)'],
    ['a.js', 'const password =\n  await vault.read(path);'],
    ['a.yaml', 'password: |\n  {{ vault_password }}'],
    ['a.yaml', 'token: >-\n  see the handbook for the token of this service'],
    ['A.java', `@Value("\${db.password:${''}}")`],
    ['Dockerfile', 'ENV DB_PASSWORD $PASSWORD'],
    ['router.cfg', 'snmp-server community public RO'],
    ['people.ldif', 'userPassword: {CRYPT}x'],
    ['a.sql', 'CREATE USER pay IDENTIFIED BY secret_value;'],
    ['secret.yaml', `address: ${base64('postgres://db.northbridge.internal:5432/ledger')}`],
  ])('hold none here, %s: %j', async (path, text) => {
    expect(await found(`${text}\n`, path)).toEqual([]);
  });
});

describe('what stands in public repositories and is no secret', () => {
  const fingerprint = ['7169605F62C751356D05', '4A26A821E680E5FA6305'].join('');
  const id = ['9a1ad414-6e3b-47ce', '8366-6b8f26ba467d'].join('-');
  const packet = ['mQENBFXbjPUBCADjNjCUQwfx', 'KLRR2GA6pv1KzJZ8UWIF9S0f'].join('');

  it.each([
    ['a.go', '\tcredUserpass "github.com/northbridge/ledger/v2/auth/userpass"'],
    ['a.txt', 'auth/userpass: Consistently handle alias lookups in all cases'],
    ['a.rb', `put '/auth/:account/password' => 'credentials#update_password'`],
    ['a.go', `const pubKey1 = \`${packet}\``],
    ['a.json', `{"publickey": "${packet}"}`],
    ['Dockerfile', `ENV GPG_KEY ${fingerprint}`],
    ['Dockerfile', `ENV GPG_KEY=${fingerprint}`],
    ['a.py', `assert first["kms_key"] == "${id}"`],
    ['a.json', `{"ClientToken": "${id}"}`],
    ['a.json', `{"LockToken": "${id}"}`],
    ['a.json', `{"CreationToken": "console-${id}"}`],
    ['a.sh', `aws wafv2 delete-ip-set --lock-token ${id}`],
    ['a.json', `{"nextLink": "https://northbridge.example/a?v=1&$skiptoken=${packet}"}`],
    [
      '.netrc',
      'machine ledger-cli:login-password:login-pay@northbridge.invalid-https://api.northbridge.invalid',
    ],
    ['a.md', `| Confluent Platform | ${packet} |`],
    ['a.txt', ` * | Confluent | ${packet} | ledger`],
    ['a.cs', 'new DirectoryEntry("LDAP://dc.northbridge.invalid", "BANK\\pay", "password")'],
    ['a.yaml', `CC_TEST_REPORTER_ID: ${id}`],
    ['a.go', `ionosDatacenterID = "${id}"`],
    ['a.json', `{"arn": "arn:aws:secretsmanager:us-east-1:112233445566:secret:ledger-${packet}"}`],
  ])('%s: %s', async (path, line) => {
    expect(await found(`${line}\n`, path)).toEqual([]);
  });

  it.each([
    ['a.go', '\tuserpass "kettle2troubador"'],
    ['a.txt', 'userpass: Kettle-Troubador2'],
    ['a.yaml', 'password: kettletroubador  # of the ledger'],
    ['.netrc', 'machine ledger:8443 login pay password kettle2troubador'],
    ['a.md', `| Confluent API key | ${packet} |`],
    ['a.go', `ionosBearer = "${id}"`],
    ['a.cs', 'new DirectoryEntry("LDAP://dc.northbridge.invalid", "BANK\\pay", "kettle2troubador")'],
    ['a.yaml', `CC_TEST_REPORTER_ID: ${Buffer.from(packet).toString('hex').slice(0, 64)}`],
    ['a.json', `{"privatekey": "${packet}"}`],
    ['a.json', `{"client_token": "${packet}"}`],
    ['Dockerfile', `ENV GPG_PRIVATE_KEY ${packet}`],
  ])('is one beside it, %s: %s', async (path, line) => {
    expect(await found(`${line}\n`, path)).toHaveLength(1);
  });

  it('a header of what was taken out is a placeholder, also with the end of a line in it', async () => {
    const header = (text: string) => `Authorization: Basic ${Buffer.from(text).toString('base64')}\n`;
    const [all = []] = await settle([
      search({ path: 'a.yml', bytes: Buffer.from(header('redacted-id:redacted-secret\n')) }),
    ]);
    expect(all.map(({ placeholder }) => placeholder)).toEqual(['the value says that it is a placeholder']);
  });
});
