/** Numbers of an ICC profile have 16 bits behind the point (ICC.1:2010, 4.6). */
const fixed = (value: number): number => Math.round(value * 65_536);

/** Primaries and white point of sRGB, adapted to D50 (IEC 61966-2-1). */
const WHITE = [0.9642, 1, 0.8249] as const;
const RED = [0.43607, 0.22249, 0.01392] as const;
const GREEN = [0.38515, 0.71687, 0.09708] as const;
const BLUE = [0.14307, 0.06061, 0.7141] as const;
/** Exponent and constants of its tone curve, type 3. */
const CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045] as const;

/**
 * Returns an ICC profile (version 4.2) of sRGB, the colours of a browser: a PDF for archives must state what its colours
 * mean.
 */
export function srgbProfile(): Buffer {
  const curve = Buffer.concat([words(signature('para'), 0, 3 << 16), words(...CURVE.map(fixed))]);
  const tags: [string, Buffer][] = [
    ['desc', unicode('sRGB')],
    ['cprt', unicode('CC0')],
    ['wtpt', xyz(WHITE)],
    ['rXYZ', xyz(RED)],
    ['gXYZ', xyz(GREEN)],
    ['bXYZ', xyz(BLUE)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  return profile(tags);
}

function profile(tags: readonly (readonly [string, Buffer])[]): Buffer {
  let at = 128 + 4 + tags.length * 12;
  const places = tags.map(([name, data]) => {
    const place = words(signature(name), at, data.length);
    at += data.length;
    return place;
  });
  return Buffer.concat([header(at), words(tags.length), ...places, ...tags.map(([, data]) => data)]);
}

/** The date of a profile is that of the standard it follows: a clock would change the bytes. */
function header(size: number): Buffer {
  const date = Buffer.alloc(12);
  date.writeUInt16BE(1999, 0);
  date.writeUInt16BE(10, 2);
  date.writeUInt16BE(18, 4);
  const start = words(size, 0, 0x04200000, ...['mntr', 'RGB ', 'XYZ '].map(signature));
  const rest = words(signature('acsp'), 0, 0, 0, 0, 0, 0, 0, ...WHITE.map(fixed));
  return Buffer.concat([start, date, rest], 128);
}

function unicode(text: string): Buffer {
  const letters = Buffer.from(text, 'utf16le').swap16();
  const head = words(signature('mluc'), 0, 1, 12, signature('enUS'), letters.length, 28);
  return padded(Buffer.concat([head, letters]));
}

const xyz = (values: readonly number[]): Buffer => words(signature('XYZ '), 0, ...values.map(fixed));
const signature = (name: string): number => Buffer.from(name, 'latin1').readUInt32BE();
const padded = (data: Buffer): Buffer => Buffer.concat([data], Math.ceil(data.length / 4) * 4);

function words(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) buffer.writeInt32BE(value | 0, index * 4);
  return buffer;
}
