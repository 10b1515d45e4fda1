import type { Policy } from '../model/index.js';
import { byText } from '../text/compare-text.js';
import { sha256Hex } from '../text/sha256.js';
import { compilePolicies } from './compile-policies.js';
import { loadPolicies } from './load-policies.js';
import { packageOf } from './module-text.js';
import { type PolicyData, policyData } from './params.js';
import { policyFolders } from './policy-folders.js';
import { isTest } from './policy-set.js';
import { readPolicyFiles } from './read-modules.js';
import { type Catalog, compiledFrom } from './rule-book.js';

/** What `rule-book/` holds. */
export type BuiltRuleBook = {
  /** policies.wasm. */
  wasm: Uint8Array;
  /** catalog.json. */
  catalog: Catalog;
  /** data.json: the `data` document with the default thresholds. */
  data: PolicyData;
};

/**
 * Compiles the rule book from its sources, for `npm run generate`.
 *
 * @throws KeyproofError, RegoSourceError or RegoSourceErrors for what is wrong with them.
 */
export async function buildRuleBook(options: { cacheDir?: string | false } = {}): Promise<BuiltRuleBook> {
  const folders = policyFolders({ policyDirs: [] });
  const set = await loadPolicies(folders, { overrides: {}, fromSources: true, ...options });
  const files = (await readPolicyFiles(folders)).flatMap((one) => one.files);
  const [compiled] = await compilePolicies(set, options);
  const declared = set.units.flatMap((unit) => unit.declared);
  const wasm = compiled?.wasm ?? new Uint8Array();
  const rules = files.filter(({ module }) => !isTest(module));
  const packages = rules.map(({ source }) => packageOf(source)?.join('.') ?? '');
  return {
    wasm,
    catalog: {
      compiledFrom: compiledFrom({ files }, declared),
      wasmSha256: sha256Hex(wasm),
      libraries: packages.filter((name) => name.startsWith('lib.')).sort(byText((name) => name)),
      policies: declared.map(({ module: _, policy, ...one }) => ({
        policy: withoutDefaults(policy),
        ...one,
      })),
    },
    data: policyData(set.policies),
  };
}

/**
 * Leaves out the defaults: in the catalog thresholds are the defaults, and the caller that loads it sets those in
 * force.
 */
function withoutDefaults({ defaults: _, ...policy }: Policy): Policy {
  return policy;
}
