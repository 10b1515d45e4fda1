import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fontFolder } from './font-folder.js';

const FACES = [
  { family: 'Source Sans 3', file: 'source-sans-3', weight: 400 },
  { family: 'Source Sans 3', file: 'source-sans-3', weight: 600 },
  { family: 'Source Serif 4', file: 'source-serif-4', weight: 600 },
  { family: 'Source Code Pro', file: 'source-code-pro', weight: 400 },
] as const;

const SUBSETS = [
  {
    name: 'latin',
    range:
      'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  },
  {
    name: 'latin-ext',
    range:
      'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
  },
] as const;

let css: string | undefined;

/**
 * Returns `@font-face` rules that embed the fonts of what keyproof writes (SIL Open Font License 1.1), so that it looks the same
 * on every machine.
 */
export function fontFaces(): string {
  css ??= FACES.flatMap((face) => SUBSETS.map((subset) => fontFace(face, subset))).join('\n');
  return css;
}

function fontFace(
  { family, file, weight }: (typeof FACES)[number],
  { name, range }: (typeof SUBSETS)[number],
): string {
  const path = join(fontFolder(file), 'files', `${file}-${name}-${weight}-normal.woff2`);
  const data = readFileSync(path).toString('base64');
  return `@font-face{font-family:"${family}";font-weight:${weight};font-style:normal;src:url(data:font/woff2;base64,${data}) format("woff2");unicode-range:${range}}`;
}
