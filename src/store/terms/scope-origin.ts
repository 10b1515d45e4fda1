/** Names of the columns that state where a fact comes from: `record`, `rule`, `keys`, `default`; and the key, if it is from one. */
export const originColumns = (fact: string) => ({ by: `${fact}_by`, key: `${fact}_of` });
