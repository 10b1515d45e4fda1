import { Command } from 'commander';
import {
  type AbsentInput,
  type AuditPlan,
  absence,
  EXIT,
  type ExitCode,
  type GithubSource,
  type InputFile,
  inspect,
  scopeLines,
} from '../../index.js';
import { fingerprintKey } from '../../secrets/fingerprint-key.js';
import { joinWords, plural } from '../../text/format.js';
import { json } from '../terminal.js';
import type { Call } from '../world.js';
import { filesText } from './inspect-text.js';
import { type PlanOptions, planFrom, withConfig } from './plan-options.js';

type Options = PlanOptions & { json?: boolean };

/** Creates `keyproof inspect [PATH...]`, which reports what each file is, before any audit. */
export function inspectCommand(call: Call): Command {
  return withConfig(new Command('inspect'))
    .description('say what each file is, its records, rejects and warnings, without auditing')
    .argument('[path...]', 'files and folders of exports')
    .option('--json', 'print as JSON on stdout')
    .action(async (paths: string[], options: Options) => call.ends(await run(call, paths, options)));
}

async function run(call: Call, paths: string[], options: Options): Promise<ExitCode> {
  const plan = planFrom(call, paths, options);
  const { files, notFound, absent } = await inspect(plan);
  const { profile, jurisdictions, facts, presets } = plan;
  const lacks = lacking(files, notFound.length + absent.length);
  if (options.json)
    call.out(
      json({
        files: files.map(published),
        notFound,
        absent,
        keptOfSecrets: keptOfSecrets(),
        profile,
        jurisdictions,
        facts,
        presets,
      }),
    );
  else
    call.say(
      describe(
        files,
        [
          ...notFound.map(noMatch),
          ...absent.filter(({ namedBy }) => namedBy === 'extracts').map(notSupplied),
          ...(plan.github ?? []).map(notFetched),
        ],
        plan,
        call.terminal.outColumns,
      ),
    );
  if (lacks.length === 0) return EXIT.ok;
  if (!options.json) call.say(`\n${joinWords(lacks)}: exit ${EXIT.incomplete}.`);
  return EXIT.incomplete;
}

/** Returns what could not be read whole, counted: `2 records rejected`, `1 file missing`; nothing if all was read. */
function lacking(files: readonly InputFile[], missing: number): string[] {
  const sum = (of: (file: InputFile) => number): number => files.reduce((all, file) => all + of(file), 0);
  const counts: [count: number, one: string, many: string][] = [
    [missing, 'file missing', 'files missing'],
    [sum(({ state }) => Number(state === 'unreadable')), 'file not readable', 'files not readable'],
    [sum(({ truncated }) => Number(truncated)), 'file not complete', 'files not complete'],
    [sum(({ rejected }) => rejected), 'record rejected', 'records rejected'],
    [sum(({ unreadableFields }) => unreadableFields), 'value not read', 'values not read'],
  ];
  return counts.filter(([count]) => count > 0).map((counted) => plural(...counted));
}

function published({
  path,
  adapter,
  version,
  records,
  rejects,
  warnings,
  state,
  produced,
  rejected,
  unreadableFields,
  unreadable,
  skipped,
  decisions,
  truncated,
  coverage,
  sha256,
}: InputFile) {
  return {
    path,
    state,
    adapter,
    version,
    records,
    produced,
    rejected,
    rejects,
    unreadableFields,
    unreadable,
    skipped,
    decisions,
    warnings,
    truncated,
    coverage,
    sha256,
  };
}

function noMatch(path: string): string {
  return `${path}: no file matches.`;
}

function notSupplied(absent: AbsentInput): string {
  return `${absent.file}: the register of extracts names it, and it ${absence(absent)}.`;
}

function notFetched({ organisation }: GithubSource): string {
  return `GitHub, ${organisation}: an audit fetches it; inspect fetches nothing.`;
}

function describe(files: InputFile[], missing: string[], plan: AuditPlan, width: number | undefined): string {
  const given = ['', 'Taken as given', ...scopeLines(plan).map((line) => `  ${line}`)];
  const kept = files.some(({ produced }) => produced.secret_findings) ? ['', KEPT[keptOfSecrets()]] : [];
  return [filesText(files, width), ...missing, ...kept, ...given].join('\n');
}

function keptOfSecrets(): 'sha256' | 'keyed-fingerprint' {
  return fingerprintKey() === null ? 'sha256' : 'keyed-fingerprint';
}

const KEPT = {
  sha256:
    'Of each secret found its SHA-256 is kept, from which a value that can be guessed can be found by trying; set KEYPROOF_FINGERPRINT_KEY to keep a keyed fingerprint instead.',
  'keyed-fingerprint':
    'Of each secret found a fingerprint is kept that is keyed with KEYPROOF_FINGERPRINT_KEY, and no SHA-256.',
};
