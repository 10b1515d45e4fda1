import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compilePolicies, loadPolicies } from '../../dist/policies/index.js';
import { schemaValidator } from '../../src/assets/schemas.js';
import { dossierSchemaName } from '../../src/policies/dossier-schema.js';
import { REFERENCE } from '../reference/reference.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { exampleDossier, policiesRoot, policyFolders, readJson } from './rule-book.js';

const policies = policyFolders();

/** Rules that judge by the threshold of another rule. */
const AGREES_WITH: { [id: string]: string[] } = {
  'rotation-sequence-complete': ['rotation-old-revoked'],
  'rotation-tra-documented': ['rotation-max-age'],
};

const outcomes = (names: string[]) =>
  new Set(names.map((name) => /^(pass|fail|no-evidence|not-applicable|attested)-/.exec(name)?.[1]));

it('holds 88 policies, at least one in each of the 15 groups, each with an id of its own', () => {
  expect(policies).toHaveLength(88);
  expect(new Set(policies.map(({ domain }) => domain)).size).toBe(15);
  expect(new Set(policies.map(({ metadata }) => metadata.custom.id)).size).toBe(88);
});

it.each(['data.json', '../rule-book/data.json'])(
  'writes the default thresholds of METADATA into %s',
  (file) => {
    const params = policies.map(({ metadata: { custom } }) => [custom.id, custom.params ?? {}]);
    expect(readJson(new URL(file, policiesRoot))).toEqual({ params: Object.fromEntries(params) });
  },
);

describeUnlessProved('the rule book as the build made it', import.meta.url, PROGRAM_FILES, () => {
  const load = (dir: string, options = {}) =>
    loadPolicies([{ dir, builtIn: true }], { overrides: {}, ...options });

  it('is what its sources say', async () => {
    const [built, read] = await Promise.all([
      load(fileURLToPath(policiesRoot)),
      load(fileURLToPath(policiesRoot), { fromSources: true }),
    ]);
    const [{ built: module, ...unit } = {}] = built.units;
    expect(module).toBeDefined();
    expect({ ...built, units: [unit] }).toEqual(read);
    expect(built.notes).toEqual([]);
  });

  it('is not used for sources that differ, and says so', async () => {
    const dir = join(mkdtempSync(join(tmpdir(), 'keyproof-rule-book-')), 'policies');
    cpSync(policiesRoot, dir, { recursive: true });
    const changed = join(dir, 'lib/age.rego');
    writeFileSync(changed, readFileSync(changed, 'utf8').replace('day_ms := 86400000', 'day_ms := 86400001'));
    const set = await load(dir);
    expect(set.units.map(({ built }) => built)).toEqual([undefined]);
    expect(set.notes).toEqual([
      'The policies are not those that rule-book/ was built from, so they are compiled from their sources: in a checkout, npm run generate builds it again; otherwise install keyproof again.',
    ]);
    expect(set.sha256).not.toBe((await load(fileURLToPath(policiesRoot))).sha256);
  });

  it('takes thresholds as data', async () => {
    const overrides = {
      'rotation-max-age': { params: { max_age_days: { critical: 1, high: 1, medium: 1, low: 1 } } },
    };
    const [plain, changed] = await Promise.all(
      [{}, overrides].map(async (given) => {
        const set = await load(fileURLToPath(policiesRoot), { overrides: given });
        return (await compilePolicies(set))[0];
      }),
    );
    expect(changed?.wasm).toEqual(plain?.wasm);
    expect(changed?.data).toMatchObject({ params: { 'rotation-max-age': { max_age_days: { high: 1 } } } });
  });
});

