/** Returns a name in plain form: lower case, letters and digits only. `Risk_Tier` and `risk-tier` are one name. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
