import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { evaluate } from '../evaluate/index.js';
import { ingest, redactSecrets } from '../ingest/index.js';
import {
  type Assessment,
  type AuditPlan,
  KeyproofError,
  type Observation,
  type OnProgress,
  type PolicyResult,
} from '../model/index.js';
import { regoErrorsOf } from '../opa/index.js';
import {
  compilePolicies,
  loadPolicies,
  type PolicySet,
  policyFolders,
  rulesOnDocuments,
  tracePolicy,
  unitOf,
} from '../policies/index.js';
import { printableText } from '../report/index.js';
import { findObservation, openStore } from '../store/index.js';
import {
  compareEvidence,
  type Decision,
  decisionsOf,
  type EvidenceDifference,
  isOtherEvidence,
  packPlan,
  type UsedRecord,
  usedRecords,
} from './replay/index.js';

/** A finding of a pack. */
export type PackFinding = {
  /** The pack's assessment. */
  assessment: Assessment;
  /** The finding: any observation of the pack, whatever its outcome. */
  finding: Observation;
  /** Its policy as the pack has it. */
  policy: PolicyResult;
};

/** One evaluation of a pack done again. */
export type Replay = {
  /** How the evidence differs from what the pack was made from; empty where every file has the SHA-256 the pack names. */
  differences: EvidenceDifference[];
  /** Whether it is the same evidence, if under other paths. */
  sameEvidence: boolean;
  /** Whether the policies are those that the pack names, by their SHA-256. */
  samePolicies: boolean;
  /** What the policy says now; null where the evidence has no such subject. */
  observation: Observation | null;
  /** Whether that is what the pack says, to the last value. */
  sameFinding: boolean;
  /** The lines that decided, with the values they saw. */
  decisions: Decision[];
  /** The records that these values came from. */
  records: UsedRecord[];
  /** Why there are no lines to show; null where there are. */
  problem: string | null;
};

/**
 * Looks a finding up in a pack: in assessment.json, else in observations.parquet, which has all of them; null where neither has it.
 * @throws KeyproofError where the folder is no pack.
 */
export async function packFinding(pack: string, id: string): Promise<PackFinding | null> {
  const file = join(pack, 'assessment.json');
  if (!existsSync(file))
    throw new KeyproofError(`${file}: no such file; name the pack of the finding with --pack.`);
  const assessment = JSON.parse(readFileSync(file, 'utf8')) as Assessment;
  const all = join(pack, 'observations.parquet');
  const listed = assessment.observations.find((observation) => observation.id === id);
  const finding = listed ?? (existsSync(all) ? await findObservation(all, id) : null);
  const policy = assessment.policies.find((candidate) => candidate.id === finding?.ruleId);
  return finding && policy ? { assessment, finding, policy } : null;
}

/**
 * Reads the evidence again, builds the one dossier, evaluates the one policy on it and says which of its lines decided. As-of
 * date, period, stated facts and thresholds are the pack's.
 *
 * @param given where the evidence is and how it is read, as `buildPlan` makes it.
 * @throws KeyproofError where the policy is not among those of the plan.
 */
export async function replayFinding(
  { assessment, finding }: PackFinding,
  given: AuditPlan,
  onProgress: OnProgress = () => undefined,
): Promise<Replay> {
  const plan = packPlan(given, assessment);
  const set = await loadPolicies(policyFolders(plan), { overrides: plan.thresholds });
  if (!set.policies.some(({ id }) => id === finding.ruleId))
    throw new KeyproofError(
      `${finding.ruleId}: is no policy of the rule book; name the folder it is in with --policy or in keyproof.yaml.`,
    );
  const workDir = await mkdtemp(join(tmpdir(), 'keyproof-'));
  try {
    const { files, dossier } = await readSubject(plan, set, finding.subject, workDir, onProgress);
    const differences = compareEvidence(assessment.inputs, files);
    return {
      differences,
      sameEvidence: !differences.some(isOtherEvidence),
      samePolicies: set.sha256 === assessment.tool.policyBundleSha256,
      ...(await decided(set, finding, dossier, plan, workDir)),
    };
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

async function readSubject(
  plan: AuditPlan,
  set: PolicySet,
  subject: Observation['subject'],
  workDir: string,
  onProgress: OnProgress,
) {
  const store = await openStore(workDir);
  try {
    const { files, parts } = await ingest(plan, workDir, onProgress);
    await store.load(parts);
    await store.resolve(plan);
    const context = { files, rulesOnDocuments: rulesOnDocuments(set.policies) };
    return { files, dossier: await store.dossier(plan, subject, context) };
  } finally {
    await store.close();
  }
}

type Decided = Pick<Replay, 'observation' | 'sameFinding' | 'decisions' | 'records' | 'problem'>;

async function decided(
  set: PolicySet,
  finding: Observation,
  dossier: string | null,
  plan: AuditPlan,
  workDir: string,
): Promise<Decided> {
  const { kind, id } = finding.subject;
  const nothing = { observation: null, sameFinding: false, decisions: [], records: [] };
  if (dossier === null) return { ...nothing, problem: `This evidence has no ${kind} ${id}.` };
  const observation = await evaluateOne(set, finding, dossier, plan, workDir);
  const sameFinding = isDeepStrictEqual(comparable(observation), comparable(finding));
  return { observation, sameFinding, ...(await explained(set, observation, JSON.parse(dossier))) };
}

/** In observations.parquet lists are joined, and a part of a reason may look like a reason. */
function comparable({ outcome, severity, violations, missing, reasons, error }: Observation) {
  return { outcome, severity, violations, missing: missing.join('; '), reasons: reasons.join('; '), error };
}

/** The same way as in an audit: in a thread of its own, with the same limits. */
async function evaluateOne(
  set: PolicySet,
  { ruleId, subject }: Observation,
  dossier: string,
  plan: AuditPlan,
  workDir: string,
): Promise<Observation> {
  const unit = set.units.filter((one) => one === unitOf(set, ruleId));
  const [compiled] = await compilePolicies({ ...set, units: unit });
  if (compiled === undefined) throw new KeyproofError(`${ruleId}: does not compile.`);
  const path = join(workDir, 'subject.ndjson');
  await writeFile(path, `${dossier}\n`);
  const { observationFiles } = await evaluate(
    [{ kind: subject.kind, index: 0, path, subjects: 1 }],
    [{ ...compiled, policies: compiled.policies.filter(({ id }) => id === ruleId) }],
    { workers: 1, subjectTimeoutMs: plan.subjectTimeoutMs, workDir },
    () => undefined,
  );
  return JSON.parse(await readFile(observationFiles[0] ?? '', 'utf8')) as Observation;
}

async function explained(
  set: PolicySet,
  observation: Observation,
  dossier: unknown,
): Promise<Pick<Replay, 'decisions' | 'records' | 'problem'>> {
  const nothing = { decisions: [], records: [] };
  try {
    const trace = await tracePolicy(set, observation.ruleId, dossier, observation);
    if (trace === undefined) return { ...nothing, problem: null };
    return {
      decisions: decisionsOf(trace, dossier, shownText),
      records: usedRecords(trace, dossier, observation),
      problem: null,
    };
  } catch (error) {
    const [first] = regoErrorsOf(error);
    if (first === undefined) throw error;
    return { ...nothing, problem: shownText(first.message) };
  }
}

function shownText(text: string): string {
  return printableText(redactSecrets(text));
}
