import type { Assessment } from '../../model/index.js';

/** Returns the name of the audited organisation, or says that none is stated and what folder was read instead. */
export function organisationText({
  organisation,
  unnamed,
}: Pick<Assessment['plan'], 'organisation' | 'unnamed'>): string {
  return unnamed ? `Organisation not named (folder ${organisation})` : organisation;
}
