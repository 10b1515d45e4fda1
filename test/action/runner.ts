import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { StepHost } from './step-host.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A machine that runs jobs: its tool cache stays from step to step. */
export type Runner = { home: string; toolCache: string; temp: string; bin: string; npmCalls: string };

/** What a step is given beside its runner. */
export type Step = {
  /** Folder with action.mjs. */
  action: string;
  /** Folder of the checkout. */
  workspace: string;
  /** Inputs that the workflow states; the others have the defaults of action.yml. */
  with?: { [input: string]: string };
  /** Name of the event and its payload. */
  event?: { name: string; payload: object; ref?: string };
  /** Further variables. */
  env?: { [name: string]: string };
  /** The process it runs in; one of its own if none is given. */
  host?: StepHost;
  /** Whether a host does not wait before it makes a request again. */
  skipsWaits?: boolean;
};

/** What a step left behind. */
export type StepEnd = {
  code: number | null;
  /** What it printed, commands to the runner included. */
  log: string;
  outputs: { [name: string]: string };
  summary: string;
  /** Annotations, in order. */
  annotations: { level: string; properties: string; message: string }[];
};

/** Sets up a runner with an empty tool cache, on which npm and npx fail and say so. */
export function newRunner(): Runner {
  const home = mkdtempSync(join(tmpdir(), 'keyproof-runner-'));
  const runner = {
    home,
    toolCache: join(home, 'tools'),
    temp: join(home, 'temp'),
    bin: join(home, 'bin'),
    npmCalls: join(home, 'npm-calls'),
  };
  for (const folder of [runner.toolCache, runner.temp, runner.bin]) mkdirSync(folder);
  for (const name of ['npm', 'npx', 'docker'])
    writeFileSync(join(runner.bin, name), `#!/bin/sh\necho "$0 $*" >> '${runner.npmCalls}'\nexit 1\n`, {
      mode: 0o755,
    });
  return runner;
}

/** Runs the step as a runner does: `main` of action.yml, with INPUT_* variables, environment files and the payload of the event. */
export async function runStep(runner: Runner, step: Step): Promise<StepEnd> {
  const files = mkdtempSync(join(runner.home, 'step-'));
  const [output, summary, event] = ['output', 'summary', 'event.json'].map((name) => join(files, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(output, '');
  writeFileSync(summary, '');
  writeFileSync(event, JSON.stringify(step.event?.payload ?? {}));
  const env = {
    ...machineVariables(runner),
    ...inputVariables(step.with ?? {}),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_EVENT_PATH: event,
    GITHUB_EVENT_NAME: step.event?.name ?? 'push',
    GITHUB_REF: step.event?.ref ?? 'refs/heads/main',
    GITHUB_REPOSITORY: 'northbridge/integrations',
    GITHUB_RUN_ID: '812',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: 'http://127.0.0.1:9',
    GITHUB_SHA: '4b0d2c7f1e6a5d3c9b8a7f6e5d4c3b2a1f0e9d8c',
    GITHUB_WORKSPACE: step.workspace,
    ...step.env,
  };
  const { code, log } = await (step.host?.run(env, step.workspace, step.skipsWaits) ??
    ended(join(step.action, mainFile()), env, step.workspace));
  return {
    code,
    log,
    outputs: outputsIn(readFileSync(output, 'utf8')),
    summary: readFileSync(summary, 'utf8'),
    annotations: annotationsIn(log),
  };
}

/** Returns what npm, npx and docker were called with. */
export function callsOf({ npmCalls }: Runner): string {
  return existsSync(npmCalls) ? readFileSync(npmCalls, 'utf8') : '';
}

type ActionFile = {
  inputs: { [name: string]: { default?: string } };
  outputs: object;
  runs: { main: string };
};

/** Returns action.yml. */
export function actionFile(): ActionFile {
  return parse(readFileSync(join(root, 'action.yml'), 'utf8')) as ActionFile;
}

function mainFile(): string {
  const { main } = actionFile().runs;
  if (dirname(main) !== 'dist-action')
    throw new Error(`action.yml starts ${main}, which the build does not write`);
  return main.replace('dist-action/', '');
}

function machineVariables({ home, toolCache, temp, bin }: Runner): { [name: string]: string } {
  const { PATH = '', SystemRoot = '' } = process.env;
  const variables = {
    PATH: `${bin}${delimiter}${PATH}`,
    HOME: home,
    RUNNER_TOOL_CACHE: toolCache,
    RUNNER_TEMP: temp,
  };
  return SystemRoot ? { ...variables, SystemRoot } : variables;
}

/** A runner gives every input of action.yml: what the workflow states, else the default, with expressions replaced. */
function inputVariables(stated: { [input: string]: string }): { [name: string]: string } {
  const { inputs } = actionFile();
  const unknown = Object.keys(stated).filter((name) => !(name in inputs));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}`);
  const values = Object.entries(inputs).map(([name, { default: fallback = '' }]) => [
    `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
    stated[name] ?? (fallback.startsWith('$') ? '' : fallback),
  ]);
  return Object.fromEntries(values) as { [name: string]: string };
}

function ended(
  file: string,
  env: { [name: string]: string },
  cwd: string,
): Promise<{ code: number | null; log: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file], { env, cwd });
    let log = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
      });
    child.on('close', (code) => resolve({ code, log }));
  });
}

/** Reads GITHUB_OUTPUT as a runner does: `name<<delimiter`, lines, `delimiter`. */
export function outputsIn(text: string): { [name: string]: string } {
  const found = text.matchAll(/^([\w-]+)<<(\S+)\r?\n([\s\S]*?)\r?\n\2$/gm);
  return Object.fromEntries([...found].map(([, name, , value]) => [name, value]));
}

/** Reads the annotations in a log as a runner does: not where commands are stopped. */
function annotationsIn(log: string): StepEnd['annotations'] {
  const live = log.replace(/^::stop-commands::(\S+)$[\s\S]*?^::\1::$/gm, '');
  return [...live.matchAll(/^::(error|warning|notice)(?: ([^:]*))?::(.*)$/gm)].map(
    ([, level = '', properties = '', message = '']) => ({ level, properties, message }),
  );
}
