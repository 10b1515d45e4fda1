import type { RecordKind } from '../../model/index.js';
import { foldWord } from '../fields/register-words.js';

/** Headers by the field that they are proposed for, `|` between them. */
type Headers = { readonly [field: string]: string };

/**
 * Headers of registers in English, German, French, Spanish, Italian, Portuguese, Dutch and Polish, as `headerText` writes
 * them, by the field of a record that they are proposed for. They are proposed only, and never decide how a file is read.
 */
const KEYS: Headers = {
  key_id:
    'key name|credential name|secret name|api key name|schlusselname|schlussel id|schlussel kennung|kennung|schlussel|nom de la cle|cle|id de la cle|nombre de la clave|clave|chiave|nome chiave|id chiave|chave|nome da chave|sleutel|sleutelnaam|klucz|nazwa klucza|token id|token name|sleutel id|chave id|klucz id|chiave id|clave id|cle id|identifiant de la cle|identificador de la clave|identificador da chave|identificativo chiave|identyfikator klucza|schlusselkennung|samaccountname|id klucza|nombre clave|nom cle',
  environment: 'umgebung|environnement|entorno|ambiente|omgeving|srodowisko|environment|env name',
  owner:
    'owner email|owner e mail|owner mail|owner name|technical owner|business owner|owner user name|owner username|custodian|responsible person|responsible team|team|owner team|verantwortlich|verantwortlicher|besitzer|eigentumer|ansprechpartner|responsable|proprietaire|propietario|proprietario|responsabile|responsavel|eigenaar|verantwoordelijke|wlasciciel|owner|owned by|owning team|managed by',
  name: 'name|bezeichnung|nom|nombre|nome|naam|nazwa',
  rotation_enabled:
    'automatische rotation|autom rotation|auto rotation|rotation automatique|rotacion automatica|rotazione automatica|rotacao automatica|automatische rotatie|automatyczna rotacja',
  created:
    'erstellt|data di creazione|creazione|erstellt am|angelegt|angelegt am|cree le|date de creation|creado|creado el|fecha de creacion|creato il|data creazione|criado em|data de criacao|aangemaakt|aangemaakt op|utworzono|data utworzenia|date created|created on|creation time|whencreated|datum aanmaak|aanmaakdatum|erstellungsdatum|fecha creacion|data criacao',
  last_rotated:
    'last rotation|letzte rotation|zuletzt rotiert|letzter wechsel|gewechselt am|derniere rotation|ultima rotacion|ultima rotazione|ultima rotacao|laatste rotatie|ostatnia rotacja|ostatnia zmiana|date last rotated|last rotated on|last rotation date|passwordlastset|password last set|data ostatniej rotacji|date de derniere rotation|date derniere rotation|datum der letzten rotation|fecha de ultima rotacion|fecha ultima rotacion|data ultima rotazione|data di ultima rotazione|data da ultima rotacao|datum laatste rotatie',
  last_used:
    'letzte nutzung|zuletzt verwendet|zuletzt genutzt|derniere utilisation|ultimo uso|ultimo utilizzo|laatst gebruikt|ostatnie uzycie|last retrieved|last activity|lastlogondate|last logon|data ostatniego uzycia|date de derniere utilisation|data ultimo utilizzo|fecha de ultimo uso|data da ultima utilizacao|datum laatste gebruik|ultima utilizacao',
  expires:
    'gultig bis|date dexpiration|date decheance|ablauf|ablaufdatum|gultigkeit bis|lauft ab|lauft ab am|expire le|date d expiration|date expiration|expiration|echeance|fecha de caducidad|caducidad|fecha de expiracion|data di scadenza|data de expiracao|data de validade|expira em|vence|vence el|caduca|fecha de vencimiento|scadenza|validade|vervaldatum|vervalt|vervalt op|verloopt|verloopt op|geldig tot|data waznosci|data wygasniecia|wazny do|wygasa|data wygasniecia klucza|termin waznosci',
  rotation_interval_days:
    'rotation frequency|rotation period|rotation cycle|rotationsfrequenz|rotationszyklus|frequence de rotation|frecuencia de rotacion|frequenza di rotazione|frequencia de rotacao|rotatiefrequentie|czestotliwosc rotacji|rotation alle|rotation alle tage|rotationsintervall|rotationsintervall tage|intervalle de rotation|intervalo de rotacion|intervallo di rotazione|rotatie interval',
  risk_tier:
    'risiko|risikostufe|kritikalitat|schutzbedarf|risque|criticite|riesgo|criticidad|rischio|criticita|risco|criticidade|ryzyko|risk rating|risk level|risk class|business criticality|poziom ryzyka|krytycznosc|niveau de risque|nivel de riesgo|livello di rischio|nivel de risco|risiconiveau|kriticiteit|risico',
  status: 'zustand|statut|etat|estado|stato|stan',
  purpose:
    'description|used for|use case|business purpose|beschreibung|description de l usage|descripcion|descrizione|descricao|omschrijving|opis|zweck|verwendungszweck|finalite|proposito|scopo|finalidade|doel|cel',
  type: 'secret type|credential type|key type|token type|type of key|type of secret|schlusseltyp|type de cle|type de secret|tipo de clave|tipo de secreto|tipo di chiave|tipo de chave|type sleutel|typ klucza|typ|art|schlusselart|tipo',
  vault_ref: 'vault path|vault reference|secret path|path in vault|pfad im tresor|chemin du coffre',
  vendor:
    'third party|supplier|service provider|lieferant|anbieter|dienstleister|fournisseur|prestataire|proveedor|fornitore|fornecedor|leverancier|dostawca',
  scopes:
    'scope|permission|privileges|scope perms|current permissions|granted permissions|access scope|access scopes|scopes|access level|berechtigungen|rechte|perimetre d acces|perimetre dacces|droits|droits d acces|permisos|alcance|permessi|permissoes|rechten|zakres uprawnien|uprawnienia',
  encrypted_at_rest:
    'verschlusselt gespeichert|chiffree au repos|chiffre au repos|cifrada en reposo|cifrata a riposo|cifrada em repouso|versleuteld opgeslagen',
};

