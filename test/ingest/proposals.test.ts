import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fieldOfHeader } from '../../src/ingest/proposal/header-words.js';
import { type Proposal, proposeSources } from '../../src/ingest/proposal/propose-source.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'keyproof-proposals-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

async function proposed(name: string, content: string): Promise<Proposal> {
  const absolute = join(FOLDER, name);
  writeFileSync(absolute, content);
  const [proposal] = await proposeSources({ absolute, path: name });
  return proposal as Proposal;
}

describe('a register of anything but keys', () => {
  it.each([
    [
      'rotations',
      'Nazwa klucza;Data rotacji;Wykonał;Czynność;Numer zgłoszenia;Status\nSEPA;01.07.2026;m.nowak;Rotacja;ZGL-118;Zakończone\n',
      { key_id: 'SEPA', step: 'rotated', actor: 'm.nowak', ticket: 'ZGL-118', status: 'success' },
    ],
    [
      'rotations',
      'Clé;Date et heure;Action;Réalisé par;N° de ticket;Résultat\nSEPA;13/07/2026 09:15;Révocation;h.marchand;CHG-7;Échec\n',
      { key_id: 'SEPA', step: 'revoked', actor: 'h.marchand', ticket: 'CHG-7', status: 'failure' },
    ],
    [
      'grants',
      'Użytkownik;Klucz;Uprawnienie;Data nadania;Data przeglądu;Osoba przeglądająca;Decyzja\na.lis;SEPA;Odczyt;20.02.2025;20.09.2026;e.kos;Odebrano\n',
      { principal_id: 'a.lis', key_id: 'SEPA', role: 'Odczyt', reviewer: 'e.kos', decision: 'revoke' },
    ],
    [
      'principals',
      'Matricule;Nom;Service;Date de départ;Statut\n004512;Petit;Back office;31/08/2026;Parti\n',
      { principal_id: '004512', name: 'Petit', department: 'Back office', status: 'left' },
    ],
    [
      'incidents',
      "N° d'incident;Titre;Gravité;Date de détection;Clés concernées\nINC-77;Fuite;Élevée;13/05/2026;SEPA\n",
      { incident_id: 'INC-77', title: 'Fuite', severity: 'high', key_ids: ['SEPA'] },
    ],
    [
      'vendors',
      'Vendor Name,Contract Start,Contract End,Status\nWorldline,2025-01-13,2027-01-13,Active\n',
      { vendor_id: 'Worldline', status: 'active' },
    ],
    [
      'events',
      `${JSON.stringify({ time: '2026-09-08T08:00:00+00:00', remote_addr: '192.0.2.31', request_method: 'GET', uri: '/v2/payments/1', status: '401', key_id: 'pay-1', consumer: 'web' })}\n`.repeat(
        2,
      ),
      { key_id: 'pay-1', action: 'GET', source_ip: '192.0.2.31', http_status: 401, actor: 'web' },
    ],
  ])('is proposed as %s', async (kind, content, record) => {
    const { spec, records, missing, file } = await proposed('register.csv', content);
    expect([spec?.kind, missing, file.rejected, file.unreadableFields]).toEqual([kind, [], 0, 0]);
    expect(records[0]?.record).toMatchObject(record);
  });

  it('is asked for the names of its columns if its first row is a record', async () => {
    const { spec, unclear } = await proposed(
      'rows.csv',
      'sepa,ines@nb.example,2026-01-05\nfx,ines@nb.example,2026-02-05\n',
    );
    expect([spec, unclear]).toEqual([null, expect.stringMatching(/^its first row looks like a record/)]);
  });

  it('is not taken for one of keys because it has names', async () => {
    const servers = 'Hostname,Environment,Owner,Status\nweb-01,prod,Ines,active\nweb-02,test,Ines,active\n';
    const { spec, unclear, file } = await proposed('servers.csv', servers);
    expect([spec, file.state]).toEqual([null, 'unreadable']);
    expect(unclear).toMatch(/^its columns do not tell what its records are: .*"Hostname", "Environment"/);
  });
});

