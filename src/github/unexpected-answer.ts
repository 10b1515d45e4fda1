/** An answer of GitHub that has not what was asked for: nothing may be concluded from it. */
export class UnexpectedAnswer extends Error {
  override readonly name: string = 'UnexpectedAnswer';
  /** Status of the answer; not named `status`, by which octokit would know a 409 that is to end a list. */
  readonly answered: number;

  /** @param message what the answer is, in words and without a full stop. */
  constructor(answered: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.answered = answered;
  }
}

/** Returns the unexpected answer that an error is, or that a library has wrapped; null if there is none. */
export function unexpectedIn(error: unknown): UnexpectedAnswer | null {
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause)
    if (inner instanceof UnexpectedAnswer) return inner;
  return null;
}
