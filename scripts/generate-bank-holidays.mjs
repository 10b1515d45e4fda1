import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

// Writes policies/lib/bank_holidays.rego: the bank holidays of the European Economic Area and the federal holidays of the United
// States. date-holidays (ISC, data CC-BY-3.0, 45 MB) is no dependency of keyproof, so it is installed elsewhere:
//   npm install --prefix FOLDER date-holidays@3.37.0 && node scripts/generate-bank-holidays.mjs FOLDER
const YEARS = [2025, 2026, 2027, 2028, 2029, 2030];
const EEA = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(
  ' ',
);
const TARGET_HOLIDAYS = { 'Good Friday': -2, 'Easter Monday': 1 };
const TARGET_DAYS = ['01-01', '05-01', '12-25', '12-26'];
const ZONES = {
  'Europe/Lisbon': ['IE', 'IS', 'PT'],
  'Europe/Helsinki': 'BG CY EE FI GR LT LV RO'.split(' '),
};

const folder = process.argv[2];
if (folder === undefined) throw new Error('Name the folder that date-holidays is installed in.');
const Holidays = createRequire(join(resolve(folder), 'package.json'))('date-holidays');

const target = '../policies/lib/bank_holidays.rego';
writeFileSync(new URL(target, import.meta.url), module());

function module() {
  return `# METADATA
# title: Bank holidays
# description: >-
#   Days from Monday to Friday that are holidays, by country and year, as month and day. \`certain\` are public holidays
#   of the whole country; \`possible\` are further days on which banks are usually closed, or TARGET is. Holidays of a
#   region are in neither. Written by scripts/generate-bank-holidays.mjs from date-holidays 3.37.0 (ISC; data
#   CC-BY-3.0, https://github.com/commenthol/date-holidays).
package lib.bank_holidays

# The years listed, in ms since 1970: from the first moment of the first to the first moment after the last.
known_from := ${Date.UTC(YEARS[0], 0)}

known_until := ${Date.UTC(YEARS.at(-1) + 1, 0)}

certain := ${table([...EEA, 'US'], certain)}

possible := ${table(EEA, possible)}

# The time zone of a country, if it is not that of Brussels.
zones := ${indented(Object.fromEntries(Object.entries(ZONES).flatMap(([zone, countries]) => countries.map((each) => [each, each === 'IS' ? 'Atlantic/Reykjavik' : zone]))))}

# Hours ahead of UTC in winter, and from the moment of each change of the clocks, in ms since 1970.
winter_hours := ${indented({ 'Europe/Brussels': 1, 'Europe/Lisbon': 0, 'Europe/Helsinki': 2, 'Atlantic/Reykjavik': 0, 'America/New_York': -5 })}

summer := {
	"Europe": ${list(YEARS.map((year) => [lastSunday(year, 2), lastSunday(year, 9)]))},
	"America": ${list(YEARS.map((year) => [Date.UTC(year, 2, 8 + sunday(year, 2, 8), 7), Date.UTC(year, 10, 1 + sunday(year, 10, 1), 6)]))},
}
`;
}

function table(countries, days) {
  const rows = countries.map((country) => {
    const years = YEARS.map((year) => `\t\t"${year}": "${days(country, year).join(' ')}",`);
    return `\t"${country}": {\n${years.join('\n')}\n\t},`;
  });
  return `{\n${rows.join('\n')}\n}`;
}

function indented(object) {
  const rows = Object.entries(object).map(
    ([name, value]) => `\t${JSON.stringify(name)}: ${JSON.stringify(value)},`,
  );
  return `{\n${rows.join('\n')}\n}`;
}

function list(pairs) {
  return `[\n${pairs.map(([from, to]) => `\t\t[${from}, ${to}],`).join('\n')}\n\t]`;
}

function certain(country, year) {
  return weekdays(year, stated(country, year, 'public'));
}

function possible(country, year) {
  const known = certain(country, year);
  const days = [...stated(country, year, 'bank'), ...closingDaysOfTarget(year)];
  return weekdays(year, days).filter((day) => !known.includes(day));
}

function stated(country, year, kind) {
  const days = new Holidays(country).getHolidays(year).filter(({ type }) => type === kind);
  return days.map(({ date }) => date.slice(5, 10));
}

function closingDaysOfTarget(year) {
  const easter = new Holidays('NL').getHolidays(year).find(({ rule }) => rule === 'easter');
  const sunday = Date.parse(`${easter.date.slice(0, 10)}T00:00:00Z`);
  const moved = Object.values(TARGET_HOLIDAYS).map((days) => new Date(sunday + days * 86_400_000));
  return [...TARGET_DAYS, ...moved.map((date) => date.toISOString().slice(5, 10))];
}

function weekdays(year, days) {
  const open = (day) => ![0, 6].includes(new Date(`${year}-${day}T00:00:00Z`).getUTCDay());
  return [...new Set(days)].filter(open).sort();
}

function lastSunday(year, month) {
  const end = new Date(Date.UTC(year, month, 31, 1));
  return end.getTime() - end.getUTCDay() * 86_400_000;
}

/** Days from a day of a month to the Sunday that follows, or is, it. */
function sunday(year, month, day) {
  return (7 - new Date(Date.UTC(year, month, day)).getUTCDay()) % 7;
}