describe('a column', () => {
  it('of references names the keys rather than one of names, so that a log of rotations finds them', async () => {
    const { spec } = await proposed(
      'keys.csv',
      'Réf.;Nom de la clé;Dernière rotation\nCLE-1;Passerelle PSD2;13/07/2026\nCLE-2;SMS;14/07/2026\n',
    );
    expect(spec?.columns).toMatchObject({ key_id: 'Réf.', name: 'Nom de la clé' });
  });

  it.each([
    ['access keys of AWS', 'user,key,status,created', 'batch,AKIAEXAMPLEKEY000001,Active,2026-01-02', 'key'],
    ['secrets of Google', 'secret,made', 'projects/nb-pay/secrets/sepa,2026-01-02', 'secret'],
    [
      'secrets of AWS',
      'what,where',
      'sepa,arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf',
      'where',
    ],
    ['items of a vault', 'n,item,on', 'sepa,https://nb-pay.vault.azure.net/secrets/sepa,true', 'item'],
  ])('of %s makes a list that a query renamed one of keys', async (_what, header, row, column) => {
    const { spec, file } = await proposed('query.csv', `${header}\n${row}\n`);
    expect(spec).toMatchObject({ kind: 'keys', columns: { key_id: column } });
    expect(file).toMatchObject({ state: 'used', produced: { keys: 1 } });
  });

  it('of credentials makes no list of rotations one of keys', async () => {
    const { spec } = await proposed(
      'log.csv',
      'secret,step,at\nprojects/nb/secrets/sepa,rotated,2026-07-01\nprojects/nb/secrets/fx,rotated,2026-07-02\n',
    );
    expect(spec).toMatchObject({ kind: 'rotations', columns: { key_id: 'secret', step: 'step', at: 'at' } });
  });

  it('of environments is no column of ids, and one of names is', async () => {
    const { spec } = await proposed(
      'keys.csv',
      'Key Name,Env,Date Last Rotated\nCore – main key,Prod,2026-07-01\nCards – main key,QA,2026-07-02\n',
    );
    expect(spec?.columns).toMatchObject({ key_id: 'Key Name', environment: 'Env' });
  });

  it('of epoch seconds is no column of ids', async () => {
    const line = { event: 'rotated', by: 'vault', ticket: 'T-1' };
    const lines = [1782892800, 1747756800].map((stamp) =>
      JSON.stringify({ stamp, ...line, handle: `k-${stamp % 7}` }),
    );
    const { spec } = await proposed('log.ndjson', lines.join('\n'));
    expect(spec?.columns).toEqual({ step: 'event', actor: 'by', ticket: 'ticket', key_id: 'handle' });
  });

  it('with nothing but None states no network that a key is bound to', async () => {
    const { spec, left } = await proposed(
      'keys.csv',
      'Key Name,Last Rotated,MFA\nsepa,2026-07-01,None\ncards,2026-07-02,None\n',
    );
    expect(left).toEqual(['MFA']);
    expect(spec?.columns).not.toHaveProperty('ip_allowlist');
  });

  it('that takes its order of dates from another one is to be checked', async () => {
    const { spec, settings } = await proposed(
      'keys.csv',
      'Key Name,Date Created,Last Rotated\nsepa,02/03/2026,05/20/2026\ncards,02/04/2026,05/21/2026\n',
    );
    expect(spec?.dates).toBe('mdy');
    expect(settings.reasons).toEqual([expect.stringContaining('"05/20/2026"')]);
  });
});

