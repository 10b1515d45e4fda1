/** Names of the columns that state where a fact comes from: `record`, `rule`, `keys`, `default`; the key, if it is from one; the place of a rule of `scope`. */
export const originColumns = (fact: string) => ({
  by: `${fact}_by`,
  key: `${fact}_of`,
  rule: `${fact}_rule`,
});
