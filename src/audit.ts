import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import {
  assess,
  followUpNotes,
  judgedWaivers,
  loadFrameworks,
  requireKnownRules,
  settleLimits,
  waiverNotes,
} from './assess/index.js';
import { toolVersion } from './assets/tool-version.js';
import { type AuditResult, resultOf } from './audit-result.js';
import { comparedPack, fixedBySettings } from './diff/index.js';
import { evaluate } from './evaluate/index.js';
import { type Evidence, gather } from './gather.js';
import {
  type AbsentInput,
  type Assessment,
  type AuditPlan,
  absence,
  type Bucket,
  type CompiledPolicies,
  EXIT,
  type FetchedFile,
  type Incomplete,
  type InputFile,
  KeyproofError,
  type OnProgress,
  type RunEntry,
} from './model/index.js';
import { defaultCacheDir } from './opa/index.js';
import { assessmentSha256, checkReplaceable, openPack, tablesOf } from './pack/index.js';
import {
  allProblems,
  compilePolicies,
  faultSentence,
  loadPolicies,
  type PolicySet,
  policyFolders,
  problemSentence,
} from './policies/index.js';
import { writeAssessed } from './render-pack.js';
import type { PreviousPack } from './store/index.js';
import { distinctTexts } from './text/compare-text.js';
import { asOfArgument, formatCount, plural } from './text/format.js';

/**
 * Carries out a plan: reads the evidence, evaluates the policies, judges the controls and writes the pack.
 *
 * @param run returns the record of this run, for run.json beside the sealed files; null writes none.
 * @param env environment in which the compile cache and the browser are looked for; default: that of the process.
 * @throws KeyproofError for an invalid framework or output folder, a policy folder without policies, or a secret in what
 * would be written; nothing is written then.
 */
export async function audit(
  given: AuditPlan,
  onProgress: OnProgress = () => undefined,
  env: NodeJS.ProcessEnv = process.env,
  run: (() => RunEntry) | null = null,
): Promise<AuditResult> {
  const cacheDir = defaultCacheDir(env);
  checkReplaceable(given.output);
  const policies = await loadPolicies(policyFolders(given), { overrides: given.thresholds, cacheDir });
  const previous = await previousPack(given);
  requireKnownRules(given.waivers ?? [], policies.policies);
  const frameworks = loadFrameworks(given.frameworks.length > 0 ? given.frameworks : null, {
    policies: policies.policies,
    unloaded: allProblems(policies).map(problemSentence),
  });
  const compiled = compilePolicies(policies, { cacheDir });
  // Compiled while the files are read; a failure is thrown when the result is awaited.
  compiled.catch(() => undefined);
  const prepared: Prepared = {
    given,
    policies,
    compiled,
    frameworks,
    previous,
    cacheDir,
    onProgress,
    env,
    run,
  };
  const requireRead = (files: readonly InputFile[]) => requireFiles(given, files);
  return gather(given, policies, { onProgress, env, fetches: true, requireRead }, (evidence) =>
    carryOut(prepared, evidence),
  );
}

/** What an audit has before it reads evidence. */
type Prepared = {
  given: AuditPlan;
  policies: PolicySet;
  compiled: Promise<CompiledPolicies[]>;
  frameworks: ReturnType<typeof loadFrameworks>;
  previous: PreviousPack | null;
  cacheDir: string;
  onProgress: OnProgress;
  env: NodeJS.ProcessEnv;
  run: (() => RunEntry) | null;
};

/** What is evaluated: the plan with the limits that documents of the entity state, and its policies. */
type Evaluated = { plan: AuditPlan; policies: PolicySet; compiled: CompiledPolicies[] };

