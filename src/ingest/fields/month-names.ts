/**
 * Month words, whole or as commonly shortened, in English, German, French, Spanish, Italian, Portuguese, Dutch and
 * Polish, lower case, one line a month. No word means two months in these languages; `lip` and `lis` (Polish) are left out,
 * because they are other months in Croatian.
 */
const MONTHS = [
  'january jan januar jänner jaenner janvier janv enero ene gennaio gen janeiro januari styczeń stycznia sty',
  'february feb februar feber février fevrier févr fevr fév fev febrero febbraio fevereiro februari luty lutego lut',
  'march mar märz maerz mär mrz mars marzo março marco maart mrt marzec marca',
  'april apr avril avr abril abr aprile kwiecień kwietnia kwi',
  'may mai mayo maggio mag maio mei maj maja',
  'june jun juni juin junio giugno giu junho czerwiec czerwca cze',
  'july jul juli juillet juil julio luglio lug julho lipiec lipca',
  'august aug août aout agosto ago augustus sierpień sierpnia sie',
  'september sep sept septembre septiembre setiembre settembre set setembro wrzesień września wrz',
  'october oct oktober okt octobre octubre ottobre ott outubro out październik października paź',
  'november nov novembre noviembre novembro listopad listopada',
  'december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro grudzień grudnia gru',
];

const NUMBERS = new Map(
  MONTHS.flatMap((words, index) => words.split(' ').map((word): [string, number] => [word, index + 1])),
);

/** Returns the month number, 1 to 12, of a whole month word or its common abbreviation; 0 if it is none. */
export function monthNumber(word: string): number {
  return NUMBERS.get(word.normalize('NFC').toLowerCase()) ?? 0;
}
