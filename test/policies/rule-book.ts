import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type Engine, openEngine } from '../../dist/opa/index.js';
import { compilePolicies, loadPolicies } from '../../dist/policies/index.js';
import type { CompiledPolicies } from '../../src/model/index.js';

/** Folder of the built-in policies. */
export const policiesRoot = new URL('../../policies/', import.meta.url);

/** One policy folder as it lies on disk, read without the Rego toolchain. */
export type PolicyFolder = {
  /** Group folder. */
  domain: string;
  /** Folder name. */
  name: string;
  /** Folder. */
  url: URL;
  /** Text of the rule. */
  source: string;
  /** The METADATA block of its package. */
  metadata: {
    title: string;
    description: string;
    schemas: { input: string }[];
    custom: {
      id: string;
      severity: string;
      subject: string;
      requires: string[];
      params?: Record<string, unknown>;
      evidence?: string;
      remediation: string;
    };
  };
  /** Names of its example files, sorted. */
  examples: string[];
};

/** The rule book as the build made it, which is how an audit has it; an error if it is not of the sources that are there. */
export async function builtRuleBook(): Promise<{ compiled: CompiledPolicies; engine: Engine }> {
  const set = await loadPolicies([{ dir: fileURLToPath(policiesRoot), builtIn: true }], { overrides: {} });
  const [compiled] = await compilePolicies(set);
  if (compiled === undefined || set.notes.length > 0) throw new Error(set.notes.join(' '));
  return { compiled, engine: openEngine(compiled.wasm, { data: compiled.data }) };
}

/** Every folder `policies/<domain>/<name>/`, sorted. */
export function policyFolders(): PolicyFolder[] {
  const domains = folders(policiesRoot).filter((domain) => domain !== 'lib');
  return domains.flatMap((domain) =>
    folders(new URL(`${domain}/`, policiesRoot)).map((name) => policyFolder(domain, name)),
  );
}

/** A JSON file. */
export function readJson(url: URL): unknown {
  return JSON.parse(readFileSync(url, 'utf8'));
}

function policyFolder(domain: string, name: string): PolicyFolder {
  const url = new URL(`${domain}/${name}/`, policiesRoot);
  const source = readFileSync(new URL(`${name}.rego`, url), 'utf8');
  const examples = new URL('examples/', url);
  return {
    domain,
    name,
    url,
    source,
    metadata: metadataOf(source),
    examples: existsSync(examples) ? readdirSync(examples).sort() : [],
  };
}

function metadataOf(source: string): PolicyFolder['metadata'] {
  const block = /^# METADATA\n((?:#.*\n)+)package /m.exec(source)?.[1] ?? '';
  return parse(block.replaceAll(/^# ?/gm, '')) as PolicyFolder['metadata'];
}

function folders(url: URL): string[] {
  const entries = readdirSync(url, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
