import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';

/** Unpacks the tarball of an npm package, whose files are in `package/`. @returns the folder with the files. */
export async function unpackTarball(tarball: string, workDir: string): Promise<string> {
  const folder = join(workDir, 'duckdb');
  await mkdir(folder, { recursive: true });
  await pipeline(createReadStream(tarball), extract({ cwd: folder, strip: 1 }));
  return folder;
}
