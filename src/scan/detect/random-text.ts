import { entropyOf } from './entropy.js';

/** Longer texts are data, characters. */
const MOST = 1_200;
const CHARACTERS = /^[A-Za-z0-9][A-Za-z0-9+/=_.~-]*$/;
const HEX = /^(?:[0-9a-f]+|[0-9A-F]+)$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Public keys: of NATS, of which only seeds, which begin with S, are secret, and of X.509 in base64. */
const PUBLIC = /^[OAUNCMX][A-Z2-7]{55}$|^(?:MII[BC]I[jDT]|MIG[efJ]MA0|MFkwEwYH|MFwwDQYJ|MHYwEAYH|MCowBQYD)/;

/** Pairs of letters that most of the text of English, and of names in programs, is made of. */
const COMMON_PAIRS = new Set(
  'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke ui da do ap se rd ey ck cr oo ag up ef fa ff qu ue ub'.split(
    ' ',
  ),
);
/** How often digits and letters follow each other, and the share of common pairs below which a text is no words. */
const LIMITS: readonly { turns: number; share: number; length: number }[] = [
  { turns: 3, share: 0.62, length: 0 },
  { turns: 1, share: 0.42, length: 20 },
  { turns: 0, share: 0.36, length: 28 },
];

/** Returns whether a text of one word was made by a machine: uneven, and no words, path, version or file name. */
export function isMachineMade(text: string, leastLength: number): boolean {
  if (text.length < leastLength || text.length > MOST || !CHARACTERS.test(text) || PUBLIC.test(text))
    return false;
  if (UUID.test(text)) return true;
  const turns = turnsOf(text);
  if (HEX.test(text)) return text.length >= 24 && turns >= 3 && entropyOf(text) >= 2.8;
  if (entropyOf(text) < 3.2) return false;
  const share = commonShare(text);
  return LIMITS.some((limit) => turns >= limit.turns && text.length >= limit.length && share < limit.share);
}

/** Shortest password that is told for one that a program drew, characters. */
const LEAST_PASSWORD = 10;
const KINDS_OF_CHARACTERS = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/];

/** Returns whether a password was drawn by a program: letters of both cases, digits and marks, and hardly a common pair of letters. */
export function isGeneratedPassword(text: string): boolean {
  return (
    text.length >= LEAST_PASSWORD &&
    text.length <= 64 &&
    KINDS_OF_CHARACTERS.every((kind) => kind.test(text)) &&
    !/[A-Za-z]{6}/.test(text) &&
    commonShare(text) < 0.3 &&
    entropyOf(text) >= 3
  );
}

/** Returns how often a digit follows a letter or a letter a digit. */
function turnsOf(text: string): number {
  return text.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0;
}

/** Returns the share of common ones among the pairs of letters of a text. */
function commonShare(text: string): number {
  let [pairs, common] = [0, 0];
  const small = text.toLowerCase();
  for (let at = 0; at + 1 < small.length; at += 1) {
    const pair = small.slice(at, at + 2);
    if (!/^[a-z]{2}$/.test(pair)) continue;
    pairs += 1;
    if (COMMON_PAIRS.has(pair)) common += 1;
  }
  return pairs === 0 ? 0 : common / pairs;
}
