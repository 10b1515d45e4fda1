import { printTerm, type Term } from './terms.js';

type Integer = { go: 'int64' | '*big.Int'; int: bigint };
type Value = { go: 'string'; text: string } | Integer | { go: 'float64'; float: number };
type Spec = { flags: string; width: number; precision: number | undefined; verb: string };

// A width does not begin with 0, which is a flag: were it either, a long row of zeros could be divided in endless ways.
const DIRECTIVE = /%([+\-# 0]*)(\*|[1-9]\d*)?(?:\.(\*|\d+)?)?(\D|$)/gu;
const HAS_PRECISION = /^%[+\-# 0]*(?:\*|[1-9]\d*)?\./;
const VERB = /^[A-Za-z%]$/;
/** Wider fields, which Go has limits for, are left to it. */
const WIDEST = 1000;
const INTEGER_VERBS: Readonly<Record<string, number>> = { d: 10, v: 10, b: 2, o: 8, x: 16, X: 16 };

/**
 * Formats as Go's fmt.Sprintf does on Rego values, as OPA's `sprintf` applies it: strings as they are, integers exact,
 * numbers written with a fraction or an exponent as float64, everything else as the Rego text OPA prints.
 *
 * @throws RangeError for the parts of Go's language not done here, such as %q, %U, the flag #, and explicit argument
 * indexes; OPA does them.
 */
export function sprintf(format: string, terms: readonly Term[]): string {
  const values = terms.map(goValue);
  let used = 0;
  const next = () => values[used++];
  const text = format.replace(
    DIRECTIVE,
    (whole, flags: string, width?: string, precision?: string, verb?: string) =>
      directive(whole, { flags, width, precision, verb: verb ?? '' }, next),
  );
  if (used < values.length) throw new RangeError('sprintf: there are more values than directives');
  return text;
}

type RawSpec = { flags: string; width: string | undefined; precision: string | undefined; verb: string };

function directive(whole: string, raw: RawSpec, next: () => Value | undefined): string {
  if (raw.flags.includes('#')) throw new RangeError(`sprintf: the flag # is not supported: ${whole}`);
  if (!VERB.test(raw.verb)) throw new RangeError(`sprintf: no verb: ${whole}`);
  const size = (text: string | undefined) => within(text === '*' ? starOf(next()) : Number(text ?? 0));
  const width = size(raw.width);
  const precision = HAS_PRECISION.test(whole) ? size(raw.precision) : undefined;
  if (precision !== undefined && precision < 0) throw new RangeError('sprintf: a precision below 0');
  if (raw.verb === '%') return '%';
  const value = next();
  if (value === undefined) return `%!${raw.verb}(MISSING)`;
  const flags = width < 0 ? `${raw.flags}-` : raw.flags;
  const spec = { flags, width: Math.abs(width), precision, verb: raw.verb };
  // For Go %+v means "with field names", not "with a sign".
  const plain = raw.verb === 'v' ? { ...spec, flags: flags.replaceAll('+', '') } : spec;
  return padded(value, plain);
}

function starOf(value: Value | undefined): number {
  if (value?.go === 'int64') return Number(value.int);
  throw new RangeError('sprintf: a width or precision given as * must be an integer');
}

function within(size: number): number {
  if (Math.abs(size) <= WIDEST) return size;
  throw new RangeError(`sprintf: a width or precision of ${size}`);
}

function goValue(term: Term): Value {
  if (term.type === 'string') return { go: 'string', text: term.value };
  if (term.type !== 'number') return { go: 'string', text: printTerm(term) };
  if (/[.eE]/.test(term.text)) return { go: 'float64', float: finite(term.text) };
  const int = BigInt(term.text);
  return { go: int === BigInt.asIntN(64, int) ? 'int64' : '*big.Int', int };
}

function finite(text: string): number {
  const float = Number(text);
  if (Number.isFinite(float)) return float;
  throw new RangeError(`sprintf: ${text} is no float64`);
}

function padded(value: Value, spec: Spec): string {
  const text = formatted(value, spec);
  if (text === undefined) throw new RangeError(`sprintf: %${spec.verb} does not fit a ${value.go}`);
  return pad(text, spec.flags, spec.width, value.go !== 'string');
}

function formatted(value: Value, spec: Spec): string | undefined {
  if (value.go === 'string') return formatString(value.text, spec);
  return value.go === 'float64' ? formatFloat(value.float, spec) : formatInteger(value, spec);
}

function formatString(text: string, { verb, precision }: Spec): string | undefined {
  const cut = precision === undefined ? text : [...text].slice(0, precision).join('');
  if (verb === 's' || verb === 'v') return cut;
  if (verb === 'q') throw new RangeError('sprintf: %q is not supported');
  return undefined;
}

function formatInteger(
  { int, go }: Integer,
  { verb: asked, flags, precision, width }: Spec,
): string | undefined {
  // A big.Int formats itself: it takes %s, and it is no character.
  const verb = go === '*big.Int' && asked === 's' ? 'd' : asked;
  const radix = INTEGER_VERBS[verb];
  if (radix === undefined) return undefined;
  const digits = (int < 0n ? -int : int).toString(radix);
  if (precision === 0 && int === 0n) return '';
  const sign = signOf(int < 0n, flags);
  const zeros = precision ?? (flags.includes('0') && !flags.includes('-') ? width - sign.length : 0);
  const text = digits.padStart(zeros, '0');
  return sign + (verb === 'X' ? text.toUpperCase() : text);
}

function formatFloat(float: number, { verb, flags, precision, width }: Spec): string | undefined {
  const size = Math.abs(float);
  const text = magnitude(size, verb, precision);
  if (text === undefined) return undefined;
  const sign = signOf(float < 0 || Object.is(float, -0), flags);
  const zeros = flags.includes('0') && !flags.includes('-') ? width - sign.length : 0;
  return sign + text.padStart(zeros, '0');
}

function magnitude(size: number, verb: string, precision: number | undefined): string | undefined {
  if (verb === 'f' || verb === 'F') return fixed(size, precision ?? 6);
  if (verb === 'e' || verb === 'E') return exponential(size, precision ?? 6, verb);
  if (verb !== 'g' && verb !== 'G' && verb !== 'v') return undefined;
  const letter = verb === 'G' ? 'E' : 'e';
  return precision === undefined ? shortest(size, letter) : general(size, Math.max(precision, 1), letter);
}

function signOf(negative: boolean, flags: string): string {
  if (negative) return '-';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function pad(text: string, flags: string, width: number, isNumber: boolean): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  return (flags.includes('0') && !isNumber ? '0' : ' ').repeat(missing) + text;
}

/**
 * Returns the shortest text that reads back as the same number; with an exponent below 1e-4 and from 1e21 on, as Go's
 * %v has it.
 */
function shortest(float: number, letter: string): string {
  const [digits = '', exponent = '0'] = float.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 21) return fixedShortest(digits, power);
  return digits + exponentText(power, letter);
}

function fixedShortest(mantissa: string, power: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0');
  const rest = digits.slice(power + 1);
  return sign + (rest === '' ? whole : `${whole}.${rest}`);
}

function exponentText(power: number, letter: string): string {
  return `${letter}${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function fixed(size: number, precision: number): string {
  const digits = String(scaled(size, precision)).padStart(precision + 1, '0');
  return precision === 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

function exponential(size: number, precision: number, letter: string): string {
  let power = size === 0 ? 0 : Number(size.toExponential().split('e')[1]);
  let digits = String(scaled(size, precision - power));
  if (digits.length > precision + 1) {
    power += 1;
    digits = digits.slice(0, -1);
  }
  const padded = digits.padEnd(precision + 1, '0');
  return `${padded[0]}${precision === 0 ? '' : `.${padded.slice(1)}`}${exponentText(power, letter)}`;
}

function general(size: number, precision: number, letter: string): string {
  const [mantissa = '', exponent = '0'] = exponential(size, precision - 1, 'e').split('e');
  const power = Number(exponent);
  const digits = mantissa.replace(/\.?0+$/, (zeros) => (mantissa.includes('.') ? '' : zeros));
  if (power < -4 || power >= precision) return digits + exponentText(power, letter);
  return fixedShortest(digits, power);
}

/** Computes `size * 10^places`, rounded half to even on the exact binary value, as Go's strconv rounds. */
function scaled(size: number, places: number): bigint {
  const bits = new BigUint64Array(new Float64Array([size]).buffer)[0] ?? 0n;
  const raw = Number((bits >> 52n) & 0x7ffn);
  const mantissa = (bits & 0xf_ffff_ffff_ffffn) | (raw === 0 ? 0n : 1n << 52n);
  const power = BigInt(Math.max(raw, 1) - 1075);
  const top = mantissa * 2n ** (power > 0n ? power : 0n) * 10n ** BigInt(Math.max(places, 0));
  const bottom = 2n ** (power < 0n ? -power : 0n) * 10n ** BigInt(Math.max(-places, 0));
  const rest = (top % bottom) * 2n;
  const roundUp = rest > bottom || (rest === bottom && (top / bottom) % 2n === 1n);
  return top / bottom + (roundUp ? 1n : 0n);
}
