import type { Assessment, CorePack } from '../../model/index.js';
import { printable } from '../text/printable.js';
import { redactedText } from '../text/redacted-text.js';
import { LIMITS } from './limits.js';
import { message } from './message.js';
import { NOTIFICATIONS, notificationsOf } from './notifications.js';
import { EXPORTS, type Inputs, uriOf } from './places.js';
import { type Result, type ResultContext, resultsOf } from './results.js';
import { rulesOf } from './rules.js';
import { relationshipsOf, taxonomiesOf } from './taxonomies.js';

/** Schema that the file names. */
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/**
 * Generates results.sarif (SARIF 2.1.0, OASIS) in pieces: one run, its results worst first, then by rule and subject, one a line. Stays
 * within the limits of GitHub code scanning.
 */
export async function* sarifLog(pack: CorePack): AsyncGenerator<string> {
  const { assessment } = pack;
  yield `{\n"$schema": ${json(SCHEMA)},\n"version": "2.1.0",\n"runs": [{\n${members(headOf(assessment))},\n"results": [`;
  const bases = new Set<string>([EXPORTS]);
  const count = { written: 0, leftOut: 0 };
  for await (const result of results(pack, contextOf(assessment))) {
    if (count.written === LIMITS.results) {
      count.leftOut += 1;
      continue;
    }
    for (const base of basesOf(result)) bases.add(base);
    yield `${count.written === 0 ? '' : ','}\n${json(result)}`;
    count.written += 1;
  }
  yield `\n],\n${members(tailOf(assessment, bases, count.leftOut))}\n}]\n}\n`;
}

/** Returns JSON whose every text is printable, ids too. */
function json(value: unknown): string {
  return JSON.stringify(printable(value, Number.POSITIVE_INFINITY));
}

/** Returns the members of an object as JSON without its braces, one a line. */
function members(object: object): string {
  return Object.entries(object)
    .map(([name, value]) => `${json(name)}: ${json(value)}`)
    .join(',\n');
}

async function* results(pack: CorePack, context: ResultContext): AsyncGenerator<Result> {
  for (const outcome of ['fail', 'waived'] as const)
    for await (const observation of pack.observations({ outcome }, 'worst-first'))
      yield* resultsOf(observation, context);
}

function contextOf({ policies, inputs }: Assessment): ResultContext {
  const rules = policies
    .slice(0, LIMITS.rules)
    .map(({ id, severity }, index) => [id, { index, severity }] as const);
  return { rules: new Map(rules), inputs: inputsOf(inputs) };
}

function inputsOf(inputs: Assessment['inputs']): Inputs {
  return new Map(inputs.map((file, index) => [file.path, { file, index }]));
}

/** What stands before the results. */
function headOf(assessment: Assessment): object {
  const taxonomies = taxonomiesOf(assessment);
  return {
    tool: {
      driver: {
        name: 'keyproof',
        version: assessment.tool.version,
        semanticVersion: assessment.tool.version,
        organization: 'The keyproof authors',
        shortDescription: {
          text: 'Policy-as-code checks of API keys and credentials in banking integrations',
        },
        rules: rulesOf(assessment, relationshipsOf(assessment)),
        notifications: NOTIFICATIONS.map(({ id, name, text }) => ({
          id,
          name,
          shortDescription: { text },
          fullDescription: { text },
          help: { text },
        })),
        ...(taxonomies.length === 0
          ? {}
          : { supportedTaxonomies: taxonomies.map(({ name }, index) => ({ name, index })) }),
      },
    },
    ...(taxonomies.length === 0 ? {} : { taxonomies }),
    columnKind: 'utf16CodeUnits',
  };
}

/** What stands after the results, because they decide it. */
function tailOf(assessment: Assessment, bases: ReadonlySet<string>, leftOut: number): object {
  const { incomplete, plan, inputs } = assessment;
  const redacted = redactedText(assessment);
  return {
    artifacts: inputs.map(({ path, bytes, sha256 }) => ({
      location: { uri: uriOf(path), uriBaseId: EXPORTS },
      length: bytes,
      ...(sha256 === null ? {} : { hashes: { 'sha-256': sha256 } }),
    })),
    originalUriBaseIds: Object.fromEntries(
      [...bases].sort().map((base) => [base, { description: aboutBase(base) }]),
    ),
    invocations: [
      {
        executionSuccessful: incomplete.length === 0,
        toolExecutionNotifications: notificationsOf(assessment, leftOut),
      },
    ],
    properties: {
      organisation: plan.organisation,
      asOf: plan.asOf,
      period: plan.period,
      ...(redacted === null ? {} : { redacted }),
    },
  };
}

function aboutBase(base: string): { text: string } {
  return message(
    base === EXPORTS
      ? 'The folder of the exports that were audited.'
      : `The root of the repository ${base.slice(11)}.`,
  );
}

function basesOf({ locations }: Result): string[] {
  return locations.flatMap(({ physicalLocation }) => physicalLocation?.artifactLocation.uriBaseId ?? []);
}
