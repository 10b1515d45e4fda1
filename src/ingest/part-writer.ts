import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { RecordKind } from '../model/index.js';
import { byText } from '../text/compare-text.js';
import type { Emit } from './adapter.js';

/** Writes canonical records as NDJSON, one file a kind. */
export type PartWriter = {
  /** Adds a record; `line` is its JSON. */
  add(emit: Emit, line: string): void;
  /** Makes sure that the kind has a file, even an empty one. */
  open(kind: RecordKind): void;
  /** Hands what was added to the file system, and waits if that is slower. */
  flush(): Promise<void>;
  /** Ends all files; gives their paths by kind, sorted. */
  close(): Promise<[RecordKind, string][]>;
};

type Part = { path: string; stream: WriteStream; lines: string[] };

/** Returns a writer of parts named `<prefix>-<kind>.ndjson` in a folder. */
export function partWriter(folder: string, prefix: string): PartWriter {
  const parts = new Map<RecordKind, Part>();
  const part = (kind: RecordKind): Part => {
    const known = parts.get(kind);
    if (known) return known;
    const path = join(folder, `${prefix}-${kind}.ndjson`);
    const created = { path, stream: createWriteStream(path), lines: [] };
    parts.set(kind, created);
    return created;
  };
  const flush = async (): Promise<void> => {
    for (const { stream, lines } of parts.values()) {
      if (lines.length > 0 && !stream.write(lines.splice(0).join(''))) await once(stream, 'drain');
    }
  };
  return {
    add: ({ kind }, line) => void part(kind).lines.push(line, '\n'),
    open: (kind) => void part(kind),
    flush,
    async close() {
      await flush();
      for (const { stream } of parts.values()) {
        stream.end();
        await finished(stream);
      }
      return [...parts]
        .map(([kind, { path }]): [RecordKind, string] => [kind, path])
        .sort(byText(([kind]) => kind));
    },
  };
}

/** Returns a writer that keeps nothing, for looking at files only. */
export function noWriter(): PartWriter {
  return { add: () => undefined, open: () => undefined, flush: async () => undefined, close: async () => [] };
}
