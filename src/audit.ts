import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assess, loadFrameworks } from './assess/index.js';
import { toolVersion } from './assets/tool-version.js';
import { evaluate } from './evaluate/index.js';
import { ingest } from './ingest/index.js';
import {
  type Assessment,
  type AuditPlan,
  type Bucket,
  EXIT,
  type Incomplete,
  type InputFile,
  type OnProgress,
  SEVERITIES,
} from './model/index.js';
import { checkReplaceable } from './pack/index.js';
import {
  compilePolicies,
  faultSentence,
  loadPolicies,
  type PolicySet,
  policyFolders,
  problemSentence,
  rulesOnDocuments,
} from './policies/index.js';
import { openStore, type Store } from './store/index.js';
import { writeEvidence } from './write-evidence.js';

/** What an audit came to. */
export type AuditResult = {
  /** The whole result. */
  assessment: Assessment;
  /** Exit code of the command line: findings win over an incomplete run. */
  exitCode: number;
};

/**
 * Carries out a plan: reads the evidence, evaluates the policies, judges the controls and writes the pack.
 * @throws KeyproofError for an invalid framework or output folder, or a policy folder without policies; nothing is
 * written then.
 */
export async function audit(plan: AuditPlan, onProgress: OnProgress = () => undefined): Promise<AuditResult> {
  checkReplaceable(plan.output);
  const policies = await loadPolicies(policyFolders(plan), { overrides: plan.thresholds });
  const ids = plan.frameworks.length > 0 ? plan.frameworks : null;
  const policyIds = policies.policies.map((policy) => policy.id);
  const { frameworks, sha256 } = loadFrameworks(ids, { policyIds });
  const workDir = await mkdtemp(join(tmpdir(), 'keyproof-'));
  const store = await openStore(workDir);
  try {
    const { files, incomplete } = await gather(plan, store, workDir, policies, onProgress);
    const assessment = await assess({
      plan,
      store,
      policies: policies.policies,
      policyBundleSha256: policies.sha256,
      frameworks,
      frameworksSha256: sha256,
      files,
      incomplete,
      toolVersion: toolVersion(),
    });
    await writeEvidence(plan, assessment, store, frameworks, onProgress);
    return { assessment, exitCode: exitCodeOf(plan, assessment) };
  } finally {
    await store.close();
    await rm(workDir, { recursive: true, force: true });
  }
}

async function gather(
  plan: AuditPlan,
  store: Store,
  workDir: string,
  policies: PolicySet,
  onProgress: OnProgress,
) {
  const compiling = compilePolicies(policies);
  const [read, compiled] = await Promise.all([ingest(plan, workDir, onProgress), compiling]);
  await store.load(read.parts);
  await store.resolve(plan);
  const buckets = await store.writeBuckets(workDir, plan, {
    files: read.files,
    rulesOnDocuments: rulesOnDocuments(policies.policies),
  });
  const options = { workers: plan.workers, subjectTimeoutMs: plan.subjectTimeoutMs, workDir };
  const { observationFiles } = await evaluate(buckets, compiled, options, onProgress);
  await store.loadObservations(observationFiles);
  const incomplete = [
    ...policyProblems(policies, buckets),
    ...missingSources(read.notFound),
    ...inputProblems(read.files),
  ];
  return { files: read.files, incomplete };
}

/** Sources that are left out, and policies that do not compile where no subject is there to have an error for it. */
function policyProblems({ problems, faults }: PolicySet, buckets: Bucket[]): Incomplete[] {
  const unseen = faults.filter(({ policy }) => !buckets.some(({ kind }) => kind === policy.subject));
  const sentences = [...problems.map(problemSentence), ...unseen.map(faultSentence)];
  return sentences.map((message) => ({ kind: 'policy-error', message }));
}

function missingSources(notFound: string[]): Incomplete[] {
  return notFound.map((path) => ({
    kind: 'source-not-found',
    message: `${path}: no file matches; check the path in keyproof.yaml or on the command line.`,
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
  return `${file.rejected} of ${file.records} records rejected${example}`;
}

function unreadableSentence({ unreadable: [first], unreadableFields: count }: InputFile): string {
  const values =
    count === 1 ? '1 value could not be read and is' : `${count} values could not be read and are`;
  return `${values} unknown${first ? `; first: ${first.record}, ${first.field}: ${first.reason}` : '.'}`;
}

function exitCodeOf(plan: AuditPlan, assessment: Assessment): number {
  const threshold = plan.failOn === 'none' ? -1 : SEVERITIES.indexOf(plan.failOn);
  const failed = SEVERITIES.some(
    (severity, rank) => rank <= threshold && assessment.severities[severity] > 0,
  );
  if (failed) return EXIT.findings;
  return assessment.incomplete.length > 0 ? EXIT.incomplete : EXIT.ok;
}
