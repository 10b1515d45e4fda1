import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseEnum } from '../../src/ingest/fields/values.js';
import { type Proposal, proposeSources } from '../../src/ingest/proposal/propose-source.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'keyproof-registers-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

// One register, kept in seven languages: what keyproof init proposes reads each alike.
const OWNER = 'ines.ferreira@marenholt.example';
const REGISTERS: { readonly [language: string]: readonly string[] } = {
  German: [
    'Register der API-Schlüssel;;;;;;;;',
    'Stand: 30.09.2026;;;;;;;;',
    'Kennung;Schlüsselname;Verantwortlicher;Umgebung;Erstellt am;Letzte Rotation;Gültig bis;Automatische Rotation;Status',
    `K-001;SEPA;${OWNER};Produktion;01.03.2025;15.06.2026;31.12.2026;ja;aktiv`,
    'K-002;Karten;unbekannt;PROD-EU;13.04.2025;nie;läuft nicht ab;nein;widerrufen',
    'Summe: 2;;;;;;;;',
  ],
  French: [
    'Registre des clés API au 30/09/2026;;;;;;;;',
    "Identifiant;Nom de la clé;Propriétaire;Environnement;Date de création;Dernière rotation;Date d'expiration;Rotation automatique;Statut",
    `K-001;SEPA;${OWNER};Production;01/03/2025;15/06/2026;31/12/2026;oui;active`,
    'K-002;Karten;inconnu;Production;13/04/2025;jamais;sans expiration;non;révoquée',
    'Total;2;;;;;;;',
  ],
  Spanish: [
    'ID;Nombre de la clave;Propietario;Entorno;Fecha de creación;Última rotación;Fecha de caducidad;Rotación automática;Estado',
    `K-001;SEPA;${OWNER};Producción;01/03/2025;15/06/2026;31/12/2026;sí;activa`,
    'K-002;Karten;desconocido;Producción ES;13/04/2025;nunca;sin caducidad;no;revocada',
  ],
  Italian: [
    'ID chiave;Nome;Responsabile;Ambiente;Data di creazione;Ultima rotazione;Scadenza;Rotazione automatica;Stato',
    `K-001;SEPA;${OWNER};Produzione;01/03/2025;15/06/2026;31/12/2026;sì;attiva`,
    'K-002;Karten;sconosciuto;Produzione (IT);13/04/2025;nessuna;senza scadenza;no;revocata',
  ],
  Polish: [
    'Identyfikator;Nazwa klucza;Właściciel;Środowisko;Data utworzenia;Ostatnia rotacja;Data wygaśnięcia;Automatyczna rotacja;Status',
    `K-001;SEPA;${OWNER};Produkcja;01.03.2025;15.06.2026;31.12.2026;tak;aktywny`,
    'K-002;Karten;nieznany;Produkcja;13.04.2025;nigdy;bez terminu;nie;unieważniony',
  ],
  Portuguese: [
    'Identificador;Nome da chave;Proprietário;Ambiente;Data de criação;Última rotação;Data de expiração;Rotação automática;Estado',
    `K-001;SEPA;${OWNER};Produção;01/03/2025;15/06/2026;31/12/2026;sim;ativa`,
    'K-002;Karten;desconhecido;Produção;13/04/2025;nunca;sem expiração;não;revogada',
  ],
  Dutch: [
    'Sleutel-ID;Naam;Eigenaar;Omgeving;Aangemaakt op;Laatste rotatie;Vervaldatum;Automatische rotatie;Status',
    `K-001;SEPA;${OWNER};Productie;01-03-2025;15-06-2026;31-12-2026;ja;actief`,
    'K-002;Karten;onbekend;Productie;13-04-2025;nooit;verloopt niet;nee;ingetrokken',
  ],
};

const day = (text: string) => ({
  state: 'known',
  ms: Date.parse(`${text}T00:00:00Z`),
  tolerance_ms: 86_399_999,
});
const never = { state: 'never', ms: null, tolerance_ms: 0 };
const READ = [
  {
    key_id: 'K-001',
    name: 'SEPA',
    owner: OWNER,
    environment: 'production',
    created: day('2025-03-01'),
    last_rotated: day('2026-06-15'),
    expires: day('2026-12-31'),
    rotation_enabled: true,
    status: 'active',
  },
  {
    key_id: 'K-002',
    name: 'Karten',
    environment: 'production',
    created: day('2025-04-13'),
    last_rotated: never,
    expires: never,
    rotation_enabled: false,
    status: 'revoked',
  },
];

it.each(Object.entries(REGISTERS))('a register in %s is read as it says', async (_language, lines) => {
  expect(await proposed(lines)).toEqual({ left: [], unread: 0, rejected: 0, records: READ });
});

it('takes the second row of a head for the names of columns', async () => {
  const { records } = await proposed([
    'Schlüssel;;Termine;;;Betrieb;',
    'ID;Name;Erstellt;Letzte Rotation;Ablauf;Umgebung;Verantwortlich',
    `K-001;SEPA;01.03.2025;15.06.2026;31.12.2026;Prd;${OWNER}`,
  ]);
  const { rotation_enabled: _, status: __, ...first } = READ[0] ?? {};
  expect(records).toEqual([first]);
});

it('takes an id over an id of rows, and a name for no id', async () => {
  const { records } = await proposed(['ID;Key ID;Status', 'Z-0001;gate-1;active', 'Z-0002;gate-2;active']);
  expect(records.map(({ key_id }) => key_id)).toEqual(['gate-1', 'gate-2']);
});

it.each([
  ['PROD-EU', 'production'],
  ['prod_eu-west-1', 'production'],
  ['prod us-gov-west-1', 'production'],
  ['Test (ap-southeast-2)', 'test'],
  ['prod-europe-west12', 'production'],
  ['Produktion (DE)', 'production'],
  ['prd 2', 'production'],
  ['DEV-EU', 'development'],
  ['pre-prod', 'staging'],
  ['Collaudo', 'staging'],
  ['no prod', null],
  ['non-prod-eu', null],
  ['prod-like', null],
  ['prod-qa', null],
  ['Prod QS', null],
  ['prod ca', null],
  ['prod gov', null],
  ['prod-copy-eu', null],
])('%s is the environment %s', (text, environment) => {
  const read = parseEnum(text, ['production', 'staging', 'development', 'test', 'sandbox']);
  expect(read.ok ? read.value : null).toBe(environment);
});

it('shows an environment that is none as it is written', () => {
  const read = parseEnum('blue-17', ['production', 'test']);
  expect(read.ok || read.reason).toContain('"blue-17"');
});

/** What the proposal for a register reads in it. */
async function proposed(lines: readonly string[]) {
  const path = join(FOLDER, 'register.csv');
  writeFileSync(path, `${lines.join('\r\n')}\r\n`);
  const [proposal] = await proposeSources({ absolute: path, path: 'register.csv' });
  const { records, left, file } = proposal as Proposal;
  return {
    left,
    unread: file.unreadableFields,
    rejected: file.rejected,
    records: records.map(({ record }) => stated(record)),
  };
}

/** A record without where it comes from, and what it does not state. */
function stated({ source: _, stated_by: __, ...record }: Record<string, unknown>): Record<string, unknown> {
  const known = Object.entries(record).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(known);
}
