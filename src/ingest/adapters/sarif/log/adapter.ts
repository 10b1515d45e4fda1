import { isObject } from '../../../../text/is-object.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { objectOf, textOf } from '../../../fields/json.js';
import { findingWriter, repositoryOfFile } from '../../../findings/finding.js';
import { repositoryStated } from '../../../findings/repository.js';
import { foundIn, KIND_WITHOUT_FINDING } from './result.js';
import { isAboutSecrets, isSecretScanner, toolOf } from './tool.js';

/**
 * SARIF 2.1.0 of any tool: `runs[].results[]`, streamed. Follows https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * - What it proves: that a run of the tool gave these results. What it cannot: which files were scanned, whether with the
 *   history, and, if no run is of a secret scanner, that there are no secrets.
 * - Of a tool that looks for more than secrets, a result is a finding if its rule is about secrets: by a tag `secret`, by
 *   CWE-798, 259 or 321, or as Trivy, Checkov and Semgrep name theirs. Others are left out and counted. `constants: {kind:
 *   secret}` in keyproof.yaml states that all results are secrets.
 * - `level` says nothing here. A result of kind `pass`, `notApplicable` or `informational` is no finding.
 * - A result is suppressed if it has suppressions and none is under review or rejected (3.27.23); the justification is the
 *   reason. `baselineState: absent` is no longer there, so it is resolved. That is no proof that the key was revoked.
 * - The secret itself is there only in the logs of gitleaks (the snippet; `offender` in version 7). Snippets of others are lines.
 * - The repository is `versionControlProvenance`, or as for every report: keyproof.yaml or the path.
 * - The log of an evidence pack states verdicts and is no evidence: `keyproof` as the first tool is not recognised.
 * - No results (`results` null or absent) mean that the run did not compute them (3.14.23), and `executionSuccessful: false` that
 *   it failed: neither proves that nothing is there, so the file counts as incomplete.
 */
export const adapter: Adapter = {
  id: 'sarif',
  title: 'SARIF 2.1.0 log of a secret scanner (JSON)',
  recognisedBy: '`runs`, beside `version` 2.1.0 or the `$schema` of SARIF',
  proves: 'that a run of the tool gave these results, and which of them were suppressed',
  cannot:
    'which files were scanned, whether with the history, and, without a result, that the tool looked for secrets',
  produces: ['secret_findings'],
  formats: ['json'],
  signature: ['version', '$schema', 'runs'],
  recognise,
  open,
};

function recognise({ partial, keys, head }: FileSample): { version: string | null } | null {
  const log = Array.isArray(partial) ? partial[0] : partial;
  if (!isObject(log) || !keys.includes('runs')) return null;
  const runs = log['runs'];
  const isLog = /"version"\s*:\s*"2\.1\.\d/.test(head) || /"\$schema"\s*:\s*"[^"]*sarif[^"]*2\.1/.test(head);
  const isRuns = runs === null || (Array.isArray(runs) && toolOf(objectOf(runs[0])).name !== 'keyproof');
  return isLog && isRuns ? { version: '2.1.0' } : null;
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const read = resultReader(context);
  const stated = repositoryOfFile(context) !== null;
  const waiting: (() => Emit[])[] = [];
  return {
    items: ['$.runs.*.results'],
    produces: allAreSecrets(context) || namesScanner(file) ? ['secret_findings'] : [],
    convert(raw) {
      const run = runOf(raw);
      if (!isObject(run['tool'])) return later(() => read(raw, run)());
      const write = read(raw, run);
      return stated || repositoryOf(run) !== null ? write() : later(write);
    },
    envelope: (log) => lookAtRuns(log, context),
    *end() {
      for (const write of waiting.splice(0)) yield* write();
    },
  };

  /** What the run states after its results is known once the file was read to its end. */
  function later(write: () => Emit[]): [] {
    waiting.push(write);
    return [];
  }
}

/** Returns a reader of results that gives, for each, what writes its findings once the run is known. */
function resultReader(context: AdapterContext) {
  const write = findingWriter('sarif', context);
  const all = allAreSecrets(context);
  return (raw: RawRecord, run: Record<string, unknown>): (() => Emit[]) => {
    const reason = noFinding(raw.value, run, all);
    if (reason !== null) context.skip(reason);
    const found = reason === null ? foundIn(raw, run, context) : [];
    const { name, version } = toolOf(run);
    return () => {
      const place = { tool: name ?? 'sarif', tool_version: version, repository: repositoryOf(run) };
      return found.flatMap(({ record, stated }) => write(record, { ...stated, ...place }));
    };
  };
}

/** Returns why a result is no finding; null if it is one. */
function noFinding(
  result: Record<string, unknown>,
  run: Record<string, unknown>,
  allAreSecret: boolean,
): string | null {
  const kind = textOf(result['kind']);
  if (kind !== null && KIND_WITHOUT_FINDING.has(kind)) return `results of kind ${kind}`;
  const isSecret = allAreSecret || isSecretScanner(toolOf(run).name) || isAboutSecrets(result, run);
  return isSecret ? null : 'results of a rule that is not about secrets';
}

function allAreSecrets({ spec }: AdapterContext): boolean {
  return spec?.constants?.['kind'] === 'secret';
}

/** Returns the run that a result is in: as far as the file was read, and whole once it was read to its end. */
function runOf(raw: RawRecord): Record<string, unknown> {
  return raw.within?.at(-1) ?? {};
}

function repositoryOf(run: Record<string, unknown>): string | null {
  const provenance = run['versionControlProvenance'];
  const [first] = Array.isArray(provenance) ? provenance : [];
  return repositoryStated(textOf(objectOf(first)['repositoryUri']));
}

/** Returns whether the file begins with a run of a secret scanner, so that an empty list of results says something. */
function namesScanner({ partial }: FileSample): boolean {
  const logs = Array.isArray(partial) ? partial : [partial];
  const runs = logs.flatMap((log) => objectOf(log)['runs']);
  return runs.some((run) => isSecretScanner(toolOf(objectOf(run)).name));
}

function lookAtRuns(log: Record<string, unknown>, context: AdapterContext): void {
  const runs = Array.isArray(log['runs']) ? log['runs'].filter(isObject) : [];
  if (runs.length === 0) context.truncated(NO_RUN);
  for (const run of runs) {
    const name = toolOf(run).name ?? 'the tool';
    if (!Array.isArray(run['results'])) context.truncated(NO_RESULTS(name));
    const invocations = Array.isArray(run['invocations']) ? run['invocations'] : [];
    const failed = invocations.some((invocation) => objectOf(invocation)['executionSuccessful'] === false);
    if (failed) context.truncated(FAILED(name));
  }
}

const NO_RUN = 'The log holds no run, so it does not show that anything was scanned: scan again.';
const NO_RESULTS = (name: string) =>
  `A run of ${name} has no list of results, which means that it computed none: scan again.`;
const FAILED = (name: string) =>
  `A run of ${name} states that it failed (executionSuccessful: false), so results may be missing: scan again.`;
