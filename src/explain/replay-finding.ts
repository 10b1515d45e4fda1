import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { evaluate } from '../evaluate/index.js';
import { gather } from '../gather.js';
import {
  type Assessment,
  type AuditPlan,
  type CorePack,
  type JudgedObservation,
  KeyproofError,
  type Observation,
  type OnProgress,
  type PolicyResult,
  type Subject,
} from '../model/index.js';
import { defaultCacheDir, regoErrorsOf } from '../opa/index.js';
import { openPack } from '../pack/index.js';
import {
  compilePolicies,
  loadPolicies,
  type PolicySet,
  policyFolders,
  tracePolicy,
  unitOf,
} from '../policies/index.js';
import { accessLine, printableText, subjectScopeLines } from '../report/index.js';
import { redactSecrets } from '../secrets/redact.js';
import {
  asEvaluated,
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
  finding: JudgedObservation;
  /** Its policy as the pack states it. */
  policy: PolicyResult;
  /** Who may do what with the key it is about, a line each; null if it is about no key, or the pack does not tell. */
  access: { lines: string[]; total: number } | null;
  /** What states each fact about the scope of its subject, a line each; empty for the organisation, which has the scope of its subjects. */
  scope: string[];
};

/** One repeated evaluation of a pack. */
export type Replay = {
  /** How the evidence differs from that of the pack; empty if every file has the SHA-256 that the pack states. */
  differences: EvidenceDifference[];
  /** Whether it is the same evidence, even if under other paths. */
  sameEvidence: boolean;
  /** Whether the policies have the SHA-256 that the pack states. */
  samePolicies: boolean;
  /** The result of the policy now; null if the evidence has no such subject. */
  observation: Observation | null;
  /** Whether that equals the finding of the pack in every value. */
  sameFinding: boolean;
  /** The lines that decided, with the values they saw. */
  decisions: Decision[];
  /** The records that these values came from. */
  records: UsedRecord[];
  /** What states owner, environment and risk tier of the key, each as `owner: tag team`; empty for other subjects. */
  statedBy: string[];
  /** Why there are no lines to show; null if there are lines. */
  problem: string | null;
};

async function aboutSubject(
  pack: CorePack,
  { kind, id }: Observation['subject'],
): Promise<Pick<PackFinding, 'access' | 'scope'>> {
  if (kind !== 'organisation')
    for await (const subject of pack.subjects({ kind, id }))
      return { access: accessOf(subject), scope: subjectScopeLines(subject, pack.assessment.plan) };
  return { access: null, scope: [] };
}

function accessOf({ life }: Subject): PackFinding['access'] {
  if (!life?.access) return null;
  return { lines: life.access.map(accessLine), total: life.accessTotal ?? 0 };
}

/**
 * Looks a finding up in a pack; null if it has no observation of that id.
 *
 * @param cwd folder that a relative path starts from; default: that of the process.
 * @throws KeyproofError if the folder is no pack, or the pack was changed.
 */
export async function packFinding(dir: string, id: string, cwd = '.'): Promise<PackFinding | null> {
  const folder = resolve(cwd, dir);
  if (!existsSync(join(folder, 'manifest.json')))
    throw new KeyproofError(
      `${dir}: is not an evidence pack, it has no manifest.json; name the pack of the finding with --pack.`,
    );
  const pack = await openPack(folder);
  try {
    for await (const finding of pack.observations({ id })) {
      const policy = pack.assessment.policies.find((candidate) => candidate.id === finding.ruleId);
      if (policy === undefined) return null;
      return { assessment: pack.assessment, finding, policy, ...(await aboutSubject(pack, finding.subject)) };
    }
    return null;
  } finally {
    await pack.close();
  }
}

/**
 * Reads the evidence again, builds the one dossier, evaluates the one policy on it and reports which of its lines
 * decided. As-of date, period, stated facts and thresholds are those of the pack.
 *
 * @param given where the evidence is and how it is read, as `buildPlan` makes it.
 * @param env environment in which the compile cache and the key of fingerprints are looked for; default: that of the process.
 * @throws KeyproofError if the policy is not among those of the plan.
 */
export async function replayFinding(
  { assessment, finding }: PackFinding,
  given: AuditPlan,
  onProgress: OnProgress = () => undefined,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Replay> {
  const cacheDir = defaultCacheDir(env);
  const plan = packPlan(given, assessment);
  const set = await loadPolicies(policyFolders(plan), { overrides: plan.thresholds, cacheDir });
  if (!set.policies.some(({ id }) => id === finding.ruleId))
    throw new KeyproofError(
      `${finding.ruleId}: is no policy of the rule book; name the folder it is in with --policy or in keyproof.yaml.`,
    );
  return gather(plan, set, { onProgress, env }, async ({ store, files, context, workDir }) => {
    const dossier = await store.dossier(plan, finding.subject, context);
    await store.close();
    const differences = compareEvidence(assessment.inputs, files);
    return {
      differences,
      sameEvidence: !differences.some(isOtherEvidence),
      samePolicies: set.sha256 === assessment.tool.policyBundleSha256,
      ...(await decided(set, finding, dossier, { plan, workDir, cacheDir })),
    };
  });
}

/** What is evaluated by: the plan, the work folder, and the folder of compiled policies. */
type Around = { plan: AuditPlan; workDir: string; cacheDir: string };

type Decided = Pick<Replay, 'observation' | 'sameFinding' | 'decisions' | 'records' | 'statedBy' | 'problem'>;

async function decided(
  set: PolicySet,
  stated: JudgedObservation,
  dossier: string | null,
  around: Around,
): Promise<Decided> {
  const finding = asEvaluated(stated);
  const { kind, id } = finding.subject;
  const nothing = { observation: null, sameFinding: false, decisions: [], records: [], statedBy: [] };
  if (dossier === null) return { ...nothing, problem: `This evidence has no ${kind} ${id}.` };
  const observation = await evaluateOne(set, finding, dossier, around);
  const sameFinding = isDeepStrictEqual(observation, finding);
  const evidence: StatedBy = JSON.parse(dossier);
  const statedBy = evidence.key?.stated_by ?? [];
  return { observation, sameFinding, statedBy, ...(await explained(set, observation, evidence)) };
}

type StatedBy = { key?: { stated_by: string[] | null } };

/** Evaluates as an audit does: in a separate thread, with the same limits. */
async function evaluateOne(
  set: PolicySet,
  { ruleId, subject }: Observation,
  dossier: string,
  { plan, workDir, cacheDir }: Around,
): Promise<Observation> {
  const units = set.units.filter((unit) => unit === unitOf(set, ruleId));
  const [compiled] = await compilePolicies({ ...set, units }, { cacheDir });
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
