import type { Assessment, CorePack, Incomplete, OutputFormat, Sink } from '../model/index.js';

/** Makes one format. It only reads the pack and writes to the sink: no clock, no stdout, no exit code. */
export type Renderer = {
  /** Name, as `--format` takes it. */
  format: OutputFormat;
  /** The files it writes whatever the pack holds. */
  files: readonly string[];
  /** The files it writes beside these for a pack; `frameworks` are the ids asked for, all of the pack if left out. */
  filesFor?(assessment: Assessment, frameworks?: readonly string[]): readonly string[];
  /** Writes the files. @returns why it could not; empty if it did. The rest of the pack is valid. */
  render(pack: CorePack, out: Sink): Promise<Incomplete[]>;
};
