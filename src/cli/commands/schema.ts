import { Command } from 'commander';
import { schemaNames, schemaText } from '../../assets/schemas.js';
import { didYouMean, KeyproofError } from '../../index.js';
import { json } from '../terminal.js';
import type { Call } from '../world.js';

/** Creates `keyproof schema [NAME]`, which prints a published JSON Schema. */
export function schemaCommand(call: Call): Command {
  return new Command('schema')
    .description('print a published JSON Schema; without NAME, list them')
    .argument('[name]', 'config, assessment, records, dossier-key ...')
    .option('--json', 'list as JSON')
    .action((name: string | undefined, options: { json?: boolean }) => {
      const names = schemaNames();
      if (name === undefined) call.out(options.json ? json(names) : names.join('\n'));
      else call.out(readSchema(name).trimEnd());
    });
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
