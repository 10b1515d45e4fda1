import { type DataPath, dataPathsOf, isBelow, overlap } from './module-text.js';
import type { PolicyFile } from './read-modules.js';
import type { Refused } from './sound-modules.js';

/** The packages of keyproof's own modules. */
export type OwnPackages = {
  /** Those that policies from outside may import: `['lib', 'age']` and its siblings. */
  libraries: readonly DataPath[];
  /** Those of its policies. */
  policies: readonly DataPath[];
};

/**
 * Returns the files from outside that would add to a package of keyproof, or, from a package above, to that of another
 * file, and those that rest on a policy of keyproof, which the module of their folder does not have. OPA's parser tells
 * them apart.
 */
export function foreignModules(files: readonly PolicyFile[], own: OwnPackages): Refused[] {
  const reserved = [['keyproof'], ...own.libraries, ...own.policies];
  return files.flatMap(
    (file) => inKeyproofs(file, reserved) ?? inAnothers(file, files) ?? onOurs(file, files, own) ?? [],
  );
}

/**
 * Refuses a file in a package of keyproof. Rego adds the rules of all files of one package together. Whoever imports
 * keyproof's package misses nothing without them.
 */
function inKeyproofs(file: PolicyFile, reserved: readonly DataPath[]): Refused | undefined {
  const { parsed } = file;
  if (parsed === undefined) return undefined;
  const name = parsed.package.join('.');
  if (reserved.some((path) => isBelow(parsed.package, path))) {
    const message = `Package ${name} is keyproof's own; give yours another name.`;
    return { ...refused(file, 1, message), parses: false, lost: [] };
  }
  const taken = reserved.find((path) => reaches(file, path));
  if (taken === undefined) return undefined;
  return reaching(file, taken, `Package ${name} adds to ${taken.join('.')}, which is keyproof's own.`);
}

function inAnothers(file: PolicyFile, files: readonly PolicyFile[]): Refused | undefined {
  const other = files.find(({ parsed }) => parsed !== undefined && reaches(file, parsed.package));
  if (other?.parsed === undefined) return undefined;
  const name = other.parsed.package.join('.');
  const message = `It adds to package ${name} of ${other.module} from the package above; define that there.`;
  return reaching(file, other.parsed.package, message);
}

/** Returns a refused file; what it defines elsewhere is lost with it. */
function reaching(file: PolicyFile, into: DataPath, message: string): Refused {
  const lost = file.parsed?.defines.filter((defined) => !overlap(defined, into)) ?? [];
  return { ...refused(file, 1, message), lost };
}

/**
 * Returns whether a file, from a package above, defines something at a package, above it or in it: `lib` could define
 * `lib.age`.
 */
function reaches({ parsed }: PolicyFile, path: DataPath): boolean {
  if (parsed === undefined || parsed.package.length >= path.length || !isBelow(path, parsed.package))
    return false;
  return parsed.defines.some((defined) => overlap(defined, path));
}

/**
 * Refuses a file that rests on keyproof's policies. What is not in the folder's module is undefined, and a policy that
 * rests on it would look like one that passed.
 */
function onOurs(file: PolicyFile, files: readonly PolicyFile[], own: OwnPackages): Refused | undefined {
  const isTheirs = (defined: DataPath) => !own.policies.some((policy) => overlap(policy, defined));
  const theirs = (path: DataPath) =>
    files.some(({ parsed }) => parsed?.defines.some((one) => overlap(one, path) && isTheirs(one)));
  const isOurs = (path: DataPath) =>
    path.length > 0 && own.policies.some((policy) => overlap(policy, path)) && !theirs(path);
  const named = dataPathsOf(file.source).find(isOurs);
  if (named === undefined) return undefined;
  const line = (text: string) => dataPathsOf(text).some(isOurs);
  const row = Math.max(1, file.source.split('\n').findIndex(line) + 1);
  const name = `data.${named.join('.')}`;
  return refused(
    file,
    row,
    `${name} is keyproof's own; a policy of yours can import data.lib and what is in its folder.`,
  );
}

function refused(file: PolicyFile, row: number, message: string): Refused {
  return { file, parses: true, problems: [{ file: file.module, row, message }] };
}
