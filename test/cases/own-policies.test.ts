import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { create } from 'tar';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Assessment } from '../../src/model/index.js';
import { type CliRun, keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

/**
 * Folders of policies that try to change what the rule book says, or what a policy beside them says. Each has one that means
 * well, whose outcome must stand, too. One audit without them, one with all of them, each observation compared.
 */

type Files = { [path: string]: string };

const scratch = mkdtempSync(join(tmpdir(), 'keyproof-own-'));
const exports = join(scratch, 'exports');

const KEYS = `key_id,name,storage,environment,owner,risk_tier,status,created,last_rotated,last_used,scopes
nb-1,nb-1,secrets-manager,production,o.lindqvist@northbridge.example,high,active,2026-06-01T08:00:00Z,2026-09-20T08:00:00Z,2026-09-29T10:00:00Z,accounts:read
nb-2,nb-2,secrets-manager,production,o.lindqvist@northbridge.example,high,active,2024-06-01T08:00:00Z,2025-01-20T08:00:00Z,2026-09-29T10:00:00Z,accounts:read
`;
const PEOPLE = `principal_id,name,kind,roles,status
o.lindqvist@northbridge.example,Oda Lindqvist,human,operator,active
`;
const GRANTS = `grant_id,principal,key_id,actions,granted_at
g-1,o.lindqvist@northbridge.example,nb-2,read-secret,2026-07-01T08:00:00Z
`;

/** A policy in a package, with METADATA and rules. */
const policy = (id: string, name: string, rules: string): string => `# METADATA
# title: Of ${id}
# description: For tests.
# custom:
#   id: ${id}
#   severity: low
#   subject: key
#   requires: [key.last_rotated]
#   params:
#     days: 90
#   remediation: None.
package ${name}

${rules}
`;

const NEVER =
  'violations contains {"message": "m", "facts": {}, "records": []} if input.key.key_id == "none"\n';

/** Fails on nb-2 and passes on nb-1, by a library of the rule book, a threshold and data of its own. */
const good = (name: string): string =>
  policy(
    `good-${name}`,
    `bank.good_${name.replaceAll('-', '_')}`,
    `import data.lib.age

violations contains {"message": sprintf("over %d days", [limit]), "facts": {}, "records": []} if {
	age.over(input.key.last_rotated, input.as_of.ms, limit)
}

limit := data.params["good-${name}"].days
`,
  );

const DENY_ALL = 'not_applicable contains "turned off from outside"\n';

/** What a folder holds beside its policy that means well, and what must be said of it. */
const ATTACKS: { [name: string]: { files: Files; incomplete?: RegExp; errors?: { [id: string]: RegExp } } } =
  {
    'from-above': {
      files: { 'a.rego': 'package policies\n\nrotation.rotation_max_age.not_applicable contains "off"\n' },
      incomplete:
        /from-above\/a\.rego:1: Package policies adds to policies\.rotation\.rotation_max_age, which is keyproof's own/,
    },
    'same-package': {
      files: { 'a.rego': `package policies.rotation.rotation_max_age\n\n${DENY_ALL}` },
      incomplete:
        /same-package\/a\.rego:1: Package policies\.rotation\.rotation_max_age is keyproof's own; give yours another name/,
    },
    'comment-in-package': {
      files: { 'a.rego': `package # a comment\n\tpolicies["rotation"].rotation_max_age\n\n${DENY_ALL}` },
      incomplete:
        /comment-in-package\/a\.rego:1: Package policies\.rotation\.rotation_max_age is keyproof's own/,
    },
    generated: {
      files: { 'a.rego': 'package keyproof.policy.rotation_max_age\n\nresult := {"outcome": "pass"}\n' },
      incomplete: /generated\/a\.rego:1: Package keyproof\.policy\.rotation_max_age is keyproof's own/,
    },
    'our-library': {
      files: { 'a.rego': 'package lib.age\n\nover(_, _, _) if false\n\nwithin(_, _, _) := true\n' },
      incomplete: /our-library\/a\.rego:1: Package lib\.age is keyproof's own/,
    },
    'library-from-above': {
      files: { 'a.rego': 'package lib\n\nage := "gone"\n' },
      incomplete: /library-from-above\/a\.rego:1: Package lib adds to lib\.age, which is keyproof's own/,
    },
    'another-policy': {
      files: { 'a.rego': 'package bank\n\ngood_another_policy.not_applicable contains "off"\n' },
      incomplete:
        /It adds to package bank\.good_another_policy of another-policy\/good\.rego from the package above/,
    },
    'rests-on-ours': {
      files: {
        'a.rego': policy(
          'rests-on-ours',
          'bank.rests_on_ours',
          'violations contains v if some v in data.policies.rotation.rotation_max_age.violations',
        ),
      },
      errors: { 'rests-on-ours': /data\.policies\.rotation\.rotation_max_age\.violations is keyproof's own/ },
    },
    'rests-on-ours-spelt-otherwise': {
      files: {
        'a.rego': policy(
          'rests-by-escape',
          'bank.rests_by_escape',
          'violations contains v if some v in data["pol\\u0069cies"].rotation.rotation_max_age.violations',
        ),
        'b.rego': policy(
          'rests-by-backticks',
          'bank.rests_by_backticks',
          'violations contains v if some v in data[ `policies` ].rotation.rotation_max_age.violations',
        ),
      },
      errors: {
        'rests-by-escape': /data\.policies\.rotation\.rotation_max_age\.violations is keyproof's own/,
        'rests-by-backticks': /data\.policies\.rotation\.rotation_max_age\.violations is keyproof's own/,
      },
    },
    'rests-on-ours-beside-one-of-its-name': {
      files: {
        'a.rego': `package policies.rotation.rotation_max_age\n\n${DENY_ALL}`,
        'b.rego': 'package policies\n\nx := 1\n',
        'c.rego': policy(
          'rests-beside',
          'bank.rests_beside',
          'violations contains v if some v in data.policies.rotation.rotation_max_age.violations',
        ),
        'd.rego': policy(
          'rests-on-theirs',
          'bank.rests_on_theirs',
          'violations contains {"message": "m", "facts": {}, "records": []} if data.policies.x == 1',
        ),
      },
      incomplete:
        /beside-one-of-its-name\/a\.rego:1: Package policies\.rotation\.rotation_max_age is keyproof's own/,
      errors: { 'rests-beside': /data\.policies\.rotation\.rotation_max_age\.violations is keyproof's own/ },
    },
    'taken-id': {
      files: {
        'a.rego': policy('rotation-max-age', 'bank.taken', NEVER),
        'b.rego': `# METADATA\n# scope: subpackages\n# custom:\n#   id: sod-create-deploy\npackage bank.tricks\n\n# METADATA\n# scope: document\n# custom:\n#   id: inv-owner-assigned\n${NEVER}`,
      },
      incomplete:
        /taken-id\/a\.rego:1: The id rotation-max-age is taken by policies\.rotation\.rotation_max_age/,
    },
    'names-of-javascript': {
      files: {
        'a.rego': policy('constructor', 'bank.constructor', NEVER),
        'b.rego': policy('__proto__', 'bank.proto', NEVER),
        'c.rego': policy('toString', 'bank.to_string', NEVER),
        'd.rego': policy('default', 'bank.by_keyword', NEVER),
      },
      incomplete: /b\.rego:12: METADATA custom\.id "__proto__" must be lower-case words with hyphens/,
    },
    keyproof: { files: { 'policy/good-keyproof.rego': 'package bank.elsewhere\n\nx := 1\n' } },
    policies: { files: { 'lib/age.rego': 'package bank.age\n\nover(_, _, _) if false\n' } },
    'with-data': {
      files: {
        'data.json': JSON.stringify({
          policies: { rotation: { rotation_max_age: { not_applicable: ['off'] } } },
        }),
        'params/data.json': JSON.stringify({ 'rotation-max-age': { max_age_days: { critical: 9e9 } } }),
        'lib/data.yaml': 'age: {over: false}\n',
      },
    },
  };

const BUNDLE_DATA = {
  params: {
    'rotation-max-age': { max_age_days: { critical: 9e9, high: 9e9, medium: 9e9, low: 9e9 } },
    'good-bundle': { days: 9e9 },
  },
  lib: { age: { over: false } },
  policies: { rotation: { rotation_max_age: { not_applicable: ['off'] } } },
  keyproof: { policy: { rotation_max_age: { result: { outcome: 'pass' } } } },
  __proto__: { outcome: 'pass' },
};

type Run = { run: CliRun; assessment: Assessment; outcomes: Map<string, unknown> };

let without: Run;
let all: Run;

describeUnlessProved("policies of one's own beside the rule book", import.meta.url, PROGRAM_FILES, () => {
  beforeAll(async () => {
    write(exports, { 'keys.csv': KEYS, 'people.csv': PEOPLE, 'grants.csv': GRANTS });
    const folders = Object.entries(ATTACKS).map(([name, { files }]) => {
      const folder = join(scratch, 'own', name);
      write(folder, { 'good.rego': good(name), ...files });
      return folder;
    });
    without = await audit('without', [], { KEYPROOF_CACHE_DIR: cache });
    all = await audit('with', [...folders, await bundle()]);
  }, 600_000);

  function write(folder: string, files: Files): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }

  async function bundle(): Promise<string> {
    const folder = join(scratch, 'bundle');
    write(folder, { 'good.rego': good('bundle'), 'data.json': JSON.stringify(BUNDLE_DATA) });
    const file = join(scratch, 'bundle.tar.gz');
    await create({ gzip: true, cwd: folder, file, portable: true }, ['good.rego', 'data.json']);
    return file;
  }

  /** A machine that never compiled anything. */
  const cache = join(scratch, 'cache');

  async function audit(name: string, policies: string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const output = join(scratch, `pack-${name}`);
    const more = policies.flatMap((folder) => ['--policy', folder]);
    const asked = [
      '--as-of',
      '2026-09-30',
      '--format',
      'parquet,json',
      '--output',
      output,
      '--fail-on',
      'none',
    ];
    const run = await keyproof(['audit', exports, ...asked, ...more], { env });
    if (run.code !== 0 && run.code !== 3) throw new Error(run.stderr);
    const assessment = JSON.parse(await readFile(join(output, 'assessment.json'), 'utf8')) as Assessment;
    const rows = await parquetReadObjects({
      file: await asyncBufferFromFile(join(output, 'observations.parquet')),
    });
    const outcomes = new Map(rows.map((row) => [`${row['rule_id']} ${row['subject_id']}`, row]));
    return { run, assessment, outcomes };
  }

  const ownOutcome = (id: string, key: string) => {
    const row = all.outcomes.get(`${id} ${key}`) as { outcome: string } | undefined;
    return row?.outcome;
  };

  test('the rule book alone is not compiled, on a machine that never did', () => {
    expect(without.run.stderr).not.toContain('compiled from their sources');
    expect(existsSync(cache)).toBe(false);
  });

  describe('policies from outside', () => {
    test('change no outcome of the rule book, in whole observations', () => {
      const ours = new Set(without.assessment.policies.map(({ id }) => id));
      const kept = [...all.outcomes].filter(([, row]) =>
        ours.has(String((row as { rule_id: string }).rule_id)),
      );
      expect(without.outcomes.get('rotation-max-age nb-2')).toMatchObject({ outcome: 'fail' });
      expect(new Map(kept)).toEqual(without.outcomes);
    });

    test('change no control', () => {
      expect(all.assessment.frameworks.map(({ controls }) => controls)).toEqual(
        without.assessment.frameworks.map(({ controls }) => controls),
      );
    });

    test.each([...Object.keys(ATTACKS), 'bundle'])(
      'of the folder %s that mean well have their outcome',
      (name) => {
        expect([ownOutcome(`good-${name}`, 'nb-1'), ownOutcome(`good-${name}`, 'nb-2')]).toEqual([
          'pass',
          'fail',
        ]);
      },
    );

    test.each(Object.entries(ATTACKS).filter(([, { incomplete }]) => incomplete !== undefined))(
      '%s is named with one sentence',
      (_name, { incomplete }) => {
        const messages = all.assessment.incomplete.map(({ message }) => message);
        expect(messages.filter((message) => incomplete?.test(message))).toHaveLength(1);
      },
    );

    test.each(Object.values(ATTACKS).flatMap(({ errors = {} }) => Object.entries(errors)))(
      '%s is an error on every subject, and says why',
      (id, sentence) => {
        for (const key of ['nb-1', 'nb-2'])
          expect(all.outcomes.get(`${id} ${key}`)).toMatchObject({
            outcome: 'error',
            error: expect.stringMatching(sentence) as string,
          });
      },
    );

    test('may rest on a package of theirs above one of the rule book', () => {
      expect(ownOutcome('rests-on-theirs', 'nb-1')).toBe('fail');
    });

    test('may be called as JavaScript and Rego call things', () => {
      expect([ownOutcome('constructor', 'nb-1'), ownOutcome('default', 'nb-1')]).toEqual(['pass', 'pass']);
      expect(all.assessment.policies.find(({ id }) => id === 'constructor')).toMatchObject({
        outcomes: { pass: 2 },
      });
    });
  });
});