/** Headers of other registers: only those that name what they are about. */
const OTHERS: { readonly [kind in RecordKind]?: Headers } = {
  rotations: {
    key_id: KEYS['key_id'] ?? '',
    at: 'datum|zeitpunkt|datum uhrzeit|date et heure|date de rotation|fecha|fecha y hora|fecha de rotacion|data|data e ora|data rotazione|data e hora|data rotacji|datum rotatie|rotationsdatum|rotation date|ts',
    step: 'action|event|schritt|vorgang|aktion|operation|accion|operacion|azione|operazione|acao|handeling|actie|czynnosc|operacja',
    actor:
      'by|durchgefuhrt von|ausgefuhrt von|realise par|effectue par|realizado por|eseguito da|executado por|uitgevoerd door|wykonal|wykonane przez',
    ticket:
      'n de ticket|numero de ticket|ticketnummer|ticket nr|n ticket|numero ticket|numer zgloszenia|zgloszenie|referencia|meldingsnummer',
    status: 'ergebnis|resultat|resultado|esito|resultaat|wynik|status|statut|stato|estado',
  },
  grants: {
    principal_id:
      'benutzer|benutzername|utilisateur|usuario|utente|utilizador|gebruiker|uzytkownik|user name|nom d utilisateur',
    key_id: `${KEYS['key_id']}|application|anwendung|applikation|aplicacion|applicazione|aplicacao|applicatie|aplikacja`,
    role: 'role|entitlement|rolle|berechtigung|habilitation|profil|rol|permiso|ruolo|permesso|abilitazione|perfil|permissao|recht|uprawnienie',
    granted_at:
      'erteilt am|date d attribution|date dattribution|fecha de concesion|data concessione|data de atribuicao|toegekend op|data nadania',
    reviewed_at:
      'review date|gepruft am|prufdatum|date de la revue|date de revue|fecha de revision|data revisione|data di revisione|data da revisao|beoordeeld op|data przegladu',
    reviewer:
      'prufer|gepruft von|valideur|revu par|revisor|revisado por|revisore|revisionato da|beoordelaar|beoordeeld door|osoba przegladajaca|przegladajacy',
    decision: 'entscheidung|decision|decisione|decisao|beslissing|besluit|decyzja',
  },
  principals: {
    principal_id:
      'personalnummer|mitarbeiternummer|matricule|numero de empleado|matricola|numero de funcionario|personeelsnummer|numer pracownika|employee id|employee number',
    name: 'name|nachname|nom|apellidos|nombre|cognome|nome|achternaam|naam|nazwisko|employee name',
    departed_at:
      'austrittsdatum|austritt|date de depart|fecha de baja|fecha de salida|data cessazione|data di cessazione|data uscita|data de saida|datum uit dienst|uitdiensttreding|data odejscia|data zwolnienia|termination date|last day',
    department: 'abteilung|service|departement|departamento|reparto|ufficio|afdeling|dzial',
    status: KEYS['status'] ?? '',
  },
  events: {
    key_id: 'api key id|apikey id|consumer key id|credential id|kid',
    at: 'time|time iso8601|time local|start time',
    action: 'request method|http method|http verb|request verb',
    actor: 'consumer|consumer name|consumer username|remote user',
    http_status: 'status|status code|response status|response code|http status code',
    source_ip: 'remote addr|remote address|remote ip|client ip|client address|downstream remote address',
    route_id: 'route|route name',
    latency_ms: 'duration ms|latency|response time ms',
  },
  incidents: {
    incident_id:
      'vorfall nr|vorfallnummer|vorfall id|n d incident|n dincident|numero d incident|id incidente|n incidente|numero de incidente|incidentnummer|numer incydentu|incident number|incident no',
    title: 'titel|titre|titulo|titolo|tytul|betreff|objet',
    severity: 'schweregrad|gravite|gravedad|gravita|gravidade|ernst|waga',
    detected_at:
      'erkannt am|entdeckt am|date de detection|fecha de deteccion|data rilevazione|data di rilevazione|data de detecao|gedetecteerd op|data wykrycia|date detected',
    closed_at:
      'geschlossen am|date de cloture|fecha de cierre|data chiusura|data de encerramento|gesloten op|data zamkniecia|date closed',
    key_ids:
      'betroffene schlussel|cles concernees|claves afectadas|chiavi coinvolte|chaves afetadas|betrokken sleutels|klucze',
  },
  vendors: {
    vendor_id:
      'vendor name|vendor|supplier name|lieferant|dienstleister|nom du fournisseur|fournisseur|proveedor|nombre del proveedor|fornitore|nome fornitore|fornecedor|leverancier|nazwa dostawcy|dostawca',
    contract_signed_at:
      'contract start|vertragsbeginn|vertrag vom|date du contrat|date de signature|fecha de contrato|fecha de firma|data contratto|data firma|contractdatum|data podpisania umowy',
    contract_expires:
      'contract end|vertragsende|fin de contrat|fin de contrato|vencimiento del contrato|scadenza contratto|einddatum contract|umowa wazna do',
    assessed_at:
      'last assessed|risk assessment date|bewertet am|date d evaluation|date devaluation|fecha de evaluacion|data valutazione|data da avaliacao|beoordeeld op|data oceny ryzyka|data oceny',
    status: KEYS['status'] ?? '',
  },
};

