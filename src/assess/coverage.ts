import type { Control, ControlStatus, Framework, Grade } from '../model/index.js';

/** How far policies cover a framework, before any audit. `keyproof frameworks` prints it. */
export type FrameworkCoverage = Pick<
  Framework,
  'id' | 'aliases' | 'title' | 'version' | 'issuer' | 'reviewed' | 'disclaimer'
> & {
  /** Controls by status; they add up to `controls.length`. */
  statuses: { [S in ControlStatus]: number };
  /** Mappings by grade. */
  grades: { [G in Grade]: number };
  /** Every control of the file, in its order. */
  controls: ControlCoverage[];
  /** Ids of the controls that no policy decides: manual ones, whatever supports them. */
  notCovered: string[];
};

/** How far one control is covered. */
export type ControlCoverage = Pick<Control, 'id' | 'title' | 'status'> & {
  /** The question a person must ask; null if there is none. */
  ask: string | null;
  /** Mapped policies. */
  policies: {
    /** Policy id. */
    id: string;
    /** How much of the control it is evidence for. */
    grade: Grade;
    /** Ids of the elements that count; null if the mapping names none, because the policy has one. */
    elements: string[] | null;
    /** What it does not show. */
    limitation: string | null;
  }[];
};

/** A control that a policy is evidence for. */
export type ControlReference = {
  /** Framework id. */
  framework: string;
  /** Control id. */
  control: string;
  /** How much of the control the policy is evidence for. */
  grade: Grade;
  /** Ids of the elements that count; null if the mapping names none, because the policy has one. */
  elements: string[] | null;
  /** What it does not show. */
  limitation: string | null;
};

/** Counts what a framework file covers, and lists what it does not. */
export function coverageOf(framework: Framework): FrameworkCoverage {
  const { id, aliases, title, version, issuer, reviewed, disclaimer } = framework;
  const statuses = { automated: 0, partial: 0, manual: 0, 'not-applicable': 0 };
  const grades = { direct: 0, partial: 0, supporting: 0 };
  for (const control of framework.controls) {
    statuses[control.status] += 1;
    for (const mapping of control.policies) grades[mapping.grade] += 1;
  }
  const notCovered = framework.controls
    .filter(({ status }) => status === 'manual')
    .map((control) => control.id);
  const controls = framework.controls.map(controlCoverage);
  return {
    id,
    aliases,
    title,
    version,
    issuer,
    reviewed,
    disclaimer,
    statuses,
    grades,
    controls,
    notCovered,
  };
}

function controlCoverage({ id, title, status, ask, policies }: Control): ControlCoverage {
  return {
    id,
    title,
    status,
    ask: ask ?? null,
    policies: policies.map((mapping) => ({
      id: mapping.id,
      grade: mapping.grade,
      elements: mapping.elements ?? null,
      limitation: mapping.limitation ?? null,
    })),
  };
}

/**
 * Returns the reverse table: for every policy the controls it is evidence for, in the order of the frameworks and
 * their files.
 */
export function controlsByPolicy(frameworks: readonly Framework[]): Map<string, ControlReference[]> {
  const table = new Map<string, ControlReference[]>();
  for (const framework of frameworks) {
    for (const control of framework.controls) {
      for (const { id, grade, elements, limitation } of control.policies) {
        const references = table.get(id) ?? [];
        references.push({
          framework: framework.id,
          control: control.id,
          grade,
          elements: elements ?? null,
          limitation: limitation ?? null,
        });
        table.set(id, references);
      }
    }
  }
  return table;
}
