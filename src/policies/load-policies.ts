import type { PolicyFolder } from '../model/index.js';
import { contentKey } from '../opa/compile-cache.js';
import { byText } from '../text/compare-text.js';
import { type LoadedFolder, loadOwnFolder } from './load-own-folder.js';
import { mergedData } from './merged-data.js';
import { withOverrides } from './params.js';
import {
  isTest,
  type LoadPoliciesOptions,
  type PolicyProblem,
  type PolicySet,
  type PolicyUnit,
  sortedByPlace,
} from './policy-set.js';
import { type FolderFiles, readPolicyFiles } from './read-modules.js';
import { loadRuleBook, ownPackages } from './rule-book.js';
import { sourcesOf } from './sound-modules.js';

/**
 * Reads the policies below the folders: sources, METADATA, thresholds. The rule book comes as the build made it, unless
 * its sources are others. A source from outside that cannot be used is in `problems` or, if its METADATA can be read,
 * in `faults`; the rest stands.
 *
 * @throws RegoSourceError or RegoSourceErrors for a source of keyproof's own that OPA does not accept; KeyproofError
 * for a folder without policies and for overrides that name no rule or parameter.
 */
export async function loadPolicies(
  folders: readonly PolicyFolder[],
  options: LoadPoliciesOptions,
): Promise<PolicySet> {
  const read = await readPolicyFiles(folders);
  const own = await ownPackages(read);
  const loaded = await inTurn(read, (files) =>
    files.folder.builtIn
      ? loadRuleBook(files, options)
      : loadOwnFolder(files, folders, own, options.cacheDir),
  );
  const { units, problems: taken } = withoutTaken(loaded.map(({ unit }) => unit));
  const problems = [...loaded.flatMap((one) => one.problems), ...taken];
  const inForce = withThresholds(units, options, problems.length > 0);
  const { files, regoVersions } = union(loaded);
  return {
    policies: policiesOf(inForce),
    faults: inForce.flatMap(({ faults }) => faults).sort(byText(({ policy }) => policy.id)),
    units: inForce,
    modules: sourcesOf(files),
    sound: Object.assign({}, ...inForce.map(({ sound }) => sound)) as PolicySet['sound'],
    regoVersions,
    data: inForce.reduce((whole, { data }) => mergedData(whole, data), {}),
    sha256: bundleHash(loaded, read),
    problems: sortedByPlace(problems.map((problem) => marked(problem, files))),
    folders: [...folders],
    notes: loaded.flatMap(({ notes }) => notes),
  };
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (const item of items) done.push(await work(item));
  return done;
}

/** Leaves out policies whose id is taken, by keyproof's own policy, or by the folder that comes first. */
function withoutTaken(units: readonly PolicyUnit[]): { units: PolicyUnit[]; problems: PolicyProblem[] } {
  const owners = new Map<string, { unit: PolicyUnit; name: string }>();
  for (const unit of units.toSorted((a, b) => Number(b.folder.builtIn) - Number(a.folder.builtIn)))
    for (const { id, package: name } of policiesOf([unit]))
      if (!owners.has(id)) owners.set(id, { unit, name });
  const problems: PolicyProblem[] = [];
  const keeps = (unit: PolicyUnit, id: string, file: string): boolean => {
    const owner = owners.get(id);
    if (owner === undefined || owner.unit === unit) return true;
    problems.push({ file, row: 1, message: `The id ${id} is taken by ${owner.name}.` });
    return false;
  };
  const kept = units.map((unit) => ({
    ...unit,
    declared: unit.declared.filter(({ policy, module }) => keeps(unit, policy.id, module)),
    faults: unit.faults.filter(({ policy, problems: [first] }) =>
      keeps(unit, policy.id, first?.file ?? policy.file),
    ),
  }));
  return { units: kept, problems };
}

function withThresholds(
  units: readonly PolicyUnit[],
  { overrides }: LoadPoliciesOptions,
  lenient: boolean,
): PolicyUnit[] {
  const all = withOverrides(policiesOf(units), overrides, { lenient });
  const byId = new Map(all.map((policy) => [policy.id, policy]));
  const inForce = <T extends { policy: PolicySet['policies'][number] }>(one: T): T => ({
    ...one,
    policy: byId.get(one.policy.id) ?? one.policy,
  });
  return units.map((unit) => ({
    ...unit,
    declared: unit.declared.map(inForce),
    faults: unit.faults.map(inForce),
  }));
}

/** Returns the policies of units, sorted by id. */
function policiesOf(units: readonly PolicyUnit[]): PolicySet['policies'] {
  const all = units.flatMap(({ declared, faults }) => [...declared, ...faults].map(({ policy }) => policy));
  return all.sort(byText(({ id }) => id));
}

function union(
  loaded: readonly LoadedFolder[],
): Pick<LoadedFolder, 'files'> & Pick<PolicySet, 'regoVersions'> {
  const versions = loaded.map(({ unit }) => unit.regoVersions);
  return {
    files: loaded.flatMap(({ files }) => files),
    regoVersions: Object.assign({}, ...versions) as PolicySet['regoVersions'],
  };
}

function bundleHash(loaded: readonly LoadedFolder[], read: readonly FolderFiles[]): string {
  const files = loaded.flatMap((one) => one.files).filter(({ module }) => !isTest(module));
  const sources = files.map(({ module, source }) => [module, source]);
  const bundles = read.flatMap(({ name, sha256 }) => (sha256 === null ? [] : [[name, sha256]]));
  return contentKey([...sources, ...bundles].sort(byText(([name = '']) => name)));
}

function marked(problem: PolicyProblem, files: LoadedFolder['files']): PolicyProblem {
  const own = files.some(({ module, builtIn }) => builtIn && module === problem.file);
  return own ? { ...problem, builtIn: true } : problem;
}
