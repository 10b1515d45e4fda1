import type { YamlPath } from './parse-framework.js';

/** An error in what a framework file states. */
export type FrameworkProblem = {
  /** Path in the file. */
  path: YamlPath;
  /** One sentence. */
  message: string;
};
