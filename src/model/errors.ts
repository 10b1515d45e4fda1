/** Exit codes of the command line; each means one thing. */
export const EXIT = {
  /** Clean, or nothing at or above --fail-on. */
  ok: 0,
  /** Findings at or above --fail-on. */
  findings: 1,
  /** Usage, config or policy invalid. */
  usage: 2,
  /** Incomplete: an input unreadable, a policy failed, nothing evaluated, a report not written. */
  incomplete: 3,
  /** A defect of keyproof itself. */
  internal: 4,
  /** Verification failed. */
  verification: 5,
  /** Interrupted. */
  interrupted: 130,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An error the user can act on: printed as its message alone, without a stack. */
export class KeyproofError extends Error {
  override readonly name: string = 'KeyproofError';
  /** Exit code it ends the program with. */
  readonly exitCode: ExitCode;

  /** @param message what is wrong and what to do, in one or two sentences. */
  constructor(message: string, exitCode: ExitCode = EXIT.usage, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