async function carryOut(prepared: Prepared, evidence: Evidence): Promise<AuditResult> {
  const { onProgress, env, run } = prepared;
  const evaluated = await withLimits(prepared, evidence.store);
  const incomplete = await evaluateAll(evaluated, evidence, onProgress);
  onProgress({ stage: 'judge', done: 0, total: null });
  const assessment = await assessed(prepared, evaluated, evidence, incomplete);
  const { plan } = evaluated;
  const writing = { plan, surroundings: { onProgress, env }, run, dropped: evidence.dropped };
  const manifest = await writeAssessed(assessment, evidence.store, writing);
  return { ...resultOf(plan, assessment, manifest), notes: notesOf(evaluated, assessment) };
}

async function assessed(
  { frameworks, previous }: Prepared,
  { plan, policies }: Evaluated,
  { store, files, absent }: Evidence,
  incomplete: Incomplete[],
): Promise<Assessment> {
  const changes = previous && (await store.comparePrevious(previous, plan));
  const assessment = await assess({
    ...(changes ? { changes } : {}),
    plan,
    store,
    policies: policies.policies,
    policyBundleSha256: policies.sha256,
    frameworks: frameworks.frameworks,
    frameworksSha256: frameworks.sha256,
    files,
    absent,
    incomplete,
    toolVersion: toolVersion(),
  });
  return withFixedBySettings(assessment, plan, store);
}

/** Adds how many of the checks fixed since the previous pack other settings alone explain; that takes the whole assessment. */
async function withFixedBySettings(
  assessment: Assessment,
  { previous, configSha256, readingSha256 }: AuditPlan,
  { query }: Evidence['store'],
): Promise<Assessment> {
  const { changes, inputs } = assessment;
  if (previous === undefined || changes === undefined) return assessment;
  const count = await fixedBySettings(await comparedPack(previous), {
    assessment,
    inputs: new Map(inputs.flatMap(({ path, sha256 }) => (sha256 === null ? [] : [[path, sha256]]))),
    config: configSha256 ?? null,
    reading: readingSha256 ?? null,
    query,
  });
  return { ...assessment, changes: { ...changes, fixedBySettings: count } };
}

function notesOf({ plan, policies }: Evaluated, { exceptions, followUps }: Assessment): string[] {
  return [
    ...policies.notes,
    ...waiverNotes(exceptions),
    ...(plan.checklist?.notes ?? []),
    ...followUpNotes(followUps),
  ];
}

/** Puts the limits in force that documents of the entity state, which are known when the evidence is read. */
async function withLimits(
  { given, policies, compiled, cacheDir }: Prepared,
  store: Evidence['store'],
): Promise<Evaluated> {
  const thresholds = await settleLimits(given, policies.policies, store);
  const plan = { ...given, thresholds };
  if (isDeepStrictEqual(thresholds, given.thresholds)) return { plan, policies, compiled: await compiled };
  const limited = await loadPolicies(policyFolders(plan), { overrides: thresholds, cacheDir });
  return { plan, policies: limited, compiled: await compilePolicies(limited, { cacheDir }) };
}

/** @throws KeyproofError if the folders named hold no file at all: there is nothing to make a pack of. */
function requireFiles({ paths, sources, github = [] }: AuditPlan, files: readonly InputFile[]): void {
  if (files.length > 0 || sources.length > 0 || github.length > 0) return;
  if (paths.some((path) => !existsSync(path))) return;
  throw new KeyproofError(
    `${paths.join(', ')}: empty, there is no file to read; put the exports there.`,
    EXIT.incomplete,
  );
}

/**
 * Returns what a comparison needs of the previous pack; null if none is given.
 * @throws KeyproofError if it is no pack, or its core was changed.
 */
async function previousPack({ previous, asOfMs }: AuditPlan): Promise<PreviousPack | null> {
  if (previous === undefined) return null;
  const { assessment, manifest, close } = await openPack(previous);
  await close();
  const { asOf } = assessment.plan;
  if (Date.parse(asOf) > asOfMs)
    throw new KeyproofError(
      `--previous: the pack is as of ${asOfArgument(asOf)}, which is after this audit; name an earlier one.`,
    );
  return {
    asOf,
    assessmentSha256: assessmentSha256(manifest),
    observations: tablesOf(previous).observations,
  };
}

