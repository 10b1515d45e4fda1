/**
 * Words of registers in German, French, Spanish, Italian, Portuguese, Dutch and Polish, as `foldWord` writes them, by the
 * canonical value they stand for. A word may be listed twice; the field decides which is meant. Left out on purpose: words
 * that are two values of one field in two languages or banks.
 */
const WORDS: { readonly [value: string]: string } = {
  production:
    'produktion produktiv produktivumgebung produktionsumgebung produktivsystem produccion produzione producao productie productieomgeving produkcja produkcyjne produkcyjny produkcyjna en-production',
  staging:
    'abnahme abnahmeumgebung collaudo ambiente-di-collaudo qualification vorproduktion preproduktion preproduction preproduccion pre-produccion preproduzione pre-produzione pre-producao preproducao recette homologation homologacion homologacao acceptatie acceptatieomgeving preprodukcja przedprodukcyjne',
  development:
    'entwicklung entwicklungsumgebung entwicklungssystem developpement desarrollo sviluppo desenvolvimento ontwikkeling rozwoj rozwojowe deweloperskie',
  test: 'testumgebung testsystem tests prueba pruebas teste testes testomgeving testy testowe testowy integrationstest',
  sandbox: 'sandkasten bac-a-sable zandbak piaskownica',
  critical:
    'kritisch kritische kritischer critique critico critica kritiek krytyczny krytyczna krytyczne sehr-hoch tres-eleve tres-elevee muy-alto muy-alta molto-alto molto-alta muito-alto muito-alta zeer-hoog bardzo-wysoki bardzo-wysokie bardzo-wysoka',
  high: 'hoch hohes hohe hoher eleve elevee haut haute alto alta elevado elevada elevato elevata hoog hoge wysoki wysoka wysokie',
  medium:
    'mittel mittlere mittleres mittlerer moyen moyenne medio media gemiddeld middel middelmatig sredni srednia srednie',
  low: 'niedrig niedriges gering geringes tief faible bas basse bajo baja basso bassa baixo baixa laag lage niski niska niskie',
  active:
    'aktiv aktive aktiviert in-betrieb in-gebrauch actif active activo activa attivo attiva ativo ativa actief aktywny aktywna aktywne en-service en-uso in-uso em-uso in-gebruik',
  inactive:
    'inaktiv deaktiviert gesperrt stillgelegt inactif inactive desactive desactivee bloque bloquee inactivo inactiva desactivado desactivada bloqueado bloqueada inattivo inattiva disattivato disattivata bloccato bloccata inativo inativa desativado desativada inactief gedeactiveerd uitgeschakeld geblokkeerd nieaktywny nieaktywna nieaktywne wylaczony wylaczone zablokowany zablokowana zablokowane',
  suspended:
    'gesperrt deaktiviert inaktiv suspendiert suspendu suspendue suspendido suspendida sospeso sospesa suspenso suspensa opgeschort geschorst zawieszony zawieszona bloque bloquee bloqueado bloqueada bloccato bloccata geblokkeerd zablokowany zablokowana',
  revoked:
    'widerrufen zuruckgezogen entzogen revoque revoquee revocado revocada revocato revocata revogado revogada ingetrokken uniewazniony uniewaznione odwolany odwolane cofniety revocation revocacion revoca revogacao intrekking widerruf uniewaznienie',
  expired:
    'abgelaufen expire expiree caducado caducada expirado expirada scaduto scaduta verlopen wygasly wygasle wygasla',
  destroyed:
    'geloscht geloescht vernichtet supprime supprimee detruit eliminado eliminada borrado eliminato eliminata cancellato apagado excluido verwijderd vernietigd usuniety usuniete zniszczony',
  left: 'ausgeschieden ausgetreten gekundigt parti baja desligado uit-dienst zwolniony',
  terminated:
    'beendet gekundigt resilie terminado terminada cessato cessata encerrado beeindigd zakonczony zakonczona',
  success:
    'erfolgreich erfolg reussi reussie succes exito exitoso correcto riuscito riuscita successo sucesso geslaagd gelukt sukces powodzenie abgeschlossen termine terminee completado completada completato completata concluido concluida voltooid afgerond zakonczone',
  failure:
    'fehlgeschlagen fehler gescheitert erfolglos echec echoue fallido fallida fallo fallito fallita falha falhou mislukt niepowodzenie',
  keep: 'behalten beibehalten bestatigt bestaetigt genehmigt zugestimmt conserver conserve maintenu maintenir approuve approuvee mantener mantenido aprobado aprobada mantenere mantenuto approvato approvata manter mantido aprovado aprovada behouden goedgekeurd utrzymac utrzymano zatwierdzony zatwierdzono',
  approved:
    'genehmigt freigegeben approuve approuvee aprobado aprobada approvato approvata aprovado aprovada goedgekeurd zatwierdzony zatwierdzono',
  rejected:
    'abgelehnt refuse refusee rejete rejetee rechazado rechazada rifiutato rifiutata rejeitado rejeitada afgewezen odrzucony odrzucono',
  revoke:
    'entziehen entzogen entfernen entfernt abgelehnt widerrufen retirer retire revoquer revoque refuse rejete revocar revocado quitar rechazado revocare revocato rimuovere rimosso rifiutato revogar revogado remover rejeitado intrekken ingetrokken afgewezen odebrac odebrano odrzucony odrzucono',
  none: 'ausstehend nicht-gepruft nicht-geprueft keine-entscheidung en-attente non-revu non-revue pendiente sin-revisar in-attesa non-rivisto pendente nao-revisto in-afwachting niet-beoordeeld oczekuje niesprawdzony notreviewed dontknow dont-know',
  open: 'offen ouvert ouverte abierto abierta aperto aperta aberto aberta openstaand otwarty otwarta',
  closed:
    'geschlossen erledigt ferme fermee clos cerrado cerrada chiuso chiusa fechado fechada gesloten afgesloten zamkniety zamknieta',
  human:
    'mitarbeiter mitarbeiterin benutzer mensch utilisateur personne usuario persona utente utilizador pessoa gebruiker persoon medewerker uzytkownik osoba',
  rotated: 'rotacja rotacion rotazione rotacao rotatie rotiert',
  created:
    'creation creacion creazione criacao erstellt erstellung cree creee creado creada creato creata criado criada aangemaakt utworzenie utworzono',
};

const MEANINGS = new Map<string, string[]>();
for (const [value, words] of Object.entries(WORDS)) {
  for (const word of words.split(' ')) MEANINGS.set(word, [...(MEANINGS.get(word) ?? []), value]);
}

/** Returns canonical values that a word of a register in another language can stand for; none if it is not known. */
export function meaningsOf(word: string): readonly string[] {
  return MEANINGS.get(foldWord(word)) ?? [];
}

/** A word with nothing to fold but its case. */
const PLAIN_WORD = /^[A-Za-z\d-]+$/;

/**
 * Returns a word in lower case, without accents, spaces and underscores as hyphens: `Nicht geprüft` is `nicht-gepruft`.
 */
export function foldWord(text: string): string {
  if (PLAIN_WORD.test(text)) return text.toLowerCase();
  return text
    .trim()
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .replace(/['’.]/g, '')
    .replace(/[\s_/]+/g, '-');
}
