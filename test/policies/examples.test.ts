import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../dist/opa/index.js';
import { exampleDossier, loadPolicies, type PolicySet, scaffoldPolicy } from '../../dist/policies/index.js';
import { type CompiledPolicies, SUBJECT_KINDS } from '../../src/model/index.js';
import { asStored, publishedSchema } from '../../src/policies/dossier-schema.js';
import { readExamples } from '../../src/policies/examples.js';
import { touchedPolicies } from '../../src/policies/touched-policies.js';
import { builtRuleBook } from './built-rule-book.js';
import { baseOf, policiesRoot, policyFolders, readJson } from './rule-book.js';

const base = (kind: string) => readJson(new URL(`examples/${kind}.json`, policiesRoot)) as Json;

type Json = Record<string, unknown>;

describe('the base of a kind of subject', () => {
  it.each(SUBJECT_KINDS)('%s is a dossier in which nothing is left out', (kind) => {
    const schema = publishedSchema(`dossier-${kind}`);
    const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
    validate(base(kind));
    expect(validate.errors ?? []).toEqual([]);
    expect(asStored(schema, base(kind))).toEqual(base(kind));
  });
});

describe('the base of a policy', () => {
  let compiled: CompiledPolicies;
  let engine: Engine;

  beforeAll(async () => {
    ({ compiled, engine } = await builtRuleBook());
  });

  it.each(policyFolders())('$name: the rule holds for it', (folder) => {
    const { id, evidence } = folder.metadata.custom;
    const answer = engine.evaluate(compiled.entrypoints.get(id) ?? '', baseOf(folder).dossier as never);
    const several = (compiled.policies.find((one) => one.id === id)?.elements ?? []).length > 1;
    const outcome = evidence === 'attestation' ? 'attested' : 'pass';
    expect(answer).toEqual(several ? { outcome, reasons: expect.any(Array) } : { outcome });
  });
});

