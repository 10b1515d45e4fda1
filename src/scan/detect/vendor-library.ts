import type { Detected } from './detected.js';
import { placeholderReason } from './placeholder.js';

/** Words of which one stands in a line that a rule of the library may match. */
export const LIBRARY_WORDS: readonly string[] =
  'akia agpa aida aroa aipa anpa anva asia a3t aws npm_ x-oauth-basic xox xapp hooks.slack.com t3blbkfj sk-ant-api gsk_ hf_ lin_api_ ntn_ sg. shppa shpca shpat shpss ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- glc_ glsa_ ops_ey hvs. hvb. hvr. vcp_ vci_ vca_ vcr_ vck_ dapi dckr_pat_ figd_'.split(
    ' ',
  );

const PRESET = '@secretlint/secretlint-rule-preset-recommend';
const OFF = ['basicauth', 'privatekey', 'database-connection-string', 'filter-comments', 'gcp'];

/** Loaded when a line may match: most lines cannot, and an audit without a scan has none. */
async function load() {
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const disabled = OFF.map((name) => ({ id: `@secretlint/secretlint-rule-${name}`, disabled: true }));
  return { lintSource, config: { rules: [{ id: PRESET, rule: creator, rules: disabled }] } };
}

let library: ReturnType<typeof load> | undefined;

/** Returns what the rules of secretlint find in a text, with the ids of its rules. A token of Slack without a digit is the text of an example. */
export async function libraryFindings(text: string): Promise<Detected[]> {
  const source = { filePath: 'lines.txt', content: text, ext: '.txt', contentType: 'text' as const };
  library ??= load();
  const { lintSource, config } = await library;
  const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
  return messages.flatMap(({ ruleId, range: [from, to] }) => {
    const value = text.slice(from, to);
    if (ruleId.endsWith('-slack') && !/\d/.test(value)) return [];
    const rule = ruleId.replace('@secretlint/secretlint-rule-', 'secretlint-');
    return [{ rule, at: from, value, shape: 'issuer' as const, placeholder: placeholderReason(value) }];
  });
}
