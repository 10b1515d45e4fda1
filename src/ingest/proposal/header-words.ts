import { foldWord } from '../fields/register-words.js';

/**
 * Headers of registers in English, German, French, Spanish, Italian, Portuguese, Dutch and Polish, as `headerText` writes
 * them, by the field of a key that they are proposed for. They are proposed only, and never decide how a file is read.
 */
const HEADERS: { readonly [field: string]: string } = {
  key_id:
    'key name|credential name|secret name|api key name|schlusselname|schlussel id|schlussel kennung|kennung|schlussel|nom de la cle|cle|id de la cle|nombre de la clave|clave|chiave|nome chiave|id chiave|chave|nome da chave|sleutel|sleutelnaam|klucz|nazwa klucza',
  environment: 'umgebung|environnement|entorno|ambiente|omgeving|srodowisko',
  owner:
    'owner team|verantwortlich|verantwortlicher|besitzer|eigentumer|ansprechpartner|responsable|proprietaire|propietario|proprietario|responsabile|responsavel|eigenaar|verantwoordelijke|wlasciciel',
  name: 'name|bezeichnung|nom|nombre|nome|naam|nazwa',
  rotation_enabled:
    'automatische rotation|autom rotation|auto rotation|rotation automatique|rotacion automatica|rotazione automatica|rotacao automatica|automatische rotatie|automatyczna rotacja',
  created:
    'erstellt|data di creazione|creazione|erstellt am|angelegt|angelegt am|cree le|date de creation|creado|creado el|fecha de creacion|creato il|data creazione|criado em|data de criacao|aangemaakt|aangemaakt op|utworzono|data utworzenia',
  last_rotated:
    'letzte rotation|zuletzt rotiert|letzter wechsel|gewechselt am|derniere rotation|ultima rotacion|ultima rotazione|ultima rotacao|laatste rotatie|ostatnia rotacja|ostatnia zmiana',
  last_used:
    'letzte nutzung|zuletzt verwendet|zuletzt genutzt|derniere utilisation|ultimo uso|ultimo utilizzo|laatst gebruikt|ostatnie uzycie',
  expires:
    'gultig bis|date dexpiration|date decheance|ablauf|ablaufdatum|gultigkeit bis|lauft ab|lauft ab am|expire le|date d expiration|date expiration|expiration|echeance|fecha de caducidad|caducidad|fecha de expiracion|data di scadenza|data de expiracao|data de validade|expira em|vence|vence el|caduca|fecha de vencimiento|scadenza|validade|vervaldatum|geldig tot|data waznosci|data wygasniecia|wazny do|wygasa',
  rotation_interval_days:
    'rotation alle|rotation alle tage|rotationsintervall|rotationsintervall tage|intervalle de rotation|intervalo de rotacion|intervallo di rotazione|rotatie interval',
  risk_tier:
    'risiko|risikostufe|kritikalitat|schutzbedarf|risque|criticite|riesgo|criticidad|rischio|criticita|risco|criticidade|ryzyko',
  status: 'zustand|statut|etat|estado|stato|stan',
  purpose: 'zweck|verwendungszweck|finalite|proposito|scopo|finalidade|doel|cel',
  type: 'typ|art|schlusselart|tipo',
};

const FIELDS = new Map(
  Object.entries(HEADERS).flatMap(([field, headers]) =>
    headers.split('|').map((header): [string, string] => [header, field]),
  ),
);

/** Headers of ids in registers that name each key as well. */
const IDS = new Set(
  'id|nr|nummer|lfd nr|kennung|identifiant|identificador|identificativo|identyfikator|identificatie'.split(
    '|',
  ),
);

/** Returns whether a header is one of the name of something. */
export function isNameHeader(header: string): boolean {
  return /name|\b(?:nom|nombre|nome|naam|nazwa)\b/.test(headerText(header));
}

/** Returns whether a header is one of an id, which says nothing of what has it. */
export function isIdHeader(header: string): boolean {
  return IDS.has(headerText(header));
}

/** Returns the field that a header of a register is proposed for; undefined if it is none that is known. */
export function fieldOfHeader(header: string): string | undefined {
  return FIELDS.get(headerText(header));
}

/** Returns a header in lower case, without accents and signs: `Gültig bis:` is `gultig bis`. */
function headerText(header: string): string {
  return foldWord(header)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
