import { Command } from 'commander';
import { type Control, type Framework, frameworkRefs, loadFrameworks } from '../../index.js';
import { formatCount, plural } from '../../text/format.js';
import { json, table } from '../terminal.js';
import type { Call } from '../world.js';

const STATUSES = ['automated', 'partial', 'manual', 'not-applicable'] as const;

/** Creates `keyproof frameworks [ID...]`, which prints every control, how far it is covered, and what is not. */
export function frameworksCommand(call: Call): Command {
  return new Command('frameworks')
    .description('list the frameworks, or the controls of one: what is tested, how far, and what is not')
    .argument(
      '[id...]',
      'framework ids or aliases, such as pci or soc2, or paths of your own, such as ./house-rules.yaml',
    )
    .option('--json', 'print as JSON on stdout')
    .action((ids: string[], options: { json?: boolean }) => {
      const { frameworks } = loadFrameworks(ids.length > 0 ? frameworkRefs(ids, call.cwd) : null);
      const width = call.terminal.outColumns;
      if (options.json) call.out(json(frameworks.map(published)));
      else
        call.say(
          ids.length > 0
            ? frameworks.map((one) => controlTable(one, width)).join('\n\n')
            : overview(frameworks, width),
        );
    });
}

function published({ id, title, version, controls }: Framework) {
  return { id, title, version, controls: controls.map(publishedControl) };
}

function publishedControl({ id, title, status, policies }: Control) {
  return {
    id,
    title,
    status,
    policies: policies.map(({ id: rule, grade, elements, limitation }) => ({
      id: rule,
      grade,
      elements: elements ?? null,
      limitation: limitation ?? null,
    })),
  };
}

function overview(frameworks: Framework[], width: number | undefined): string {
  const rows = frameworks.map((framework) => [
    framework.id,
    `${framework.title} ${framework.version}`,
    String(framework.controls.length),
    ...STATUSES.map((status) =>
      String(framework.controls.filter((control) => control.status === status).length),
    ),
  ]);
  const head = ['ID', 'FRAMEWORK', 'CONTROLS', 'AUTOMATED', 'PARTIAL', 'MANUAL', 'NOT APPLICABLE'];
  return `${table(head, rows, width)}\n\nAutomated and partial controls are tested as far as exports can show; manual ones give a question for a person.\nkeyproof frameworks ID lists every control.`;
}

function controlTable(framework: Framework, width: number | undefined): string {
  const rows = framework.controls.map((control) => [
    control.id,
    control.status,
    mappings(control),
    control.title,
  ]);
  const uncovered = framework.controls.filter((control) => control.policies.length === 0).length;
  return [
    `${framework.title} ${framework.version} (${framework.id}). ${framework.disclaimer}`,
    table(['CONTROL', 'STATUS', 'POLICIES', 'TITLE'], rows, width),
    'D, P and s: policies mapped as direct, partial and supporting.',
    `${formatCount(uncovered)} of ${plural(framework.controls.length, 'control')} ${uncovered === 1 ? 'is' : 'are'} tested by no policy.`,
  ].join('\n');
}

function mappings(control: Control): string {
  const byGrade = (['direct', 'partial', 'supporting'] as const).map(
    (grade) => control.policies.filter((policy) => policy.grade === grade).length,
  );
  return control.policies.length === 0 ? '-' : `${byGrade[0]}D ${byGrade[1]}P ${byGrade[2]}s`;
}
