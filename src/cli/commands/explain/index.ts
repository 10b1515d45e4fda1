import { Command } from 'commander';
import { json } from '../../terminal.js';
import type { Call } from '../../world.js';
import { collect, withConfig } from '../plan-options.js';
import { explainFinding, type FindingOptions } from './finding.js';
import { explainText, type TextOptions } from './texts.js';

type Options = FindingOptions & TextOptions & { json?: boolean };

const FINDING_ID = /^[0-9a-f]{16}$/;

/** Creates `keyproof explain ID`, which explains a rule, a framework, a control, or a finding and what decided it. */
export function explainCommand(call: Call): Command {
  return withConfig(new Command('explain'))
    .description(
      'explain a policy (rotation-max-age), a framework (pci), a control (8.6.3, pci-dss-4.0.1/8.6.3) or a finding of a pack (its 16-digit id): with the exports it was made from, the lines that decided it and what they saw',
    )
    .argument('<id>', 'id of a policy, framework, control or finding')
    .argument('[path...]', 'for a finding: the files and folders of exports, as the audit was given them')
    .option('--pack <dir>', 'evidence pack a finding is looked up in (default: ./evidence-pack)')
    .option('--policy <dir>', 'folders of further policies, comma-separated or repeated', collect)
    .option('--framework <path>', 'framework files of your own, comma-separated or repeated', collect)
    .option('--json', 'print as JSON on stdout')
    .action(async (id: string, paths: string[], options: Options) => {
      const { value, text, exitCode } = FINDING_ID.test(id)
        ? await explainFinding(call, id, paths, options)
        : await explainText(call, id, options);
      if (options.json) call.out(json(value));
      else call.say(text);
      call.ends(exitCode);
    });
}
