import { createHmac } from 'node:crypto';
import { KeyproofError } from '../model/index.js';
import { localPartOf } from './emails.js';
import { ROLE_ORDER } from './people-fields.js';
import { foldName } from './words-of.js';

/** The people whom a pack names, each with the code that stands for the name. */
export type People = {
  /** Notes that texts are names of one person, with a role. The first is the one that the code is made of. */
  add(names: readonly (string | null)[], role: string | null): void;
  /** Returns what stands for each name, by its folded form. */
  shown(): Map<string, string>;
  /** Returns what stands for a name, which is one of a person from then on. */
  show(name: string): string;
};

type Person = { code: string; roles: Set<string> };

/** What stands where a name would, and is none. */
const NO_NAMES = new Set(['', 'never', 'none', 'unknown', 'not stated', 'null', 'n a', 'true', 'false']);

/**
 * Returns an empty list of people.
 * @param key who does not have it cannot tell from a name which code stands for it
 */
export function peopleWith(key: Uint8Array): People {
  const byName = new Map<string, Person>();
  const byOtherForm = new Map<string, Person>();
  const byCode = new Map<string, string>();

  function personOf(folded: string): Person {
    const known = byName.get(folded) ?? byOtherForm.get(folded);
    if (known) return known;
    const code = codeOf(folded, key);
    refuseSameCode(byCode.get(code) ?? folded, folded);
    byCode.set(code, folded);
    return { code, roles: new Set() };
  }

  function add(names: readonly (string | null)[], role: string | null): void {
    const stated = names.flatMap((name) => (name === null || NO_NAMES.has(foldName(name)) ? [] : [name]));
    const [first] = stated;
    if (first === undefined) return;
    const person = personOf(foldName(first));
    if (role !== null) person.roles.add(role);
    for (const name of stated) {
      if (!byName.has(foldName(name))) byName.set(foldName(name), person);
      for (const form of otherForms(name)) if (!byOtherForm.has(form)) byOtherForm.set(form, person);
    }
  }

  return {
    add,
    show: (name) => {
      add([name], null);
      const person = byName.get(foldName(name));
      return person === undefined ? name : shownPerson(person);
    },
    shown: () =>
      new Map([...byOtherForm, ...byName].map(([name, person]) => [name, shownPerson(person)] as const)),
  };
}

/**
 * Returns other forms of a name, folded, which stand for the person unless they are the name of somebody else: of
 * `anna.berg@bank.example` Anna Berg, of that Berg, Anna and annaberg, of `Anna Berg, Head of Payments` what stands before the comma.
 */
function otherForms(name: string): string[] {
  const parts = [localPartOf(name) ?? '', name.split(',')[0] ?? ''].map(foldName);
  const forms = [foldName(name), ...parts].flatMap(turnedAndJoined);
  return [...parts, ...forms].filter((form) => form.includes(' ') || forms.includes(form));
}

function turnedAndJoined(folded: string): string[] {
  const [first, second, third] = folded.split(' ');
  return first === undefined || second === undefined || third !== undefined
    ? []
    : [`${second} ${first}`, first + second];
}

function shownPerson({ code, roles }: Person): string {
  const role = ROLE_ORDER.find((each) => roles.has(each));
  return role === undefined ? `person ${code}` : `person ${code} (${role})`;
}

/** Letters and digits of which none looks like another; 32 of them, so that each is as likely. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Returns 40 bits of the HMAC-SHA-256 of a name, such as `3F7K-9QXB`. */
function codeOf(folded: string, key: Uint8Array): string {
  const bytes = createHmac('sha256', key).update(folded).digest().subarray(0, 8);
  const code = [...bytes].map((byte) => DIGITS[byte % DIGITS.length]).join('');
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

function refuseSameCode(before: string, now: string): void {
  if (before === now) return;
  throw new KeyproofError(
    '--redact-people: two people would have the same code; run it again, with another KEYPROOF_REDACTION_KEY if one is set.',
  );
}
