import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import {
  type ConfigFile,
  DAY_MS,
  EXIT,
  type ExitCode,
  findConfig,
  KeyproofError,
  loadConfig,
  parseAsOf,
  type Waiver,
  waiverState,
  waiversOf,
} from '../../index.js';
import { plural } from '../../text/format.js';
import { columns, json } from '../terminal.js';
import type { Call } from '../world.js';
import { withConfig } from './plan-options.js';

type Options = { config?: string; waivers?: string; asOf?: string; within: string; json?: boolean };

/** Creates `keyproof waivers lint` and `keyproof waivers expiring`. */
export function waiversCommand(call: Call): Command {
  const command = new Command('waivers').description('check accepted exceptions, and list those that expire');
  command.addCommand(
    withFiles(new Command('lint'))
      .description('check the waivers of keyproof.yaml and of a file; exit code 2 if one cannot be used')
      .action((file: string | undefined, options: Options) => {
        const waivers = waiversFrom(call, file, options);
        if (options.json) call.out(json(waivers));
        else call.say(`${plural(waivers.length, 'waiver')}: no problem.`);
      }),
  );
  command.addCommand(
    withFiles(new Command('expiring'))
      .description('list the waivers that have expired or soon will, the first to expire first')
      .option('--within <days>', 'days from the as-of date', '30')
      .option('--as-of <date>', 'the date to count from (default: today)')
      .action((file: string | undefined, options: Options) => call.ends(expiring(call, file, options))),
  );
  return command;
}

function withFiles(command: Command): Command {
  return withConfig(command)
    .argument('[file]', 'YAML file of waivers, beside those of keyproof.yaml')
    .option('--json', 'print as JSON on stdout');
}

function waiversFrom({ cwd, env }: Call, file: string | undefined, options: Options): Waiver[] {
  const path = findConfig({ cwd, config: options.config ?? env['KEYPROOF_CONFIG'] });
  const config: ConfigFile = path === null ? {} : loadConfig(path, relative(cwd, path) || path);
  const waivers = file ?? env['KEYPROOF_WAIVERS'];
  if (path === null && waivers === undefined)
    throw new KeyproofError(
      'There is no keyproof.yaml here; name a file of waivers, or a config with --config.',
    );
  if (waivers !== undefined && !existsSync(resolve(cwd, waivers)))
    throw new KeyproofError(`${waivers}: no such file; check the path.`);
  return waiversOf({ waivers, cwd }, config);
}

function expiring(call: Call, file: string | undefined, options: Options): ExitCode {
  const asOfMs = parseAsOf(options.asOf ?? new Date().toISOString().slice(0, 10), '--as-of');
  const days = Number(options.within.replace(/d$/, ''));
  if (!Number.isInteger(days) || days < 0)
    throw new KeyproofError(`--within: "${options.within}" is not a number of days, such as 30.`);
  const due = waiversFrom(call, file, options)
    .filter(({ expires }) => Date.parse(expires) <= asOfMs + days * DAY_MS)
    .sort((a, b) => Date.parse(a.expires) - Date.parse(b.expires));
  if (options.json) call.out(json(due.map((waiver) => ({ ...waiver, state: waiverState(waiver, asOfMs) }))));
  else if (due.length === 0) call.say(`No waiver expires within ${plural(days, 'day')}.`);
  else
    call.say(
      columns(
        due.map((waiver) => cells(waiver, asOfMs)),
        call.terminal.outColumns,
      ),
    );
  return EXIT.ok;
}

function cells(waiver: Waiver, asOfMs: number): string[] {
  const { id, rule, expires, approver, ticket } = waiver;
  const verb = waiverState(waiver, asOfMs) === 'expired' ? 'expired' : 'expires';
  return [expires, id, verb, rule, `approver ${approver}, ${ticket}`];
}
