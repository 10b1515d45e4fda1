import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { SubjectKind } from '../../src/model/index.js';
import { exampleContent, subjectBase } from '../../src/policies/example-base.js';

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
      subject: SubjectKind;
      requires: string[];
      params?: Record<string, unknown>;
      evidence?: string;
      action?: string;
      remediation: string;
    };
  };
  /** Names of its example files, sorted; `base.json` is none. */
  examples: string[];
};

let known: readonly PolicyFolder[] | undefined;

/** Every folder `policies/<domain>/<name>/`, sorted; read once for all tests that run in a process. */
export function policyFolders(): readonly PolicyFolder[] {
  known ??= readPolicyFolders();
  return known;
}

function readPolicyFolders(): PolicyFolder[] {
  const domains = folders(policiesRoot).filter((domain) => !['lib', 'examples'].includes(domain));
  return domains.flatMap((domain) =>
    folders(new URL(`${domain}/`, policiesRoot)).map((name) => policyFolder(domain, name)),
  );
}

/** A JSON file. */
export function readJson(url: URL): unknown {
  return JSON.parse(readFileSync(url, 'utf8'));
}

/** The dossier of an example of a policy, whole. */
export function exampleDossier(folder: PolicyFolder, file: string): Record<string, unknown> {
  const { subject } = folder.metadata.custom;
  const read = (name: string) => readFileSync(new URL(`examples/${name}`, folder.url), 'utf8');
  return exampleContent(subject, baseOf(folder), file, read(file)).dossier;
}

/** The dossier that the examples of a policy differ from. */
export function baseOf({ metadata, url }: PolicyFolder): { file: string; dossier: unknown } {
  const base = subjectBase(metadata.custom.subject);
  const own = new URL('examples/base.json', url);
  if (!existsSync(own)) return base;
  const text = readFileSync(own, 'utf8');
  return { ...exampleContent(metadata.custom.subject, base, 'base.json', text), file: 'base.json' };
}

function isExample(file: string): boolean {
  return file !== 'base.json';
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
    examples: existsSync(examples) ? readdirSync(examples).filter(isExample).sort() : [],
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
