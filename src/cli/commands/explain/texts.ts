import {
  blocksText,
  type Control,
  controlBlocks,
  defaultCacheDir,
  didYouMean,
  EXIT,
  type Framework,
  frameworkFacts,
  frameworkPage,
  frameworkRefs,
  KeyproofError,
  lawBlocks,
  loadFrameworks,
  type Policy,
  type PolicySet,
  pageText,
  ruleFacts,
  rulePage,
} from '../../../index.js';
import type { Call } from '../../world.js';
import { type PolicyDirs, policiesOf } from '../policy/policy-dirs.js';
import type { Explanation } from './explanation.js';

/** Policies and frameworks of one's own that an explanation may need. */
export type TextOptions = PolicyDirs & { framework?: string[] };

/** Explains a rule, a framework or a control in the words of docs/rules and docs/frameworks. */
export async function explainText(call: Call, id: string, options: TextOptions): Promise<Explanation> {
  const set = await policiesOf(call, options);
  const own = frameworkRefs(options.framework ?? [], call.cwd);
  const { frameworks } = loadFrameworks(['all', ...own], { policies: set.policies });
  const policy = set.policies.find((candidate) => candidate.id === id);
  if (policy) return explainRule(call, policy, set, frameworks);
  const framework = frameworks.find((one) => [one.id, ...one.aliases].includes(id));
  if (framework) return explainFramework(call, framework, set.policies);
  return explainControls(call, id, frameworks, set.policies);
}

async function explainRule(
  { env, terminal }: Call,
  policy: Policy,
  set: PolicySet,
  frameworks: Framework[],
): Promise<Explanation> {
  const [facts] = await ruleFacts(set, [policy], frameworks, { cacheDir: defaultCacheDir(env) });
  if (facts === undefined) throw new Error(`no facts of ${policy.id}`);
  const { policy: known, ...rest } = facts;
  return {
    value: { ...known, ...rest },
    text: pageText(rulePage(facts, frameworks), terminal.outColumns),
    exitCode: EXIT.ok,
  };
}

function explainFramework(
  { terminal }: Call,
  framework: Framework,
  policies: readonly Policy[],
): Explanation {
  const facts = frameworkFacts(framework, policies);
  const { statuses, grades } = facts;
  return {
    value: { ...framework, statuses, grades },
    text: pageText(frameworkPage(facts), terminal.outColumns),
    exitCode: EXIT.ok,
  };
}

type Found = { framework: Framework; control: Control };

function explainControls(
  { terminal }: Call,
  id: string,
  frameworks: Framework[],
  policies: readonly Policy[],
): Explanation {
  const controls = frameworks.flatMap((framework) =>
    framework.controls.map((control) => ({ framework, control })),
  );
  const found = controls.filter(
    ({ framework, control }) => control.id === id || `${framework.id}/${control.id}` === id,
  );
  if (found.length === 0) throw unknown(id, controls, frameworks, policies);
  return {
    value: found.map(({ framework, control }) => ({ framework: framework.id, ...control })),
    text: found.map((one) => controlText(one, policies, terminal.outColumns)).join('\n\n'),
    exitCode: EXIT.ok,
  };
}

function controlText({ framework, control }: Found, policies: readonly Policy[], width?: number): string {
  const { title, version, disclaimer } = framework;
  const blocks = [...controlBlocks(control, policies), ...lawBlocks(framework, control)];
  return `${title} ${version}\n${blocksText(blocks, width)}\n${disclaimer.trim()}`;
}

function unknown(id: string, controls: Found[], frameworks: Framework[], policies: readonly Policy[]) {
  const known = [
    ...policies.map((policy) => policy.id),
    ...frameworks.map((framework) => framework.id),
    ...controls.map(({ control }) => control.id),
  ];
  return new KeyproofError(
    `"${id}" is no policy, framework, control or finding id${didYouMean(id, known)} keyproof policy list and keyproof frameworks ID list them.`,
  );
}
