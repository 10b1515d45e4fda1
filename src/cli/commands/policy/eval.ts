import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { parse } from 'yaml';
import {
  defaultCacheDir,
  evaluateQuery,
  exampleDossier,
  KeyproofError,
  type PolicySet,
  setData,
  withGenerated,
} from '../../../index.js';
import { writtenText } from '../../../text/encoding.js';
import { isObject } from '../../../text/is-object.js';
import type { Call } from '../../world.js';
import { collect } from '../plan-options.js';
import { evalText } from './eval-text.js';
import { type PolicyDirs, policiesOf, withPolicyDirs } from './policy-dirs.js';

type Options = PolicyDirs & { input?: string; data?: string[]; format: 'table' | 'json' | 'raw' };

/** Creates `keyproof policy eval QUERY`: `opa eval` through WebAssembly, with the built-ins that an audit may use. */
export function evalCommand(call: Call): Command {
  return withPolicyDirs(new Command('eval'))
    .description('evaluate a Rego query, such as data.policies.rotation.rotation_max_age.violations')
    .argument('<query>', 'one expression or several, divided by semicolons')
    .option('-i, --input <file>', 'JSON or YAML file of the input document, such as an example; - for stdin')
    .option('-d, --data <file>', 'JSON or YAML files that are added to data', collect)
    .addOption(
      new Option('-f, --format <name>', 'how to print').choices(['table', 'json', 'raw']).default('table'),
    )
    .action(async (query: string, options: Options) => {
      const set = await policiesOf(call, options);
      const input = options.input === undefined ? {} : { input: await inputOf(call, set, options.input) };
      const data = await dataOf(call, set, options.data ?? []);
      const result = await evaluateQuery({
        query,
        modules: withGenerated(set, set.sound),
        regoVersion: set.regoVersions,
        data,
        cacheDir: defaultCacheDir(call.env),
        ...input,
      });
      const text = evalText(result, options.format);
      if (text !== '') call.out(text);
    });
}

/** Reads the document in a file. For an example that states differences from its base, returns the dossier. */
async function inputOf(call: Call, set: PolicySet, file: string): Promise<unknown> {
  const content = await document(call, file);
  if (!Array.isArray(content) || file === '-') return content;
  return (await exampleDossier(set, resolve(call.cwd, file))) ?? content;
}

async function dataOf(call: Call, set: PolicySet, files: readonly string[]): Promise<object> {
  let data: Record<string, unknown> = { ...setData(set) };
  for (const file of files) {
    const more = await document(call, file);
    if (!isObject(more))
      throw new KeyproofError(`${file}: data must be an object, such as {"limits": {"days": 90}}.`);
    data = merged(data, more);
  }
  return data;
}

function merged(one: Record<string, unknown>, other: Record<string, unknown>): Record<string, unknown> {
  const both = Object.entries(other).map(([name, value]) => {
    const before = one[name];
    return [name, isObject(before) && isObject(value) ? merged(before, value) : value];
  });
  return { ...one, ...Object.fromEntries(both) };
}

async function document(call: Call, file: string): Promise<unknown> {
  const text = await textOf(call, file);
  try {
    return file.endsWith('.yaml') || file.endsWith('.yml') ? parse(text) : JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new KeyproofError(`${file}: is neither JSON nor YAML: ${reason}`);
  }
}

async function textOf({ cwd, terminal }: Call, file: string): Promise<string> {
  if (file === '-') return terminal.stdin();
  const bytes = await readFile(resolve(cwd, file)).catch(() => {
    throw new KeyproofError(`${file}: cannot be read; check the path.`);
  });
  const { text, fault } = writtenText(bytes);
  if (fault !== null) throw new KeyproofError(`${file}: ${fault}`);
  return text;
}
