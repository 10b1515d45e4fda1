import { isObject } from '../../../../text/is-object.js';
import { firstText, objectOf, textOf } from '../../../fields/json.js';

/** Tools that look for secrets only, by the name of their driver. */
const SECRET_SCANNERS =
  /^(gitleaks|betterleaks|trufflehog\d*|ggshield|gitguardian|kingfisher|nosey ?parker|detect-secrets|secretlint|git-secrets|talisman|whispers|ripsecrets|2ms|secretscanner|deepsecrets|credential ?digger)\b/i;
/** CWE-798, 259 and 321: credentials, passwords and keys in code. */
const CWE = /cwe-0*(?:798|259|321)\b/i;
const RULE_ID = /^CKV_SECRET_|(?:^|\.)secrets\./;

/** Returns the name of a run's tool, in lower case, and its version; null if they are not stated. */
export function toolOf(run: Record<string, unknown>): { name: string | null; version: string | null } {
  const driver = objectOf(objectOf(run['tool'])['driver']);
  const version = firstText(driver['semanticVersion'], driver['version'], driver['dottedQuadFileVersion']);
  return { name: textOf(driver['name'])?.toLowerCase() ?? null, version };
}

/** Returns whether a tool looks for nothing but secrets. */
export function isSecretScanner(name: string | null): boolean {
  return name !== null && SECRET_SCANNERS.test(name);
}

/** Returns whether the rule of a result is about secrets, by its own words or its id. */
export function isAboutSecrets(result: Record<string, unknown>, run: Record<string, unknown>): boolean {
  const id = ruleIdOf(result, run);
  const rule = ruleOf(result, run);
  if ((id !== null && RULE_ID.test(id)) || rule['name'] === 'Secret') return true;
  const words = [rule, result].flatMap(({ properties }) => [
    objectOf(properties)['tags'],
    objectOf(properties)['cwe'],
  ]);
  const tags = words.flat().filter((tag) => typeof tag === 'string');
  return tags.some((tag) => CWE.test(tag) || /^secrets?$/i.test(tag));
}

/** Returns the id of the rule of a result: stated there, or by its place in the list of rules. */
export function ruleIdOf(result: Record<string, unknown>, run: Record<string, unknown>): string | null {
  return firstText(result['ruleId'], objectOf(result['rule'])['id'], ruleOf(result, run)['id']);
}

/** Returns what the run says about the rule of a result; nothing if it says nothing. */
function ruleOf(result: Record<string, unknown>, run: Record<string, unknown>): Record<string, unknown> {
  const tool = objectOf(run['tool']);
  const reference = objectOf(result['rule']);
  const extension = objectOf(reference['toolComponent'])['index'];
  const extensions = Array.isArray(tool['extensions']) ? tool['extensions'] : [];
  const component = typeof extension === 'number' ? extensions[extension] : tool['driver'];
  const rules = objectOf(component)['rules'];
  if (!Array.isArray(rules)) return {};
  const index = result['ruleIndex'] ?? reference['index'];
  if (typeof index === 'number' && index >= 0) return objectOf(rules[index]);
  const id = firstText(result['ruleId'], reference['id']);
  return objectOf(rules.find((rule) => isObject(rule) && rule['id'] === id));
}