/** Evaluates every policy on every subject, into the store. @returns why the result is incomplete. */
async function evaluateAll(
  { plan, policies, compiled }: Evaluated,
  { store, files, notFound, absent, fetched, context, workDir }: Evidence,
  onProgress: OnProgress,
): Promise<Incomplete[]> {
  const buckets = await store.writeBuckets(workDir, plan, context);
  await store.keepEvidenceHashes(buckets);
  const options = { workers: plan.workers, subjectTimeoutMs: plan.subjectTimeoutMs, workDir };
  const { observationFiles } = await evaluate(buckets, compiled, options, onProgress);
  await store.loadObservations(observationFiles);
  await store.waive(judgedWaivers(plan));
  return [
    ...policyProblems(policies, buckets),
    ...missingSources(notFound.filter((path) => !fetched.some((file) => file.path === path))),
    ...notFetched(fetched),
    ...absentInputs(absent),
    ...inputProblems(files),
    ...(await store.boundsPassed()).map((message): Incomplete => ({ kind: 'truncated-input', message })),
  ];
}

/** Returns sources that are left out, and policies that do not compile and have no subject to report it on. */
function policyProblems({ problems, faults }: PolicySet, buckets: Bucket[]): Incomplete[] {
  const unseen = faults.filter(({ policy }) => !buckets.some(({ kind }) => kind === policy.subject));
  const sentences = [...problems.map(problemSentence), ...unseen.map(faultSentence)];
  return sentences.map((message) => ({ kind: 'policy-error', message }));
}

function missingSources(notFound: string[]): Incomplete[] {
  return notFound.map((path) => ({
    kind: 'source-not-found',
    message: `${path}: no file matches; check the path in keyproof.yaml or on the command line, and, if it is a submodule, check it out.`,
  }));
}

/** Returns why files could not be fetched, each reason once. */
function notFetched(fetched: readonly FetchedFile[]): Incomplete[] {
  const problems = fetched.flatMap(({ problem }) => problem ?? []);
  return distinctTexts(problems).map((message) => ({ kind: 'source-not-found', message }));
}

function absentInputs(absent: readonly AbsentInput[]): Incomplete[] {
  return absent
    .filter(({ namedBy }) => namedBy === 'extracts')
    .map((one) => ({
      kind: 'source-not-found',
      message: `${one.file}: the register of extracts names it, and it ${absence(one)}; ${one.unused ? 'keyproof inspect says why; ' : ''}add it, or correct the register.`,
    }));
}

function inputProblems(files: InputFile[]): Incomplete[] {
  return files.flatMap((file) => [
    ...(file.state === 'unreadable' ? [problem('unreadable-input', file, firstSentence(file))] : []),
    ...(file.rejected > 0 ? [problem('rejected-records', file, rejectedSentence(file))] : []),
    ...(file.unreadableFields > 0 ? [problem('unreadable-fields', file, unreadableSentence(file))] : []),
    ...(file.truncated
      ? [problem('truncated-input', file, 'says that it continues in another page; export all pages.')]
      : []),
  ]);
}

function problem(kind: Incomplete['kind'], file: InputFile, text: string): Incomplete {
  return { kind, message: `${file.path}: ${text}` };
}

function firstSentence(file: InputFile): string {
  return file.warnings[0] ?? 'could not be read to its end.';
}

function rejectedSentence(file: InputFile): string {
  const first = file.rejects[0];
  const example = first
    ? `; first: ${first.record}${first.field === null ? '' : `, ${first.field}`}: ${first.reason}`
    : '.';
  return `${formatCount(file.rejected)} of ${plural(file.records, 'record')} rejected${example}`;
}

function unreadableSentence({ unreadable: [first], unreadableFields: count }: InputFile): string {
  const values = plural(count, 'value could not be read and is', 'values could not be read and are');
  return `${values} unknown${first ? `; first: ${first.record}, ${first.field}: ${first.reason}` : '.'}`;
}