describe('the Rego of rules, libraries and tests', () => {
  const files = (readdirSync(policiesRoot, { recursive: true }) as string[]).filter((path) =>
    path.endsWith('.rego'),
  );
  const texts = files.map((path) => ({ path, text: readFileSync(new URL(path, policiesRoot), 'utf8') }));

  it('has no line of more than 120 characters', () => {
    const long = texts.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => (line.length > 120 ? [`${path}:${index + 1}`] : [])),
    );
    expect(files.length).toBeGreaterThan(2 * policies.length);
    expect(long).toEqual([]);
  });

  it('says in one place that a list is cut', () => {
    const saying = texts.filter(
      ({ path, text }) => !path.endsWith('_test.rego') && text.includes('(the list is cut)'),
    );
    expect(saying.map(({ path }) => path)).toEqual(['lib/evidence.rego']);
  });
});

describe.each(policies)('$name', (folder) => {
  const { domain, name, url, source, metadata, examples } = folder;
  const { custom } = metadata;

  it('has one name in folder, package and id', () => {
    expect(custom.id).toBe(name.replaceAll('_', '-'));
    expect(source).toMatch(new RegExp(`^package policies\\.${domain}\\.${name}$`, 'm'));
    expect(metadata.schemas).toEqual([{ input: `schema["dossier-${custom.subject}"]` }]);
  });

  it('says what good looks like, why, and what to do', () => {
    expect(metadata.title).not.toMatch(/^(ensure|check)\b|\.$/i);
    expect(metadata.description.length).toBeGreaterThan(150);
    expect(custom.action).toMatch(/^[A-Z].*[^.]$/);
    expect(custom.remediation).toMatch(/\.$/);
    expect(source).toMatch(/^# +requires:(?! \[\]$)/m);
  });

  it('has Rego tests and examples of every outcome', () => {
    expect(existsSync(new URL(`${name}_test.rego`, url))).toBe(true);
    const good = custom.evidence === 'attestation' ? 'attested' : 'pass';
    expect(outcomes(examples)).toEqual(new Set([good, 'fail', 'no-evidence', 'not-applicable']));
  });

  it('negates with the semantics in which an absent field cannot hide a violation', () => {
    if (/\bnot /.test(source.replaceAll(/^\s*#.*$/gm, '')))
      expect(source).toContain('import future.keywords.not');
  });

  it('names itself once in its code, and reads the thresholds of another rule only where the two must agree', () => {
    const code = source.replaceAll(/^\s*#.*$/gm, '');
    const own = new RegExp(`^params := data\\.params\\["${custom.id}"\\]$|^rule_id := "${custom.id}"$`, 'gm');
    const needsId = custom.params !== undefined || code.includes('rule_id');
    expect(code.match(own) ?? []).toHaveLength(needsId ? 1 : 0);
    expect(code.split(`"${custom.id}"`)).toHaveLength(needsId ? 2 : 1);
    const read = [...code.matchAll(/data\.params(?:\[|, \[)"?([a-z_-]+)"?/g)].map(([, id]) => id);
    expect(read.filter((id) => id !== custom.id && id !== 'rule_id')).toEqual(AGREES_WITH[custom.id] ?? []);
  });

  it('has no clock, network or randomness', () => {
    expect(source).not.toMatch(/\b(time\.now|http\.|rand\.|opa\.runtime|uuid\.|net\.lookup)/);
  });

  const validate = schemaValidator(dossierSchemaName(custom.subject));
  it.each(examples)('%s is a dossier of its subject', (file) => {
    validate(exampleDossier(folder, file));
    expect(validate.errors ?? []).toEqual([]);
  });
});

describe('against the reviewed reference', () => {
  const rules = new Map(REFERENCE.rules.map((rule) => [rule.id, rule]));

  it.each(policies)('$name has an id and the severity of the reference', ({ metadata: { custom } }) => {
    expect(rules.get(custom.id)?.severity).toBe(custom.severity);
  });

  it.each(policies)('$name rests on documents if the reference says so', ({ metadata: { custom } }) => {
    expect(rules.get(custom.id)?.evidence).toBe(custom.evidence === 'attestation' ? 'documents' : 'records');
  });
});
