import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix, resolve } from 'node:path';
import { Command } from 'commander';
import {
  addSources,
  containerOf,
  ENTITY_KINDS,
  type InputFile,
  inspect,
  JURISDICTIONS,
  KeyproofError,
  type ProposedFile,
  proposeSources,
  type SourceEntry,
} from '../../index.js';
import { ENTITY_FACTS, NOT_RECOGNISED, SCOPE_FACTS } from '../../model/index.js';
import { plural } from '../../text/format.js';
import { errColumns } from '../terminal.js';
import type { Call } from '../world.js';
import { askEntity, type EntityOptions, type StatedEntity } from './ask-entity.js';
import { filesText } from './inspect-text.js';
import { planFrom } from './plan-options.js';
import { readingText, sourceText } from './proposal-text.js';
import { readSchema } from './schema.js';

const SCHEMA_FILE = 'keyproof.schema.json';

type Options = EntityOptions & { force?: boolean; from?: string; add?: boolean };

/** Creates `keyproof init [DIR]`, which writes a commented keyproof.yaml for the exports of a folder. */
export function initCommand(call: Call): Command {
  return new Command('init')
    .description(
      'look at the exports of a folder and write a commented keyproof.yaml and its JSON Schema there',
    )
    .argument('[dir]', 'folder of the exports', '.')
    .option('--force', 'replace an existing keyproof.yaml')
    .option(
      '--from <file>',
      'propose how a register is read: its columns, dates and words; show its first records',
    )
    .option('--add', 'with --from: add the entry to the keyproof.yaml beside the file')
    .option('--organisation <name>', 'name of the audited entity')
    .option('--entity <kind>', `kind of entity: ${ENTITY_KINDS.join(', ')}`)
    .option('--jurisdictions <list>', `where it is authorised, comma-separated: ${JURISDICTIONS.join(', ')}`)
    .action(async (dir: string, options: Options) =>
      options.from === undefined ? run(call, dir, options) : propose(call, options.from, options),
    );
}

async function run(call: Call, dir: string, options: Options): Promise<void> {
  const file = join(dir, 'keyproof.yaml');
  const schema = join(dir, SCHEMA_FILE);
  if (existsSync(resolve(call.cwd, file)) && !options.force)
    throw new KeyproofError(`${file}: exists already; replace it with --force.`);
  const { files } = await inspect(planFrom(call, [dir], {}));
  if (files.length > 0) call.err(`${filesText(files, errColumns(call.terminal))}\n`);
  writeConfig(call, dir, { files, sources: '', entity: await askEntity(call, options) });
  const used = files.filter((candidate) => candidate.state === 'used').length;
  call.err(
    `Wrote ${file} and ${schema}; ${used} of ${plural(files.length, 'file')} ${files.length === 1 ? 'was' : 'were'} recognised. Next: keyproof audit ${dir}`,
  );
}

/**
 * Proposes the entry of a file, or of each sheet of a workbook: prints it, and how the file is read with it. Writes a keyproof.yaml with
 * it beside the file, if there is none yet.
 */
async function propose(call: Call, from: string, options: Options): Promise<void> {
  const { written: exported, ...named } = fileOf(call, from);
  const proposals = await proposeSources(named);
  call.err(proposals.map(readingText).join('\n'));
  const entries = proposals.flatMap((proposal) =>
    proposal.spec === null ? [] : [{ path: proposal.spec.path, text: sourceText(proposal) }],
  );
  const failed = proposals.some(
    ({ file: { state, records, rejected } }) => state !== 'used' || (records > 0 && rejected === records),
  );
  if (failed) call.ends(3);
  if (entries.length === 0) return;
  const text = entries.map((entry) => entry.text).join('');
  call.out(`sources:\n${text}`);
  const folder = dirname(exported);
  const file = join(folder, 'keyproof.yaml');
  const written = resolve(call.cwd, file);
  if (existsSync(written) && !options.force) {
    call.err(options.add ? addTo(written, { file, folder, entries }) : `${file} exists already: ${BY_HAND}.`);
    return;
  }
  writeConfig(call, folder, { files: [], sources: text, entity: await askEntity(call, options) });
  call.err(`Wrote ${file}. Next: correct it where it is wrong, then keyproof inspect ${folder}`);
}

const BY_HAND = 'add the entry to its sources (--add does it), or replace it with --force';

type Added = { file: string; folder: string; entries: readonly SourceEntry[] };

/** Adds entries to a keyproof.yaml. @returns what became of them. */
function addTo(written: string, { file, folder, entries }: Added): string {
  const added = addSources(readFileSync(written, 'utf8'), entries);
  if (added === null)
    return `${file}: its sources are not listed line by line: add the entry by hand, or replace the file with --force.`;
  const { text, present } = added;
  const had = present.map(
    (path) => `${file} has an entry for ${JSON.stringify(path)} already: correct it there.`,
  );
  if (present.length === entries.length) return had.join('\n');
  writeFileSync(written, text);
  return [
    ...had,
    `Added to ${file}. Next: correct it where it is wrong, then keyproof inspect ${folder}`,
  ].join('\n');
}

/** Returns the file that a path leads to, and how it is written; for one such as `register.xlsx/Keys`, what is inside of it as well. */
function fileOf(call: Call, from: string): ProposedFile & { written: string } {
  const whole = resolve(call.cwd, from);
  const absolute = containerOf(whole) ?? whole;
  const written = from.slice(0, from.length - (whole.length - absolute.length));
  const inside = from.slice(written.length + 1);
  if (!statSync(absolute, { throwIfNoEntry: false })?.isFile())
    throw new KeyproofError(`${from}: there is no such file.`);
  const file = { absolute, path: basename(written), written };
  return inside === '' ? file : { ...file, inside };
}

