import { watch } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const SETTLE_MS = 150;

/** Yields once for every change below the folders; changes that come together, as an editor's do, count as one. */
export async function* changesBelow(dirs: readonly string[]): AsyncGenerator<void> {
  let changed = false;
  let wake = (): void => undefined;
  const watchers = dirs.map((dir) =>
    watch(dir, { recursive: true }, (_event, name) => {
      if (name !== null && !/\.(rego|json)$/.test(name)) return;
      changed = true;
      wake();
    }),
  );
  try {
    for (;;) {
      if (!changed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      await delay(SETTLE_MS);
      changed = false;
      yield;
    }
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}
