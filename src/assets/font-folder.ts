import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const require = createRequire(import.meta.url);

/** Manifests of the fonts; each name is written out in full, so that tools see the dependency. */
const MANIFESTS = {
  'source-sans-3': () => require.resolve('@fontsource/source-sans-3/package.json'),
  'source-serif-4': () => require.resolve('@fontsource/source-serif-4/package.json'),
  'source-code-pro': () => require.resolve('@fontsource/source-code-pro/package.json'),
} as const;

/** Name of a font, as its package has it. */
export type Font = keyof typeof MANIFESTS;

/** Fonts that reports embed. */
export const FONTS = Object.keys(MANIFESTS) as Font[];

/** Returns the folder of the package of a font. */
export function fontFolder(font: Font): string {
  return dirname(MANIFESTS[font]());
}