type Found = { files: InputFile[]; sources: string; entity: StatedEntity };

function writeConfig(call: Call, dir: string, found: Found): void {
  const folder = resolve(call.cwd, dir);
  writeFileSync(join(folder, 'keyproof.yaml'), configText(dir, basename(folder), found));
  writeFileSync(join(folder, SCHEMA_FILE), readSchema('config'));
}

function configText(dir: string, folder: string, { files, sources, entity }: Found): string {
  const unknown = files.filter(isUnknown);
  return `# yaml-language-server: $schema=./${SCHEMA_FILE}
# Every key is optional; keyproof schema config describes them all.
organisation: ${JSON.stringify(entity.organisation ?? folder)}
${stated('entity', entity.kind, 'bank                   ')} # bank, psp, e-money-institution, account-information-provider, broker-dealer, investment-adviser, processor or fintech: what follows from being one
${stated('jurisdictions', listText(entity.jurisdictions), '[eu]            ')} # every one where it is authorised: eu, uk, us, other
# asOf: 2026-09-30                # the date the audit speaks for; default: end of the period, else today
# period: {from: 2026-07-01, to: 2026-09-30}
# frameworks: [pci-dss-4.0.1, soc2-2017, psd2-dora, sox-itgc, gdpr, finra-sec, nydfs-500, iso-27001-2022]   # leave out what does not concern you; add ./files of your own
# failOn: high                    # critical, high, medium, low or none
# classification: Confidential    # at the foot of every page of a PDF

# Days by when failures are to be mended, for the dates that the plan of work suggests. These are the defaults.
# due: {critical: 7d, high: 30d, medium: 90d, low: 180d}

# Facts that hold for every record that does not say. Without a PCI scope no PCI DSS mapping is used.
# applicability:
${factLines(SCOPE_FACTS)}
#   # and about the entity itself, if its profile says nothing or something else:
${factLines(ENTITY_FACTS)}

# Where practices contradict each other, the one to audit against. The first of each is the default.
# presets:
#   rotation: tiers               # tiers, strict-90 or flat-90
#   overlap: 48h                  # 48h or revoke-after-verify
#   review: quarterly             # quarterly, half-yearly or yearly
#   environmentVariables: non-production # non-production or nowhere
#   logRetention: per-scope       # per-scope or three-years

# github:                         # exports that an audit fetches itself; nothing is fetched without it
#   - {organisation: northbridge-bank, token: GITHUB_TOKEN}   # token: the environment variable that holds it

# thresholds:
#   rotation-max-age:
#     params: {max_age_days: {critical: 30, high: 60, medium: 90, low: 180}}
#     by: "CISO"
#     reason: "Targeted risk analysis TRA-7"

${sources === '' ? unknownText(dir, unknown) : `sources:\n${sources}`}`;
}

/** Returns a line of the config: what was stated, or a commented example. */
function stated(key: string, value: string | null, example: string): string {
  return value === null ? `# ${key}: ${example}` : `${key}: ${value}`;
}

function listText(list: readonly string[] | null): string | null {
  return list === null ? null : `[${list.join(', ')}]`;
}

/** Returns whether a file may be an export that no adapter recognises, and is not named for what it is. */
function isUnknown({ state, warnings }: InputFile): boolean {
  return state === 'not-used' && warnings.some((warning) => warning.startsWith(NOT_RECOGNISED));
}

/** Returns what to do with the files that nothing recognised, and an entry to start from. */
function unknownText(dir: string, unknown: InputFile[]): string {
  const heading =
    unknown.length === 0
      ? '# Every file was recognised by its content, or is named for what it is.'
      : '# These files were not recognised. Each command adds below how the file is read, to be checked; or leave the file out with ignore.';
  const commands = unknown.map(
    ({ path }) => `# keyproof init --add --from ${JSON.stringify(posix.join(dir, path))}`,
  );
  const example =
    '#   - {path: "keys.csv", as: canonical, kind: keys, columns: {key_id: "Key ID", owner: "Owner"}}';
  return `${[heading, ...commands, '# sources:', example].join('\n')}\n`;
}

/** What a fact decides, for facts whose name does not make it clear. */
const CONCERNS: { readonly [fact: string]: string } = {
  icfr_relevant: 'SOX',
  personal_data: 'GDPR',
  tpp_aspsp_interface: 'PSD2',
  critical_or_important_function: 'DORA',
  eu_financial_entity: 'DORA',
  payment_service_provider: 'PSD2',
  covered_institution: 'SEC Regulation S-P',
  service_provider: 'PCI DSS',
};

/** Returns one commented line per fact: the value that brings most into scope, and its possible values. */
function factLines(facts: { readonly [fact: string]: readonly (string | boolean)[] }): string {
  return Object.entries(facts)
    .map(([name, values]) => {
      const example = name.endsWith('_categories') ? `[${values[0]}]` : String(values[0]);
      const concerns = CONCERNS[name] === undefined ? [] : [CONCERNS[name]];
      const choice = [
        values
          .map(String)
          .join(', ')
          .replace(/, ([^,]*)$/, ' or $1'),
        ...concerns,
      ];
      return `#   ${`${name}: ${example}`.padEnd(40)} # ${choice.join('; ')}`;
    })
    .join('\n');
}
