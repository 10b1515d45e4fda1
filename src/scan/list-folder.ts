import fastGlob from 'fast-glob';
import { compareText } from '../text/compare-text.js';

/** Returns the files of a folder that is no repository, without installed packages; links are not followed. */
export async function listFolder(folder: string): Promise<string[]> {
  const options = {
    cwd: folder,
    dot: true,
    onlyFiles: true,
    followSymbolicLinks: false,
    suppressErrors: true,
    ignore: ['**/.git/**', '**/node_modules/**'],
  };
  return (await fastGlob('**/*', options)).sort(compareText);
}
