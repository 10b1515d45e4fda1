import { Command } from 'commander';
import { schemaNames, schemaText } from '../../assets/schemas.js';
import { didYouMean, KeyproofError } from '../../index.js';
import { json, table } from '../terminal.js';
import type { Call } from '../world.js';

/** Creates `keyproof schema [NAME]`, which prints a published JSON Schema. */
export function schemaCommand(call: Call): Command {
  return new Command('schema')
    .description('print a published JSON Schema; without NAME, list them')
    .argument('[name]', 'config, assessment, records, dossier-key ...')
    .option('--json', 'list as JSON')
    .action((name: string | undefined, options: { json?: boolean }) => {
      const names = schemaNames();
      if (name !== undefined) call.out(readSchema(name).trimEnd());
      else if (options.json) call.out(json(names));
      else call.say(listText(call, names));
    });
}

/** Lists schemas, each with the first sentence of what it describes. */
function listText({ terminal }: Call, names: readonly string[]): string {
  const rows = names.map((name) => [name, firstSentence(schemaText(name))]);
  return table(['NAME', 'DESCRIBES'], rows, terminal.outColumns);
}

function firstSentence(schema: string): string {
  const { description = '' } = JSON.parse(schema) as { description?: string };
  return description.split(/(?<=\.) /, 1)[0] ?? '';
}

/** Returns the text of a published schema. @throws KeyproofError for an unknown name. */
export function readSchema(name: string): string {
  const names = schemaNames();
  if (!names.includes(name))
    throw new KeyproofError(
      `"${name}" is not a schema${didYouMean(name, names)} Schemas: ${names.join(', ')}.`,
    );
  return schemaText(name);
}
