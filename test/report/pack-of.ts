import {
  type Assessment,
  type CorePack,
  type JudgedObservation,
  type Observation,
  SEVERITIES,
  type Sink,
  type Subject,
} from '../../src/model/index.js';

/** A core pack in memory, in the order of its files. */
export function packOf(
  assessment: Assessment,
  observations: readonly JudgedObservation[] = assessment.observations,
  subjects: readonly Subject[] = [],
): CorePack {
  return {
    assessment,
    observations: async function* ({ id, ruleId, outcome, severity } = {}, order = 'by-rule') {
      const wanted = { id, ruleId, outcome, severity };
      const found = observations.filter((one) => holds(one, wanted)).sort(byRuleAndSubject);
      yield* order === 'by-rule' ? found : found.sort((a, b) => rank(a) - rank(b));
    },
    outcomes: async function* (kind) {
      for (const { ruleId, subject, outcome } of [...observations].sort(byRuleAndSubject))
        if (subject.kind === kind) yield { ruleId, subjectId: subject.id, outcome };
    },
    subjects: async function* ({ kind, id } = {}) {
      yield* subjects.filter((one) => holds(one, { kind, id }));
    },
    close: async () => undefined,
  };
}

function holds<T extends object>(one: T, wanted: { [K in keyof T]?: T[K] | undefined }): boolean {
  return Object.entries(wanted).every(
    ([name, value]) => value === undefined || one[name as keyof T] === value,
  );
}

const rank = ({ severity }: Observation): number =>
  severity === null ? SEVERITIES.length : SEVERITIES.indexOf(severity);

function byRuleAndSubject(a: Observation, b: Observation): number {
  const place = ({ ruleId, subject, id }: Observation) =>
    [ruleId, subject.kind, subject.id, id].join('\u0000');
  return place(a) < place(b) ? -1 : 1;
}

/** A sink that keeps what it is given, by file. */
export function memorySink(): Sink & { files: Map<string, string> } {
  const files = new Map<string, string>();
  return {
    files,
    onProgress: () => undefined,
    env: process.env,
    write: async (file, content) => {
      files.set(file, await textOf(content));
    },
  };
}

async function textOf(content: Parameters<Sink['write']>[1]): Promise<string> {
  if (typeof content === 'string') return content;
  if (content instanceof Uint8Array) return Buffer.from(content).toString('latin1');
  let text = '';
  for await (const piece of content) text += piece;
  return text;
}
