/** One export of a system. */
export type CollectedExport = {
  /** Path of the file below the folder of exports; may use variables of the loops. */
  file: string;
  /** What was asked, for the manifest. */
  query: string;
  /** Bash command that prints the export on standard output and changes nothing. */
  command: string;
  /** jq filter that counts the records of the file; `csv` for a table with a header, `lines` for one record a line. */
  count: string;
  /** Whether the export is of the log of $FROM to $TO. */
  isLog?: true;
};

/** The exports of one system. */
export type CollectedSystem = {
  /** Name, as the command takes it. */
  id: string;
  /** Name for people and in the manifest. */
  title: string;
  /** Programs that its commands call, beside those of every script. */
  programs: readonly string[];
  /** The least rights that its commands need, one line each. */
  rights: readonly string[];
  /** What to set before, one line each. */
  settings: readonly string[];
  /** Bash lines before the first export: variables and their defaults. */
  setup: readonly string[];
  /** Groups of exports: once, or for each word of a variable. */
  groups: readonly {
    /** Variable with the words to go through, and the name of one; left out for once. */
    each?: { words: string; name: string };
    /** Exports of the group, in this order. */
    exports: readonly CollectedExport[];
  }[];
};
