import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

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
