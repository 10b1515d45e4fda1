import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parse } from 'yaml';
import { readInputs } from '../../src/action/inputs.js';
import { planOfInputs } from '../../src/action/plan-of-inputs.js';
import { readEvent } from '../../src/action/run-event.js';
import { DEFAULT_FORMATS } from '../../src/model/index.js';
import { checkout } from './bank.js';
import { actionFile } from './runner.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const page = read('docs/github-action.md');

type Step = { uses?: string; with?: { [input: string]: unknown } };
type Workflow = { on: object | string[]; permissions?: object; jobs: { [job: string]: { steps: Step[] } } };

const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
const examples = blocks.filter((text) => text.startsWith('name:'));
const workflows = [...examples, read('.github/workflows/ci.yml'), read('.github/workflows/release.yml')];
const stepsOf = (text: string) => Object.values((parse(text) as Workflow).jobs).flatMap(({ steps }) => steps);

/** What a runner makes of the expressions of the page, in a pull request, and in a job of a matrix that was started by hand. */
const EXPRESSIONS: { [expression: string]: string } = {
  "github.event_name == 'pull_request'": 'true',
  "github.event_name == 'pull_request' && 'high' || 'none'": 'high',
  'inputs.period': '2026-Q3',
  'inputs.as-of': '2026-09-30',
  'matrix.repository': 'cards',
};

function evaluated(text: string): string {
  return text.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    const value = EXPRESSIONS[expression];
    if (value === undefined) throw new Error(`No value is given for ${expression}.`);
    return value;
  });
}

const INPUTS = [
  'config',
  'paths',
  'frameworks',
  'policies',
  'as-of',
  'period',
  'baseline',
  'fail-on',
  'fail-on-new-only',
  'formats',
  'output-dir',
  'sarif-category',
  'annotations',
  'step-summary',
  'pr-comment',
  'working-directory',
  'token',
  'workers',
];
const OUTPUTS = [
  'conclusion',
  'exit-code',
  'failed',
  'passed',
  'waived',
  'no-evidence',
  'new',
  'fixed',
  'missing',
  'report-html',
  'report-pdf',
  'sarif-file',
  'pack-path',
  'pack-sha256',
];

describe('action.yml', () => {
  const { inputs, outputs } = actionFile();

  it('has the inputs and outputs that were agreed, two inputs more, and what is missing', () => {
    expect(Object.keys(inputs).sort()).toEqual([...INPUTS, 'artifact', 'duckdb-path'].sort());
    expect(Object.keys(outputs)).toEqual(OUTPUTS);
  });

  it('has the defaults that an input has in the code if a workflow states nothing', () => {
    const { failOnNewOnly, annotations, stepSummary, prComment, sarifCategory, artifact, workingDirectory } =
      readInputs();
    const values = {
      'fail-on-new-only': failOnNewOnly,
      annotations,
      'step-summary': stepSummary,
      'pr-comment': prComment,
      'sarif-category': sarifCategory,
      artifact,
      'working-directory': workingDirectory,
    };
    for (const [name, value] of Object.entries(values)) expect(inputs[name]?.default).toBe(String(value));
  });

  it('is described in docs/github-action.md, input by input and output by output', () => {
    for (const name of [...Object.keys(inputs), ...OUTPUTS]) expect(page).toContain(`\`${name}\``);
  });
});

describe('the workflows', () => {
  it('of the page are the four that teams ask for', () => {
    expect(examples.map((text) => (parse(text) as { name: string }).name)).toEqual([
      'key evidence',
      'key evidence, nightly',
      'key evidence, quarterly',
      'key evidence, all repositories',
    ]);
  });

  it.each(workflows)(
    'pin every action by its full SHA, state permissions, and never run on pull_request_target',
    (text) => {
      const workflow = parse(text) as Workflow;
      expect(workflow.permissions).toMatchObject({ contents: 'read' });
      expect(JSON.stringify(workflow.on)).not.toContain('pull_request_target');
      for (const { uses } of stepsOf(text))
        if (uses && uses !== './') expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      expect(text.match(/uses: [^\n]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/gm) ?? []).toHaveLength(
        stepsOf(text).filter(({ uses }) => uses && uses !== './').length,
      );
    },
  );

  it.each(workflows)('give only inputs that the Action has', (text) => {
    const ours = stepsOf(text).filter(({ uses }) => uses === './' || uses?.startsWith('keyproof/'));
    for (const step of ours)
      expect(Object.keys(actionFile().inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
  });

  it.each(
    examples.flatMap((text) =>
      stepsOf(text).flatMap(({ uses, with: given = {} }) => (uses?.startsWith('keyproof/') ? [given] : [])),
    ),
  )('of the page state a plan that a checkout can be audited by', (given) => {
    const folder = checkout();
    onTestFinished(() => {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    });
    cpSync(join(folder, 'exports'), join(folder, 'cards/exports'), { recursive: true });
    for (const [name, value] of Object.entries(given))
      vi.stubEnv(`INPUT_${name.toUpperCase()}`, evaluated(String(value)));
    const plan = planOfInputs(readInputs(), readEvent({ GITHUB_WORKSPACE: folder }), {});
    expect(plan.output).toBe(join(folder, 'evidence-pack'));
    expect(existsSync(plan.root)).toBe(true);
  });

  it('put nothing that a stranger may state into a script', () => {
    for (const text of workflows)
      for (const line of text.split('\n'))
        if (/^\s*(- )?run:/.test(line)) expect(line).not.toContain('${'.concat('{'));
  });
});

it('The image without a browser writes all that is written by default but the PDF, so that its jobs find junit.xml', () => {
  const dockerfile = readFileSync(new URL('Dockerfile', root), 'utf8');
  const formats = /^ENV KEYPROOF_FORMAT=(.+)$/m.exec(dockerfile)?.[1]?.split(',') ?? [];
  const written = DEFAULT_FORMATS.filter((format) => !['pdf', 'parquet', 'json'].includes(format));
  expect(formats).toEqual(written);
  for (const file of page.matchAll(/evidence-pack\/(\w+)\.xml/g)) expect(formats).toContain(file[1]);
});
