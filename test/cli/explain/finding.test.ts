import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { keyproof } from '../../support/cli.js';
import { PROGRAM_FILES } from '../../support/closed-set.js';
import { describeUnlessProved } from '../../support/verdict.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const scratch = (): string => mkdtempSync(join(tmpdir(), 'keyproof-explain-'));
const pack = join(scratch(), 'pack');
const KEYS_SHA256 = createHash('sha256')
  .update(readFileSync(join(here, 'exports/keys.csv')))
  .digest('hex');

const idOf = (rule: string, id: string, kind = 'key'): string =>
  createHash('sha256').update(`${rule}\n${kind}\n${id}`).digest('hex').slice(0, 16);
const explain = (id: string, args: string[] = ['exports'], cwd = here) =>
  keyproof(['explain', id, ...args, '--pack', pack], { cwd });
const auditInto = (output: string, cwd: string, args: string[] = []) =>
  keyproof(
    [
      'audit',
      'exports',
      '--as-of',
      '2026-09-30',
      '--format',
      'json,parquet',
      '--fail-on',
      'none',
      '--output',
      output,
      '--quiet',
      ...args,
    ],
    { cwd },
  );

/** A line of the policy as it is printed, with its mark and without the row, which changes with the policy. */
const line = (mark: '>' | ' ', text: string): RegExp =>
  new RegExp(`^ {2}${mark} +\\d+ \\| +${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'm');

beforeAll(async () => {
  expect(await auditInto(pack, here)).toMatchObject({ code: 0, stderr: '' });
});

describeUnlessProved(
  'explain FINDING PATH evaluates it again',
  import.meta.url,
  [...PROGRAM_FILES, 'test/cli/explain/**'],
  () => {
    test('a failure: the lines that held, the values they saw, the records of these', async () => {
      const { code, stdout } = await explain(idOf('rotation-max-age', 'nb-2'));
      expect(code).toBe(0);
      expect(stdout).toContain(
        'Evaluated again on the evidence of the pack: 3 files with the SHA-256 the pack names.',
      );
      expect(stdout).toContain('The policy says what the pack says: fail.');
      expect(stdout).toContain(
        'Lines that decided, in policies/rotation/rotation_max_age/rotation_max_age.rego',
      );
      expect(stdout).toContain('  violations = "last rotated 2026-01-05, 268 days before the as-of date');
      expect(stdout).toMatch(line('>', 'stated_over'));
      expect(stdout).toMatch(line('>', 'stated_over if age.over(stated, stated_until, limit)'));
      expect(stdout).toContain('|   stated = 2026-01-05 (known to the day)');
      expect(stdout).toContain('|   input.key.risk_tier = "medium"');
      expect(stdout).toContain('|   stated_until = 1790812799999 (2026-09-30T23:59:59.999Z)');
      expect(stdout).toContain(
        `  keys.csv, row 3, sha256 ${KEYS_SHA256}: key.last_rotated, key.last_rotated.state, key.risk_tier`,
      );
    });

    test('missing evidence: the rule that named it', async () => {
      const { code, stdout } = await explain(idOf('rotation-max-age', 'nb-4'));
      expect(code).toBe(0);
      expect(stdout).toContain('The policy says what the pack says: no-evidence.');
      expect(stdout).toContain('  missing = "key.last_rotated"');
      expect(stdout).toMatch(line('>', 'not input.key.last_rotated.state in {"known", "never"}'));
      expect(stdout).toContain('|   input.key.last_rotated.state = undefined');
      expect(stdout).toMatch(/^ {2}keys\.csv, row 5, sha256 /m);
      expect(stdout).not.toContain('  violations = ');
    });

    test('missing evidence that METADATA asks for: its line', async () => {
      const { stdout } = await explain(idOf('rotation-max-age', 'nb-5'));
      expect(stdout).toContain('  requires\n');
      expect(stdout).toMatch(line('>', '#   requires: [key.status, key.risk_tier]'));
      expect(stdout).toContain('|   key.risk_tier = null');
      expect(stdout).not.toContain('did not hold');
    });

    test('not applicable: the reason that spoke', async () => {
      const { code, stdout } = await explain(idOf('rotation-max-age', 'nb-3'));
      expect(code).toBe(0);
      expect(stdout).toContain('Why it does not apply:\n  the key is revoked');
      expect(stdout).toContain('  not_applicable = "the key is revoked"');
      expect(stdout).toContain('|   input.key.status = "revoked"');
      expect(stdout).not.toContain('What to do');
    });

    test('a pass: the line at which each rule stopped, and the one that proves the good case', async () => {
      const { code, stdout } = await explain(idOf('rotation-max-age', 'nb-1'));
      expect(code).toBe(0);
      expect(stdout).toContain('The policy says what the pack says: pass.');
      expect(stdout).toContain('  violations: did not hold');
      expect(stdout).toContain('  stated_over: did not hold');
      expect(stdout).toContain('  rotated_in_time = true');
      expect(stdout).toMatch(line('>', 'age.since(stated, cutoff)'));
    });

    test('an attested document: as a pass', async () => {
      const { code, stdout } = await explain(idOf('gov-policy-current', 'exports', 'organisation'));
      expect(code).toBe(0);
      expect(stdout).toContain('gov-policy-current on organisation exports: attested');
      const refused =
        'data.lib.attestation.refused("gov-policy-current", data.params["gov-policy-current"].max_age_days)';
      expect(stdout).toMatch(line('>', `some violation in ${refused}`));
      expect(stdout).toContain(`|   ${refused} = []`);
      expect(stdout).toMatch(/^ {2}attestations\.csv, row 2, sha256 /m);
    });

    test('--json has the same, for machines', async () => {
      const run = await explain(idOf('rotation-max-age', 'nb-2'), ['exports', '--json']);
      const { outcome, replay } = JSON.parse(run.stdout);
      expect({ outcome, ...replay }).toMatchObject({
        outcome: 'fail',
        differences: [],
        sameEvidence: true,
        samePolicies: true,
        sameFinding: true,
        problem: null,
        records: [{ file: 'keys.csv', record: 'row 3', sha256: KEYS_SHA256 }],
      });
      const [first] = replay.decisions;
      expect(first).toMatchObject({ rule: 'violations', held: true });
      expect(first.lines.filter(({ decided }: { decided: boolean }) => decided)).toHaveLength(2);
    });
  },
);

describeUnlessProved(
  'explain FINDING on other evidence',
  import.meta.url,
  [...PROGRAM_FILES, 'test/cli/explain/**'],
  () => {
    test('says which file changed and what the policy says now, and ends with 5', async () => {
      const folder = scratch();
      cpSync(join(here, 'exports'), join(folder, 'exports'), { recursive: true });
      const keys = join(folder, 'exports/keys.csv');
      writeFileSync(keys, readFileSync(keys, 'utf8').replace('2026-01-05,\n', '2026-09-05,\n'));
      rmSync(join(folder, 'exports/people.csv'));
      const { code, stdout } = await explain(idOf('rotation-max-age', 'nb-2'), ['exports'], folder);
      expect(code).toBe(5);
      expect(stdout).toContain('Evaluated again on OTHER evidence than the pack was made from');
      expect(stdout).toMatch(
        new RegExp(
          `^ {2}keys\\.csv: was changed; its SHA-256 is [0-9a-f]{64}, the pack has ${KEYS_SHA256}\\.$`,
          'm',
        ),
      );
      expect(stdout).toContain('  people.csv: is missing.');
      expect(stdout).toContain('The pack says fail; now it is pass.');
      expect(stdout).toContain('  violations: did not hold');
    });

    test('a file under another path is the same evidence', async () => {
      const folder = scratch();
      cpSync(join(here, 'exports'), join(folder, 'exports'), { recursive: true });
      writeFileSync(join(folder, 'keyproof.yaml'), 'asOf: 2020-01-01\norganisation: Another Bank\n');
      const { code, stdout } = await explain(idOf('storage-prod-in-vault', 'nb-2'), ['exports'], folder);
      expect(code).toBe(0);
      expect(stdout).toContain('keys.csv: is now exports/keys.csv, with the same content.');
      expect(stdout).toContain('The policy says what the pack says: pass.');
    });

    test('the subject may not be in it', async () => {
      const folder = scratch();
      mkdirSync(join(folder, 'exports'));
      cpSync(join(here, 'exports/people.csv'), join(folder, 'exports/people.csv'));
      const { code, stdout } = await explain(idOf('rotation-max-age', 'nb-2'), ['exports'], folder);
      expect(code).toBe(5);
      expect(stdout).toContain('  keys.csv: is missing.');
      expect(stdout).toContain('This evidence has no key nb-2.');
      expect(stdout).toContain('last rotated 2026-01-05');
    });
  },
);

describeUnlessProved(
  'explain FINDING without the exports',
  import.meta.url,
  [...PROGRAM_FILES, 'test/cli/explain/**'],
  () => {
    test('prints what the pack has, and says what is missing', async () => {
      const { code, stdout } = await explain(idOf('rotation-max-age', 'nb-2'), [], scratch());
      expect(code).toBe(0);
      expect(stdout).toContain('rotation-max-age on key nb-2: fail');
      expect(stdout).toContain('read from keys.csv, row 3');
      expect(stdout).toContain('A pack holds no exports.');
      expect(stdout).toContain('It was made from 3 files:\n  attestations.csv\n  keys.csv\n  people.csv');
      expect(stdout).not.toContain('Lines that decided');
    });

    test('an unknown finding, and a folder that is no pack', async () => {
      expect((await explain('0123456789abcdef')).stderr).toContain('is not among the findings of');
      expect(await keyproof(['explain', '0123456789abcdef'], { cwd: scratch() })).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('name the pack of the finding with --pack'),
      });
    });
  },
);

describeUnlessProved(
  'explain FINDING of a policy from outside',
  import.meta.url,
  [...PROGRAM_FILES, 'test/cli/explain/**'],
  () => {
    const folder = scratch();
    const output = join(folder, 'pack');
    // In two parts, so that no scanner takes it for a secret that lives.
    const token = `gh${'p_'}${'Ab1'.repeat(12)}`;
    const metadata = (id: string) => `# METADATA
# title: ${id}
# description: For the test of explain.
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: ${id}
#   severity: low
#   subject: key
#   requires: []
#   remediation: None.
package custom.${id.replaceAll('-', '_')}
`;

    beforeAll(async () => {
      cpSync(join(here, 'exports'), join(folder, 'exports'), { recursive: true });
      mkdirSync(join(folder, 'policies'));
      writeFileSync(
        join(folder, 'policies/two_answers.rego'),
        `${metadata('two-answers')}
answer := 1 if input.key.status == "active"

answer := 2 if input.key.environment == "production"

violations contains {"message": sprintf("%d", [answer]), "facts": {}, "records": [input.key.source]}
`,
      );
      writeFileSync(
        join(folder, 'policies/known_token.rego'),
        `${metadata('known-token')}
known := "${token}"

api_token := "swordfish"

violations contains {"message": "found", "facts": {}, "records": [input.key.source]} if {
	known != input.key.name
	api_token != input.key.name
	every name in ["payments", input.key.name] { name != "none" }
}

violations contains {"message": "never", "facts": {}, "records": []} if {
	every name in [input.key.name, "none"] { name != "none" }
}
`,
      );
      appendFileSync(
        join(folder, 'keyproof.yaml'),
        'policies: [policies]\nasOf: 2026-09-30\nformats: [json]\noutput: pack\nfailOn: none\n',
      );
      await keyproof(['audit', 'exports', '--quiet'], { cwd: folder });
    });

    test('finds pack, policy and exports by the config alone', async () => {
      const run = await keyproof(['explain', idOf('two-answers', 'nb-1'), '--json'], { cwd: folder });
      expect(JSON.parse(run.stdout)).toMatchObject({ ruleId: 'two-answers', replay: { sameEvidence: true } });
    });

    test('an error: where the policy contradicts itself', async () => {
      const { code, stdout } = await keyproof(['explain', idOf('two-answers', 'nb-1'), 'exports'], {
        cwd: folder,
      });
      expect(code).toBe(0);
      expect(stdout).toContain('The policy says what the pack says: error.');
      expect(stdout).toMatch(/policies\/two_answers\.rego:\d+:1: .*produced conflicting values/);
    });

    test('no secret is printed, neither as a value nor in the source, whatever the policy does with it', async () => {
      const { stdout } = await keyproof(['explain', idOf('known-token', 'nb-1'), 'exports'], { cwd: folder });
      expect(stdout).toContain('|   known = "sha256:');
      expect(stdout).toContain('|   api_token = (withheld)');
      expect(stdout).not.toContain(token);
      expect(stdout).not.toContain('swordfish');
    });

    test('the policy has to be named', async () => {
      const run = await keyproof(
        ['explain', idOf('two-answers', 'nb-1'), join(folder, 'exports'), '--pack', output],
        { cwd: scratch() },
      );
      expect(run.code).toBe(2);
      expect(run.stderr).toContain(
        'two-answers: is no policy of the rule book; name the folder it is in with --policy',
      );
    });
  },
);
