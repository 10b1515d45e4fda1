import type { JsonValue } from './json-value.js';

/** A place in a source of Rego; row and column count from 1. */
export type SourceLocation = {
  /** Path of the module. */
  file: string;
  /** Row. */
  row: number;
  /** Column, in bytes. */
  col: number;
};

/** A term of a line as it is written, and the value it had. */
export type TracedValue = {
  /** The term, such as `input.key.status`. */
  text: string;
  /** Whether it had a value. */
  defined: boolean;
  /** Its value, sets as lists; null too if it had none. */
  value: JsonValue;
  /** Where in the input it was read, for a reference to the input. */
  path?: (string | number)[];
  /** True if it stands in a longer term of the same line. */
  inner?: boolean;
};

/** One expression of a rule. */
export type TracedLine = {
  /** First row, from 1. */
  row: number;
  /** Last row. */
  endRow: number;
  /** Whether it held. */
  held: boolean;
  /** The values it saw. */
  values: TracedValue[];
};

/** One body of a rule: all its lines if it held, otherwise those up to the one that did not hold. */
export type TracedRule = {
  /** The target or the rule of the same package that it is reached from, such as `data.policies.rotation.stated_over`. */
  path: string;
  /** Where it begins. */
  location: SourceLocation;
  /** Last row of it. */
  endRow: number;
  /** Whether it held. */
  held: boolean;
  /** What it came to; null if it did not hold. */
  value: JsonValue;
  /** How many more ways to hold there were, which are left out. */
  further?: number;
  /** Lines in their order. */
  lines: TracedLine[];
};

/** What an evaluation came to and why. */
export type Trace = {
  /** Value of the query; null if it is undefined. */
  result: JsonValue;
  /** The targets and the rules of their package that they rest on, each after one that names it. */
  rules: TracedRule[];
};

/** Why a policy said what it said of one dossier. */
export type PolicyTrace = {
  /** The rules that decided, and those of the same package that they rest on. */
  rules: TracedRule[];
  /** The lines of METADATA that ask for the required fields which are unknown. */
  required: {
    /** Dossier path. */
    path: string;
    /** Row of it in the policy's module, from 1. */
    row: number;
  }[];
  /** Module of the policy. */
  module: string;
  /** Lines of every module that a rule is in, and of the policy's own. */
  sources: { [module: string]: string[] };
};
