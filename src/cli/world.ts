import type { ExitCode } from '../model/index.js';

/** Where a command reads and prints: stdout is for machines, stderr for people. */
export type Terminal = {
  /** Writes text on standard output as it is. */
  stdout: (text: string) => void;
  /** Writes text on standard error as it is. */
  stderr: (text: string) => void;
  /** Reads standard input to its end, as UTF-8. */
  stdin: () => Promise<string>;
  /** Whether standard error is a terminal. */
  isTTY: boolean;
  /** Width of the terminal in columns. */
  columns: number;
  /** Width of standard output in columns, for tables; left out if it is no terminal: tables are then not broken into lines. */
  outColumns?: number;
  /** Asks a person one line; left out if nobody can answer. */
  ask?: (question: string) => Promise<string>;
};

/** Everything a command takes from outside its arguments and the files they name. */
export type World = {
  /** Absolute path of the folder that relative paths start from. */
  cwd: string;
  /** Environment variables: KEYPROOF_*, PUPPETEER_EXECUTABLE_PATH, NO_COLOR and their like. */
  env: Readonly<Record<string, string | undefined>>;
  /** Where it reads and prints. */
  terminal: Terminal;
};

/** One call of a command: its world, and what it leaves there. */
export type Call = World & {
  /** The arguments that follow `keyproof`. */
  args: readonly string[];
  /** Writes a line for machines: on standard output, as it is. */
  out: (line: string) => void;
  /** Writes a text for people as the result of the command: on standard output, its lines broken to the width of a terminal. */
  say: (text: string) => void;
  /** Writes a text for people beside the result: on standard error, its lines broken to the width of a terminal. */
  err: (line: string) => void;
  /** Sets the exit code that the call ends with; without it the call ends with 0. */
  ends: (code: ExitCode) => void;
};