const FIELDS = new Map(
  Object.entries({ keys: KEYS, ...OTHERS }).map(([kind, headers]) => [kind, fieldsOf(headers)]),
);

function fieldsOf(headers: Headers): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(headers).flatMap(([field, words]) =>
      words.split('|').map((word): [string, string] => [word, field]),
    ),
  );
}

/** Headers of ids in registers that name each key as well. */
const IDS = new Set(
  'id|ref|reference|referenz|referencia|riferimento|referencja|referentie|nr|nummer|lfd nr|kennung|identifiant|identificador|identificativo|identyfikator|identificatie'.split(
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

/**
 * Returns the field of a kind that a header of a register is proposed for; undefined if it is none that is known. A time of a key is
 * told also by its words in another form (`LastRotatedDate`, `expiry_time`).
 */
export function fieldOfHeader(kind: RecordKind, header: string): string | undefined {
  const own = ownHeader(header).replaceAll('.', ' ');
  const texts = [headerText(own), headerText(own.replace(/([a-z\d])([A-Z])/g, '$1 $2'))];
  const fields = FIELDS.get(kind);
  return (
    texts.map((text) => fields?.get(text)).find((field) => field !== undefined) ??
    (kind === 'keys' ? timeOfKey(texts.at(-1) ?? '') : undefined)
  );
}

/** Objects that hold members of the record that they are in, and are no thing of their own. */
const HOLDERS = /^(?:(?:properties|attributes|metadata|details|info|fields|data|spec|tags|labels)\.)+/i;

/** Returns the header of a column, of a member in an object without what only holds it: `properties.state` is `state`, `owner.id` is not `id`. */
export function ownHeader(header: string): string {
  return header.replace(HOLDERS, '');
}

/** Times of a key by their words, without what they are of and that they are times. */
const TIMES: Headers = {
  created: 'created|create|creation|made',
  last_rotated: 'last rotated|last rotation|rotated|last rotate|last changed by rotation',
  last_used: 'last used|last use|last usage|last access|last accessed|last seen|last authenticated',
  expires: 'expires|expire|expiry|expiration|valid until|valid to|valid till|not after',
  revoked: 'revoked|revocation|revoke',
};

/** What names a time of a key only beside a word for the key: contracts and people have beginnings and ends as well. */
const TIMES_OF_A_KEY: Headers = { created: 'start|begin|issued|issue', expires: 'end|ends' };

const OF_KEY = /^(?:api )?(?:key|secret|token|credential|certificate|cert|password)s? /;
const IS_TIME = / (?:date|time|datetime|date time|timestamp|at|on|day)$/;

const TIME_FIELDS = fieldsOf(TIMES);
const KEY_TIME_FIELDS = fieldsOf(TIMES_OF_A_KEY);

function timeOfKey(text: string): string | undefined {
  const words = text
    .replace(/^date (?:of )?/, '')
    .replace(IS_TIME, '')
    .replace(IS_TIME, '');
  const bare = words.replace(OF_KEY, '');
  return TIME_FIELDS.get(bare) ?? (bare === words ? undefined : KEY_TIME_FIELDS.get(bare));
}

/**
 * Returns a header in lower case, without accents and signs, the zone of its times and the `u_` of columns that a bank added to
 * ServiceNow: `Gültig bis:` is `gultig bis`, `u_created_on (UTC)` is `created on`.
 */
function headerText(header: string): string {
  return foldWord(header)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(/^u (?=\w)| (?:utc|gmt)$/g, '');
}
