import type { Detected } from './detected.js';
import { entropyOf } from './entropy.js';
import { isGeneratedPassword, isMachineMade } from './random-text.js';

/** Why a finding is no leak: the value stands in, or the place is a test or a document. */
export type Circumstance = {
  /** Kind. */
  kind: 'placeholder' | 'test-fixture' | 'documentation';
  /** Why, in a few words. */
  reason: string;
};

const TEST =
  /(?:^|\/)(?:(?:[^/]+[-_.])?tests?|__tests__|specs?|testing|testdata|test-data|test_data|fixtures?|__fixtures__|mocks?|__mocks__|e2e|cypress|integration-?tests?|unit-?tests?|testcases?|src\/test|snapshots?|__snapshots__|stubs?|cassettes|features\/(?:steps?|step[-_]definitions|support))(?:\/|$)|(?:^|\/)(?:test_[^/]+|[^/]+[._-](?:test|tests|spec|e2e|mock|fixture|stories)s?\.\w+|[^/]+\.feature|[^/]+(?:Test|Tests|[a-z0-9]IT|Spec|TestCase)\.\w+|(?:conftest|tests?)\.\w+)$/;
const DOCUMENT =
  /(?:^|\/)(?:(?:[^/]+[-_.])?docs?|documentation|(?:examples?|samples?|demos?)(?:[-_]data)?|tutorials?|site|website|man|guides?)\/|(?:^|\/)(?:(?:readme|changelog|contributing|upgrading)[^/]*|(?:history|authors|security)(?:\.txt)?)$|\.(?:md|markdown|mdx|rst|adoc|asciidoc|example|sample|template|dist|tmpl)$|(?:^|\/)[^/]*(?:\.example\.|\.sample\.|example\.env|\.env\.\w*example|\.template\.|-example\.|-sample\.|\.dist\.)[^/]*$/i;

/** Returns whether a file belongs to tests, to documentation or to examples, where nothing but tokens counts as a leak. */
export function isTestOrDocument(path: string): boolean {
  return TEST.test(path) || DOCUMENT.test(path);
}

/** Keys that open what they are for without anything else: an encrypted one needs its passphrase. */
const PRIVATE_KEY = /^(?:private-key(?!-encrypted)|jwk-)/;
/** Words and a number, as the author of a test writes them: `test-api-token-12345`. */
const WORDS_AND_NUMBER = /^[A-Za-z]+(?:[-_.][A-Za-z]+)+[-_.]?\d*$/;
/** From this length a word shows that a machine made it, characters. */
const LEAST_MADE = 16;

/** A value this long, mixed and uneven was made by a machine, not by the author of a test. */
function isRandom(value: string): boolean {
  const isUneven = /^[A-Za-z0-9+/=_.-]{20,500}$/.test(value) && /\d/.test(value) && entropyOf(value) >= 3.4;
  return (
    (isUneven && !WORDS_AND_NUMBER.test(value)) ||
    isMachineMade(value, LEAST_MADE) ||
    isGeneratedPassword(value)
  );
}

/**
 * Returns why a finding is no leak; null if it is one. A token in the shape of its issuer, a private key and a random value are
 * leaks wherever they stand, because a live one is often pasted or recorded into a test.
 */
export function circumstanceOf(
  { placeholder, rule, shape, value }: Detected,
  path: string,
): Circumstance | null {
  if (placeholder !== null) return { kind: 'placeholder', reason: placeholder };
  if (shape === 'issuer' || PRIVATE_KEY.test(rule) || isRandom(value)) return null;
  if (TEST.test(path)) return { kind: 'test-fixture', reason: 'the file belongs to tests' };
  if (DOCUMENT.test(path))
    return { kind: 'documentation', reason: 'the file is documentation or an example' };
  return null;
}
