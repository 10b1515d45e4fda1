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
  created:
    'erstellt|erstellt am|angelegt|angelegt am|cree le|date de creation|creado|creado el|fecha de creacion|creato il|data creazione|criado em|data de criacao|aangemaakt|aangemaakt op|utworzono|data utworzenia',
  last_rotated:
    'letzte rotation|zuletzt rotiert|letzter wechsel|gewechselt am|derniere rotation|ultima rotacion|ultima rotazione|ultima rotacao|laatste rotatie|ostatnia rotacja',
  last_used:
    'letzte nutzung|zuletzt verwendet|zuletzt genutzt|derniere utilisation|ultimo uso|ultimo utilizzo|laatst gebruikt|ostatnie uzycie',
  expires:
    'gultig bis|ablaufdatum|lauft ab|lauft ab am|expire le|date d expiration|vence|vence el|caduca|fecha de vencimiento|scadenza|validade|vervaldatum|geldig tot|data waznosci|wygasa',
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
