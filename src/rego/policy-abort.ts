/** An abort raised by the policy's own code or by a built-in, with OPA's words. */
export class PolicyAbort extends Error {}
