export { type Comparison, comparePacks } from './compare-packs.js';
export { comparedPack } from './compared-pack.js';
export { fixedBySettings } from './fixed-by-settings.js';
export { diffJson } from './json.js';
export { newFailures } from './new-failures.js';
export { diffText } from './text.js';
export { packTrend, trendJson, trendText } from './trend.js';
export { CAUSE_WORDS } from './words.js';
export { DIFF_FORMATS, type DiffFormat, diffFormatsOf, writeDiff, writeTrend } from './write-files.js';
