import {
  DEFAULT_FORMATS,
  didYouMean,
  KeyproofError,
  OUTPUT_FORMATS,
  type OutputFormat,
} from '../model/index.js';

/**
 * Reads names of formats, in any order; all of them if none are given.
 * @throws KeyproofError for a name that is no format.
 */
export function formatsOf(names: readonly string[] = DEFAULT_FORMATS): OutputFormat[] {
  const wrong = names.find((name) => !isFormat(name));
  if (wrong !== undefined) {
    throw new KeyproofError(
      `--format: "${wrong}" is not a format${didYouMean(wrong, OUTPUT_FORMATS)} Formats: ${OUTPUT_FORMATS.join(', ')}.`,
    );
  }
  return OUTPUT_FORMATS.filter((format) => names.includes(format));
}

function isFormat(text: string): text is OutputFormat {
  return OUTPUT_FORMATS.some((format) => format === text);
}
