/** Condition on a finding `f`: it is a secret, and not live data. */
export const IS_SECRET = `coalesce(f.kind, 'secret') = 'secret'`;

/** Condition on a finding `f`: it was found in a repository. */
export const IN_REPOSITORY = `coalesce(f.channel, 'repository') = 'repository'`;