describe('examples of a policy of one’s own', () => {
  const dir = join(mkdtempSync(join(tmpdir(), 'keyproof-examples-')), 'own');
  const examples = join(dir, 'key_naming/examples');
  let set: PolicySet;

  const write = (path: string, content: unknown) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const read = async (content: unknown, own?: unknown) => {
    rmSync(examples, { recursive: true, force: true });
    write('key_naming/examples/pass-x.json', content);
    if (own !== undefined) write('key_naming/examples/base.json', own);
    const policies = set.policies.filter(({ id }) => id === 'key-naming');
    return (await readExamples(set, policies)).map(({ policy: _, ...example }) => example);
  };
  const known = { name: 'pass-x', file: 'key_naming/examples/pass-x.json', expected: 'pass' };
  const renamed = { op: 'replace', path: '/key/name', value: 'nb-x' };
  const named = (name: string | null): Json => ({
    ...base('key'),
    key: { ...(base('key')['key'] as Json), name },
  });

  beforeAll(async () => {
    const files = scaffoldPolicy({ id: 'key-naming', subject: 'key', severity: 'low' });
    for (const [path, text] of Object.entries(files)) write(path, text);
    set = await loadPolicies([{ dir, builtIn: false }], { overrides: {} });
  });

  afterAll(() => rmSync(dirname(dir), { recursive: true, force: true }));

  it('say what differs from the base of their kind of subject', async () => {
    expect(await read([renamed])).toEqual([
      { ...known, base: 'examples/key.json', difference: [renamed], dossier: named('nb-x') },
    ]);
  });

  it('differ in nothing from it', async () => {
    expect(await read([])).toEqual([
      { ...known, base: 'examples/key.json', difference: [], dossier: base('key') },
    ]);
  });

  it('are whole dossiers, also beside a base, with what they leave out filled in', async () => {
    const { attestations: _, ...short } = named('nb-x');
    const whole = { ...known, base: null, difference: null, dossier: { ...short, attestations: null } };
    expect(await read(short)).toEqual([whole]);
    expect(await read(short, [renamed])).toEqual([whole]);
  });

  it.each([
    ['what differs from that of their kind', [{ op: 'replace', path: '/key/name', value: null }]],
    ['a whole dossier', named(null)],
  ])('say what differs from base.json beside them: %s', async (_, own) => {
    const change = { op: 'replace', path: '/key/owner', value: 'ops' };
    const dossier = { ...named(null), key: { ...(named(null)['key'] as Json), owner: 'ops' } };
    expect(await read([change], own)).toEqual([
      { ...known, base: 'key_naming/examples/base.json', difference: [change], dossier },
    ]);
  });

  it.each([
    ['{"op"', /^key_naming\/examples\/pass-x\.json: is not JSON: .+\.$/],
    [
      '"text"',
      'key_naming/examples/pass-x.json: must be a dossier (an object) or what differs from the base (a list of changes).',
    ],
    [
      [renamed, { op: 'replace', path: '/key/nmae', value: 'x' }],
      'key_naming/examples/pass-x.json: change 2: there is nothing at /key/nmae to replace; "op": "add" adds what is not there; the base is examples/key.json.',
    ],
    [
      [{ op: 'copy', from: '/key', path: '/owner' }],
      'key_naming/examples/pass-x.json: change 1: "op" must be "add", "replace" or "remove", not "copy"; the base is examples/key.json.',
    ],
    [
      [{ op: 'replace', path: '', value: null }],
      'key_naming/examples/pass-x.json: the changes leave no object; the base is examples/key.json.',
    ],
  ])('%j is no example', async (content, problem) => {
    expect(await read(content)).toEqual([
      {
        ...known,
        base: null,
        difference: null,
        dossier: undefined,
        problem: typeof problem === 'string' ? problem : expect.stringMatching(problem),
      },
    ]);
  });

  it('that break the schema say where', async () => {
    const [example] = await read([{ op: 'replace', path: '/key/environment', value: 'moon' }]);
    expect(example?.problem).toMatch(/^\/key\/environment must be equal to one of the allowed values/);
  });

  it('have no dossier if base.json is wrong, which is named', async () => {
    const [example] = await read([renamed], [{ op: 'remove', path: '/nothing' }]);
    expect(example?.problem).toBe(
      'key_naming/examples/base.json: change 1: there is nothing at /nothing to remove; the base is examples/key.json.',
    );
  });

  it('are found by their path', async () => {
    await read([renamed], [{ op: 'replace', path: '/key/owner', value: 'ops' }]);
    const own = { ...base('key'), key: { ...(base('key')['key'] as Json), owner: 'ops' } };
    expect(await exampleDossier(set, join(examples, 'base.json'))).toEqual(own);
    expect(await exampleDossier(set, join(examples, 'pass-x.json'))).toEqual({
      ...own,
      key: { ...own.key, name: 'nb-x' },
    });
    expect(await exampleDossier(set, join(dir, 'key_naming/key_naming.rego'))).toBeUndefined();
  });
});

it('a change of a base touches every policy about its kind of subject', async () => {
  const dir = fileURLToPath(policiesRoot);
  const set = await loadPolicies([{ dir, builtIn: true }], { overrides: {} });
  const touched = touchedPolicies(set, [join(dir, 'examples/principal.json')]);
  const about = set.policies.filter(({ subject }) => subject === 'principal').map(({ id }) => id);
  expect([...touched]).toEqual(about);
});

it('a change of a library touches the policies whose METADATA alone leans on it', async () => {
  const dir = fileURLToPath(policiesRoot);
  const set = await loadPolicies([{ dir, builtIn: true }], { overrides: {} });
  const touched = touchedPolicies(set, [join(dir, 'lib/lifecycle.rego')]);
  expect(touched).toContain('storage-hsm-critical');
  expect(touched).not.toContain('inv-complete');
});

it('every example of the rule book is a difference', () => {
  const whole = policyFolders().flatMap(({ url, examples }) =>
    examples.filter((file) => !readFileSync(new URL(`examples/${file}`, url), 'utf8').startsWith('[')),
  );
  expect(whole).toEqual([]);
});
