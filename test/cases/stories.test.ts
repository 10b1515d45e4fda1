import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Assessment, Manifest } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

/** A folder of exports, the command run on it, and what a user must then see. */
type Story = {
  about: string;
  args: string[];
  env?: { [name: string]: string };
  exit: number;
  stderr?: string[];
  stdout?: string[];
  pack?: string[];
  incomplete?: string[];
  unwritten?: string[];
  findings?: string[];
  outcomes?: { [ruleAndSubject: string]: string };
  limitations?: { [controlAndRule: string]: string };
  policies?: { [rule: string]: { [outcome: string]: number } };
  errors?: { [ruleAndSubject: string]: string };
  files?: { [path: string]: { state: string; adapter?: string | null; records?: number; rejected?: number } };
  rejects?: { file: string; record: string; field: string | null; reason: string }[];
};

const here = fileURLToPath(new URL('.', import.meta.url));
const folders = readdirSync(here, { withFileTypes: true }).filter((entry) =>
  existsSync(join(here, entry.name, 'story.yaml')),
);

for (const { name } of folders)
  describeUnlessProved(name, import.meta.url, [`test/cases/${name}/**`, ...PROGRAM_FILES], () => {
    const story = parse(readFileSync(join(here, name, 'story.yaml'), 'utf8')) as Story;

    test(story.about, async () => {
      const output = join(mkdtempSync(join(tmpdir(), 'keyproof-story-')), 'pack');
      const run = await keyproof(
        story.args.map((arg) => arg.replace('$OUT', output)),
        { cwd: join(here, name), env: story.env ?? {} },
      );
      expect(run.code, run.stderr).toBe(story.exit);
      for (const text of story.stderr ?? []) expect(run.stderr).toContain(text);
      for (const text of story.stdout ?? []) expect(run.stdout).toContain(text);
      if (story.pack) expect(existsSync(output) ? readdirSync(output).sort() : []).toEqual(story.pack);
      if (story.unwritten) expect(unwrittenIn(output)).toEqual(story.unwritten);
      if (existsSync(join(output, 'assessment.json')))
        expectAssessment(story, JSON.parse(readFileSync(join(output, 'assessment.json'), 'utf8')));
    });
  });

/** What the manifest says was not written. Nothing else of the pack says it: what was assessed is the same without it. */
function unwrittenIn(output: string): string[] {
  const manifest = JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8')) as Manifest;
  const html = readFileSync(join(output, 'index.html'), 'utf8');
  expect(html).not.toContain('This run is incomplete');
  expect(html).not.toContain('report.pdf:');
  return manifest.incomplete.map(({ format, kind, message }) => `${format}, ${kind}: ${message}`);
}

function expectAssessment(story: Story, assessment: Assessment): void {
  if (story.incomplete) expect(assessment.incomplete.map(({ kind }) => kind)).toEqual(story.incomplete);
  if (story.findings) expect(failed(assessment)).toEqual([...story.findings].sort());
  for (const [path, file] of Object.entries(story.files ?? {})) {
    expect(assessment.inputs.find((input) => input.path === path)).toMatchObject(file);
  }
  for (const { file, ...reject } of story.rejects ?? []) {
    expect(assessment.inputs.find((input) => input.path === file)?.rejects).toContainEqual(reject);
  }
  const outcomes = new Map(
    assessment.observations.map(({ ruleId, subject, outcome }) => [`${ruleId} ${subject.id}`, outcome]),
  );
  for (const [key, outcome] of Object.entries(story.outcomes ?? {}))
    expect(outcomes.get(key) ?? 'not listed').toBe(outcome);
  const mappings = assessment.frameworks
    .flatMap(({ controls }) => controls)
    .flatMap(({ id, mappings }) => mappings.map((mapping) => ({ id, ...mapping })));
  for (const [key, limitation] of Object.entries(story.limitations ?? {})) {
    expect(mappings.find(({ id, ruleId }) => `${id} ${ruleId}` === key)?.limitation).toContain(limitation);
  }
  for (const [rule, counts] of Object.entries(story.policies ?? {})) {
    expect(assessment.policies.find(({ id }) => id === rule)?.outcomes, rule).toMatchObject(counts);
  }
  const errors = new Map(
    assessment.observations.map(({ ruleId, subject, error }) => [`${ruleId} ${subject.id}`, error]),
  );
  for (const [key, error] of Object.entries(story.errors ?? {})) expect(errors.get(key)).toBe(error);
}

function failed(assessment: Assessment): string[] {
  return assessment.observations
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ ruleId, subject, severity }) => `${ruleId} ${subject.id} ${severity}`)
    .sort();
}
