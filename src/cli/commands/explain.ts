import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import {
  type Assessment,
  type Control,
  controlsByPolicy,
  didYouMean,
  type Framework,
  KeyproofError,
  loadFrameworks,
  loadPolicies,
  type Observation,
  type Policy,
  policyRoots,
  type SourceRef,
} from '../../index.js';
import { json, type Terminal } from '../terminal.js';
import { collect } from './plan-options.js';

type Options = { pack: string; policy?: string[]; json?: boolean };
type Explanation = { value: unknown; text: string };

const FINDING_ID = /^[0-9a-f]{16}$/;

/** `keyproof explain ID`: a rule, a control or a finding of a pack. */
export function explainCommand(terminal: Terminal): Command {
  return new Command('explain')
    .description(
      'explain a rule (rotation-max-age), a control (8.6.3, pci-dss-4.0.1/8.6.3) or a finding of a pack (its 16-digit id)',
    )
    .argument('<id>', 'id of a rule, control or finding')
    .option('--pack <dir>', 'evidence pack a finding is looked up in', 'evidence-pack')
    .option('--policy <dir>', 'folders of further policies', collect)
    .option('--json', 'print as JSON on stdout')
    .action(async (id: string, options: Options) => {
      const { value, text } = FINDING_ID.test(id)
        ? explainFinding(id, options.pack)
        : await explainRuleOrControl(id, options);
      terminal.out(options.json ? json(value) : text);
    });
}

async function explainRuleOrControl(id: string, options: Options): Promise<Explanation> {
  const { frameworks } = loadFrameworks(null);
  const { policies } = await loadPolicies(policyRoots({ policyDirs: options.policy ?? [] }), {
    overrides: {},
  });
  const policy = policies.find((candidate) => candidate.id === id);
  if (policy) return explainPolicy(policy, frameworks);
  const controls = frameworks.flatMap((framework) =>
    framework.controls.map((control) => ({ framework, control })),
  );
  const found = controls.filter(
    ({ framework, control }) => control.id === id || `${framework.id}/${control.id}` === id,
  );
  if (found.length > 0) return explainControls(found, policies);
  const known = [...policies.map((candidate) => candidate.id), ...controls.map(({ control }) => control.id)];
  throw new KeyproofError(
    `"${id}" is no rule, control or finding id${didYouMean(id, known)} keyproof policy list and keyproof frameworks ID list them.`,
  );
}

function explainPolicy(policy: Policy, frameworks: Framework[]): Explanation {
  const controls = controlsByPolicy(frameworks).get(policy.id) ?? [];
  const text = [
    `${policy.id}: ${policy.title}`,
    `${policy.severity} severity, examined for every ${policy.subject}, ${policy.evidence === 'data' ? 'tested on data' : 'rests on an attested document; its content is not tested'}`,
    '',
    policy.description.trim(),
    '',
    section('Needs', policy.requires),
    section(
      'Parameters',
      Object.entries(policy.params).map(([name, value]) => `${name} = ${JSON.stringify(value)}`),
    ),
    section(
      'Evidence for',
      controls.map(
        ({ framework, control, grade, limitation }) =>
          `${framework} ${control}, ${grade}${limitation ? `: ${limitation}` : ''}`,
      ),
    ),
    section('What to do', [policy.remediation]),
    section(
      'Further reading',
      policy.relatedResources.map(({ ref }) => ref),
    ),
  ];
  return { value: { ...policy, controls }, text: text.filter((part) => part !== null).join('\n') };
}

function explainControls(
  found: { framework: Framework; control: Control }[],
  policies: Policy[],
): Explanation {
  const text = found.map(({ framework, control }) => controlText(framework, control, policies)).join('\n\n');
  return { value: found.map(({ framework, control }) => ({ framework: framework.id, ...control })), text };
}

function controlText(framework: Framework, control: Control, policies: Policy[]): string {
  const titles = new Map(policies.map((policy) => [policy.id, policy.title]));
  const tested = control.policies.map(
    ({ id, grade, limitation }) =>
      `${id} (${grade}): ${titles.get(id) ?? ''}${limitation ? ` Limit: ${limitation}` : ''}`,
  );
  const parts = [
    `${framework.title} ${framework.version}, ${control.id}: ${control.title}`,
    `Status: ${control.status}. Applies: ${control.applicability}`,
    section('An assessor asks for', [control.assessor]),
    section('Tested by', tested.length > 0 ? tested : ['no policy']),
    section('Ask', control.ask ? [control.ask] : []),
    framework.disclaimer,
  ];
  return parts.filter((part) => part !== null).join('\n');
}

function explainFinding(id: string, pack: string): Explanation {
  const assessment = readAssessment(pack);
  const finding = assessment.observations.find((observation) => observation.id === id);
  const policy = assessment.policies.find((candidate) => candidate.id === finding?.ruleId);
  if (!finding || !policy)
    throw new KeyproofError(`${id}: is not among the findings of ${pack}; name its pack with --pack.`);
  return { value: { ...finding, policy }, text: findingText(finding, policy) };
}

function findingText(finding: Observation, policy: Policy): string {
  const reasons = finding.violations.flatMap((violation) => [
    `  ${violation.message}`,
    ...Object.entries(violation.facts).map(([name, value]) => `    ${name} = ${JSON.stringify(value)}`),
    ...violation.records.map((record) => `    read from ${place(record)}`),
  ]);
  const parts = [
    `${finding.id}: ${finding.ruleId} on ${finding.subject.kind} ${finding.subject.id}: ${finding.outcome}${finding.severity ? ` (${finding.severity})` : ''}`,
    policy.title,
    ...reasons,
    section('Unknown and needed', finding.missing),
    finding.error === null ? null : `  ${finding.error}`,
    section('What to do', [policy.remediation]),
  ];
  return parts.filter((part) => part !== null).join('\n');
}

function place({ file, record, sha256 }: SourceRef): string {
  return `${file}, ${record}${sha256 ? ` (sha256 ${sha256.slice(0, 12)}...)` : ''}`;
}

function readAssessment(pack: string): Assessment {
  const file = join(pack, 'assessment.json');
  if (!existsSync(file))
    throw new KeyproofError(`${file}: no such file; name the pack of the finding with --pack.`);
  return JSON.parse(readFileSync(file, 'utf8')) as Assessment;
}

function section(title: string, lines: string[]): string | null {
  return lines.length === 0 ? null : `${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
