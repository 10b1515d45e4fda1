/** An abort raised by the policy's own code or by a built-in, with OPA's words. */
export class PolicyAbort extends Error {}

/** More memory was wanted than the instance, of the policy or of OPA's own built-ins, may have. */
export class MemoryAbort extends PolicyAbort {}

/** More text was to leave the policy's memory at once than may. */
export class TextAbort extends PolicyAbort {
  /** @param what what was too large, such as `its result`. */
  constructor(what: string, maxBytes: number) {
    super(`${what} takes more than ${Math.round(maxBytes / 2 ** 20)} MiB as text`);
  }
}
