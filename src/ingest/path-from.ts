import path from 'node:path';
import { pathIn } from '../text/path-in.js';

/**
 * Returns the path of a file from the root, or, outside of it, such as on another drive, from the folder that was named, with its name first.
 * @param anchor the file or folder that was named.
 * @param system how paths are written; as on this system if left out.
 */
export function pathFrom(
  root: string,
  anchor: string,
  file: string,
  system: path.PlatformPath = path,
): string {
  const inside = pathIn(root, file, system);
  if (inside) return inside;
  const below = pathIn(anchor, file, system);
  return below ? [system.basename(anchor), below].filter(Boolean).join('/') : system.basename(file);
}
