import { getInput } from '@actions/core';
import { didYouMean, KeyproofError } from '../index.js';

/** When a pull request gets a comment. */
export const COMMENT_CHOICES = ['off', 'on-change', 'always'] as const;

/** The inputs of action.yml, as read; null for one that is not set. */
export type ActionInputs = {
  /** Config file. */
  config: string | null;
  /** Files and folders of exports; empty for those of the config. */
  paths: string[];
  /** Frameworks. */
  frameworks: string[] | null;
  /** Folders of further policies. */
  policies: string[] | null;
  /** The date the audit speaks for. */
  asOf: string | null;
  /** Audit period. */
  period: string | null;
  /** Pack to compare with: a folder, `artifact:NAME`, `none`; null for the default of the event. */
  baseline: string | null;
  /** Lowest severity that fails the step. */
  failOn: string | null;
  /** Whether only failures that the baseline does not have fail the step. */
  failOnNewOnly: boolean;
  /** Outputs of the pack. */
  formats: string[] | null;
  /** Folder of the pack. */
  outputDir: string | null;
  /** Category of the SARIF upload, which also tells comments of several steps apart. */
  sarifCategory: string;
  /** Whether results are annotated. */
  annotations: boolean;
  /** Whether the step summary is written. */
  stepSummary: boolean;
  /** When the pull request gets a comment. */
  prComment: (typeof COMMENT_CHOICES)[number];
  /** Name of the artifact with the pack; null if none is uploaded. */
  artifact: string | null;
  /** Folder that relative paths start from, relative to the workspace. */
  workingDirectory: string;
  /** Token for GitHub's API; null if none was given. */
  token: string | null;
  /** Worker threads. */
  workers: string | null;
  /** Folder with DuckDB's library. */
  duckdbPath: string | null;
};

/**
 * Reads the inputs as the runner gives them, in INPUT_* variables.
 * @throws KeyproofError if one is none of its values.
 */
export function readInputs(): ActionInputs {
  return {
    config: text('config'),
    paths: list('paths') ?? [],
    frameworks: list('frameworks'),
    policies: list('policies'),
    asOf: text('as-of'),
    period: text('period'),
    baseline: text('baseline'),
    failOn: text('fail-on'),
    failOnNewOnly: flag('fail-on-new-only', false),
    formats: list('formats'),
    outputDir: text('output-dir'),
    sarifCategory: text('sarif-category') ?? 'keyproof',
    annotations: flag('annotations', true),
    stepSummary: flag('step-summary', true),
    prComment: choice('pr-comment', COMMENT_CHOICES, 'on-change'),
    artifact: artifactName(),
    workingDirectory: text('working-directory') ?? '.',
    token: token(),
    workers: text('workers'),
    duckdbPath: text('duckdb-path'),
  };
}

function text(name: string): string | null {
  return getInput(name) || null;
}

/** Reads a list: one item a line, or separated by commas. */
function list(name: string): string[] | null {
  const items = getInput(name)
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter(Boolean);
  return items.length > 0 ? items : null;
}

function flag(name: string, fallback: boolean): boolean {
  return choice(name, ['true', 'false'], fallback ? 'true' : 'false') === 'true';
}

function choice<T extends string>(name: string, known: readonly T[], fallback: T): T {
  const given = getInput(name).toLowerCase() || fallback;
  const found = known.find((one) => one === given);
  if (found !== undefined) return found;
  throw new KeyproofError(
    `${name}: "${given}" is not one of its values${didYouMean(given, known)} Use ${known.join(', ')}.`,
  );
}

/** A line break in a token, as one has that was pasted into a secret twice, makes every request fail without a reason. */
function token(): string | null {
  const given = text('token');
  if (given === null || !/\s/.test(given)) return given;
  throw new KeyproofError(
    'token: it has a space or a line break inside; store the token alone in the secret.',
  );
}

function artifactName(): string | null {
  const name = text('artifact') ?? 'keyproof-evidence-pack';
  return name.toLowerCase() === 'none' ? null : name;
}
