/** An audit, as a step carries it out. */
export type Auditing<Plan, Result> = (
  plan: Plan,
  onProgress: unknown,
  env: object,
  run: () => object,
) => Promise<Result>;

/** Returns an audit that is carried out once for each plan and content of its folder. */
export function keptAudits<Plan, Result>(audit: Auditing<Plan, Result>): Auditing<Plan, Result>;
