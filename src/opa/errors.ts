import { EXIT, KeyproofError } from '../model/index.js';

/** Where in a Rego source an error is, and what OPA calls it. Rows and columns count from 1. */
export type RegoErrorPlace = {
  /** OPA's error code, such as `rego_parse_error`, or one of ours (`rego_timeout`, `rego_evaluation_error`). */
  code: string;
  /** Module path as it was given to the toolchain. */
  file?: string;
  /** Row in the file. */
  row?: number;
  /** Column in the row, in bytes. */
  column?: number;
  /** The source line itself. */
  sourceLine?: string;
  /** What OPA adds, line by line: the type it has and the ones it wants. */
  details?: readonly string[];
};

/** Anything that goes wrong with Rego: parsing, compiling, testing, loading, evaluating. */
export class RegoError extends KeyproofError implements RegoErrorPlace {
  override readonly name: string = 'RegoError';
  readonly code: string;
  declare readonly file?: string;
  declare readonly row?: number;
  declare readonly column?: number;
  declare readonly sourceLine?: string;
  declare readonly details?: readonly string[];

  constructor(message: string, place: RegoErrorPlace, options?: ErrorOptions) {
    super(message, EXIT.usage, options);
    this.code = place.code;
    Object.assign(this, place);
  }
}

/** An error in a policy's source, with its place. */
export class RegoSourceError extends RegoError {
  override readonly name = 'RegoSourceError';
  /** The message without the place that `message` begins with. */
  readonly reason: string;

  constructor(reason: string, place: RegoErrorPlace) {
    super(`${placeText(place)}${reason}`, place);
    this.reason = reason;
  }
}

/** Returns file, row and column as OPA writes them; the end of a file has no column. */
function placeText({ file, row, column }: RegoErrorPlace): string {
  if (file === undefined) return '';
  return `${[file, row, column].filter((part) => part !== undefined).join(':')}: `;
}

/** Several errors in the sources; code and place are the first one's. */
export class RegoSourceErrors extends RegoError {
  override readonly name = 'RegoSourceErrors';
  readonly errors: readonly RegoSourceError[];

  constructor(errors: readonly [RegoSourceError, ...RegoSourceError[]]) {
    super(errors.map((error) => error.message).join('\n'), placeOf(errors[0]));
    this.errors = errors;
  }
}

/** The toolchain, or a test run, took longer than its limit. */
export class RegoTimeoutError extends RegoError {
  override readonly name = 'RegoTimeoutError';

  constructor(message: string) {
    super(message, { code: 'rego_timeout' });
  }
}

/** The toolchain module is damaged or crashed: a defect or a broken installation, not the policy's fault. */
export class RegoToolchainError extends RegoError {
  override readonly name = 'RegoToolchainError';

  constructor(message: string, options?: ErrorOptions) {
    super(message, { code: 'rego_toolchain_error' }, options);
  }
}

/** A compiled policy could not be loaded or evaluated; the instance it ran in has been discarded. */
export class RegoEvaluationError extends RegoError {
  override readonly name: string = 'RegoEvaluationError';
  /** Entrypoint that was being evaluated; undefined while loading. */
  readonly entrypoint: string | undefined;

  constructor(message: string, entrypoint?: string, options?: ErrorOptions & { code?: string }) {
    super(message, { code: options?.code ?? 'rego_evaluation_error' }, options);
    this.entrypoint = entrypoint;
  }
}

/** An evaluation went over `memory.maxBytes` or `memory.maxTextBytes`. */
export class RegoMemoryError extends RegoEvaluationError {
  override readonly name = 'RegoMemoryError';

  constructor(message: string, entrypoint?: string, options?: ErrorOptions) {
    super(message, entrypoint, { ...options, code: 'rego_memory_limit' });
  }
}

/**
 * Returns the single errors inside an error, whether it is one or an aggregate; empty for errors that are not Rego's.
 */
export function regoErrorsOf(error: unknown): readonly RegoError[] {
  if (error instanceof RegoSourceErrors) return error.errors;
  return error instanceof RegoError ? [error] : [];
}

/** Returns one error as itself, several as an aggregate. */
export function sourceFailure(errors: readonly RegoSourceError[]): RegoError {
  const [first, ...rest] = errors;
  if (first === undefined) return new RegoToolchainError('the toolchain failed without saying why');
  return rest.length === 0 ? first : new RegoSourceErrors([first, ...rest]);
}

function placeOf(error: RegoError): RegoErrorPlace {
  const { code, file, row, column, sourceLine, details } = error;
  const known = Object.entries({ file, row, column, sourceLine, details }).filter(
    ([, value]) => value !== undefined,
  );
  return { code, ...Object.fromEntries(known) };
}
