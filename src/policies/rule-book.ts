import { readFile } from 'node:fs/promises';
import { assetUrl } from '../assets/locate.js';
import { compileKey } from '../opa/compile.js';
import { compileRequest } from './compile-policies.js';
import type { DeclaredPolicy } from './declared-policy.js';
import type { OwnPackages } from './foreign-modules.js';
import type { LoadedFolder } from './load-own-folder.js';
import { type DataPath, packageOf } from './module-text.js';
import { declaredPolicies } from './policy-metadata.js';
import { withReads } from './policy-reads.js';
import {
  type BuiltModule,
  isTest,
  type LoadPoliciesOptions,
  type PolicyUnit,
  ruleModules,
} from './policy-set.js';
import type { FolderFiles } from './read-modules.js';
import { soundModules, sourcesOf } from './sound-modules.js';

/** rule-book/catalog.json: what the rule book's module was built from and what is in it. */
export type Catalog = {
  /** SHA-256 over the sources, the Rego generated for them, the built-ins allowed, and the compiler. */
  compiledFrom: string;
  /** SHA-256 of policies.wasm. */
  wasmSha256: string;
  /** Packages of the libraries, sorted, such as `lib.age`. */
  libraries: string[];
  /** The policies with their default thresholds, sorted by id, and what their packages define. */
  policies: Omit<DeclaredPolicy, 'module'>[];
};

const WASM = assetUrl('ruleBook', 'policies.wasm');
const ROOT = 'policies';

const CHANGED =
  'The policies are not those that rule-book/ was built from, so they are compiled from their sources: in a checkout, npm run generate builds it again; otherwise install keyproof again.';

/** Reads the rule book: as the build made it if that was of just these sources, else from its sources. */
export async function loadRuleBook(read: FolderFiles, options: LoadPoliciesOptions): Promise<LoadedFolder> {
  if (options.fromSources) return fromSources(read, options, []);
  const built = await builtUnit(read);
  if (built === undefined) return fromSources(read, options, [CHANGED]);
  return { unit: built, files: read.files, problems: [], notes: [] };
}

async function builtUnit(read: FolderFiles): Promise<PolicyUnit | undefined> {
  const catalog = await catalogOrNone();
  if (catalog === undefined) return undefined;
  const unit = unitOf(
    read,
    catalog.policies.map((one) => ({ ...one, module: `${read.name}/${one.policy.file}` })),
  );
  if (compiledFrom(read, unit.declared) !== catalog.compiledFrom) return undefined;
  const built: BuiltModule = { file: WASM, sha256: catalog.wasmSha256 };
  return { ...unit, built };
}

async function fromSources(
  read: FolderFiles,
  { cacheDir }: LoadPoliciesOptions,
  notes: string[],
): Promise<LoadedFolder> {
  const { inspection } = await soundModules(read.files, cacheDir);
  const files = new Map(read.files.map((file) => [file.module, file]));
  const { declared, problems } = declaredPolicies(inspection, files);
  const reading = withReads(declared, ruleModules(sourcesOf(read.files)));
  return { unit: unitOf(read, reading), files: read.files, problems, notes };
}

function unitOf(read: FolderFiles, declared: DeclaredPolicy[]): PolicyUnit {
  const { folder, files, data } = read;
  return { folder, declared, faults: [], sound: sourcesOf(files), library: {}, regoVersions: {}, data };
}

/**
 * Returns the content of the cache key. It has the rule book's own name for its folder, whatever it is called beside
 * folders from outside.
 */
export function compiledFrom(
  { files }: Pick<FolderFiles, 'files'>,
  declared: readonly DeclaredPolicy[],
): string {
  const sound = Object.fromEntries(files.map(({ path, source }) => [`${ROOT}/${path}`, source]));
  return compileKey(compileRequest({ sound, library: {}, regoVersions: {} }, declared));
}

async function catalogOrNone(): Promise<Catalog | undefined> {
  try {
    return JSON.parse(await readFile(assetUrl('ruleBook', 'catalog.json'), 'utf8')) as Catalog;
  } catch {
    return undefined;
  }
}

/**
 * Returns the packages that policies from outside cannot add to: those that were built, and those that are there now.
 */
export async function ownPackages(read: readonly FolderFiles[]): Promise<OwnPackages> {
  const catalog = await catalogOrNone();
  const files = read.filter(({ folder }) => folder.builtIn).flatMap((one) => one.files);
  const paths = [
    ...files.flatMap(({ module, source }) => (isTest(module) ? [] : [packageOf(source) ?? []])),
    ...(catalog?.libraries ?? []).map(pathOf),
    ...(catalog?.policies ?? []).map(({ policy }) => pathOf(policy.package)),
  ];
  const isLibrary = ([first]: DataPath) => first === 'lib';
  return {
    libraries: paths.filter(isLibrary),
    policies: paths.filter((path) => path.length > 0 && !isLibrary(path)),
  };
}

function pathOf(name: string): DataPath {
  return name.split('.');
}
