/** Returns the name of the file that holds the annex of a framework. */
export const annexFile = (framework: string): string => `annex-${framework}.pdf`;