describe('records inside an object', () => {
  it('are found by their columns, and those of objects in them by their path', async () => {
    const list = (names: string[]) =>
      names.map((name) => ({
        credentialId: name,
        properties: {
          state: 'active',
          createdDate: '2026-03-01T08:00:00Z',
          expiryTime: '2027-03-01T08:00:00Z',
        },
      }));
    const dump = { generatedAt: 1790726400, result: { page: 1, entries: list(['k-1', 'k-2']) } };
    const { spec, file, records } = await proposed('dump.json', JSON.stringify(dump));
    expect(spec?.columns).toEqual({
      key_id: 'credentialId',
      status: 'properties.state',
      created: 'properties.createdDate',
      expires: 'properties.expiryTime',
    });
    expect([file.records, file.rejected, file.produced]).toEqual([2, 0, { keys: 2 }]);
    expect(records.map(({ record }) => [record['key_id'], record['status']])).toEqual([
      ['k-1', 'active'],
      ['k-2', 'active'],
    ]);
  });

  it('are found in the lists of an API, whatever stands beside them', async () => {
    const key = {
      id: 'app-1',
      name: 'sepa',
      last_used_on: '2026-09-01T08:00:00Z',
      owner: { email: 'petra' },
    };
    const page = { object: 'list', data: [key, { ...key, id: 'app-2' }], has_more: false };
    const { spec, file } = await proposed('keys.json', JSON.stringify(page));
    expect(spec?.columns).toEqual({
      key_id: 'id',
      name: 'name',
      owner: 'owner.email',
      last_used: 'last_used_on',
    });
    expect(file.produced).toEqual({ keys: 2 });
  });

  it('are keys if they say so themselves, and are not if nothing does', async () => {
    const key = { id: 'apikey_01', object: 'organization.api_key', name: 'relay', status: 'active' };
    const said = await proposed('said.json', JSON.stringify([key, { ...key, id: 'apikey_02' }]));
    expect(said.spec?.columns).toMatchObject({ key_id: 'id', name: 'name', status: 'status' });
    const other = JSON.stringify([
      { ...key, object: 'workspace' },
      { ...key, id: 'w-2', object: 'workspace' },
    ]);
    expect((await proposed('other.json', other)).spec).toBeNull();
  });

  it('are none if an object is keyed by their ids', async () => {
    const keyed = JSON.stringify({ 'k-1': { owner: 'x' }, 'k-2': { owner: 'y' } });
    const { spec, unclear } = await proposed('by-id.json', keyed);
    expect([spec, unclear]).toEqual([null, expect.stringContaining('no list of records')]);
  });
});

it.each([
  ['LastRotatedDate', 'last_rotated'],
  ['access_key_last_used_date', undefined],
  ['Last Accessed', 'last_used'],
  ['last_used_on', 'last_used'],
  ['expiry_time', 'expires'],
  ['Vervalt op', 'expires'],
  ['Secret End Date', 'expires'],
  ['tokenExpirationDate', 'expires'],
  ['Key Created At', 'created'],
  ['CreateDate', 'created'],
  ['owner_email', 'owner'],
  ['Rotation Frequency', 'rotation_interval_days'],
  ['Rotationszyklus', 'rotation_interval_days'],
  ['Secret_Type', 'type'],
  ['vault_path', 'vault_ref'],
  ['End Date', undefined],
  ['Start Date', undefined],
])('the header %s of a register of keys is proposed for %s', (header, field) => {
  expect(fieldOfHeader('keys', header)).toBe(field);
});

it('names files that are not read for what they are', async () => {
  const ole = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]).toString('latin1');
  const zip = 'PK\u0003\u0004\u0014\0';
  const says = async (name: string, content: string) => {
    const absolute = join(FOLDER, name);
    writeFileSync(absolute, content, 'latin1');
    const [proposal] = await proposeSources({ absolute, path: name });
    return proposal?.file.warnings;
  };
  expect(await says('procedure.docx', zip)).toEqual([expect.stringMatching(/^a document: .*leave it out$/)]);
  expect(await says('old.doc', ole)).toEqual([expect.stringMatching(/^a document: /)]);
  expect(await says('mail.msg', ole)).toEqual([expect.stringMatching(/^an e-mail: save the files attached/)]);
  expect(await says('mail.eml', 'From: a\nTo: b\n\nhello\n')).toEqual([
    expect.stringMatching(/^an e-mail: /),
  ]);
  expect(await says('shot.png', '\u0089PNG\r\n\u001a\n\0')).toEqual([expect.stringMatching(/^a picture: /)]);
  expect(await says('page.html', '<html>x</html>')).toEqual([expect.stringMatching(/^a web page: /)]);
  expect(await says('get.ps1', 'Get-ADUser | Export-Csv\nGet-X | Export-Csv\n')).toEqual([
    expect.stringMatching(/^a script, program or document: /),
  ]);
  const outputs = { a: { sensitive: false, type: 'string', value: 'x' } };
  expect(await says('outputs.json', JSON.stringify(outputs))).toEqual([
    expect.stringMatching(/^outputs of Terraform: /),
  ]);
});
