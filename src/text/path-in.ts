import path from 'node:path';

/**
 * Returns the path of a file or folder from a folder that it is in, with forward slashes, `''` for the folder itself; null if it is not
 * in it, such as on another drive.
 * @param system how paths are written; as on this system if left out.
 */
export function pathIn(folder: string, file: string, system: path.PlatformPath = path): string | null {
  const found = system.relative(folder, file);
  const isOutside = found === '..' || found.startsWith(`..${system.sep}`) || system.isAbsolute(found);
  return isOutside ? null : found.split(system.sep).join('/');
}
