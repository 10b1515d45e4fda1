import { readFileSync, statSync } from 'node:fs';
import { KeyproofError } from '../model/index.js';
import { type WrittenText, writtenText } from './encoding.js';

/** Largest file that a person writes, in bytes. */
const LARGEST = 4 * 1024 * 1024;

/** How a file that a person wrote is named in messages. */
export type SmallFile = {
  /** Its path. */
  path: string;
  /** The path as it was given. */
  shown: string;
  /** The option that names it, such as `--config`. */
  option: string;
};

/**
 * Reads a text file that a person wrote, in UTF-8.
 * @throws KeyproofError if it is no file (a device has no end), larger than 4 MB, cannot be read, or is not in UTF-8
 */
export function readSmallFile(file: SmallFile): string {
  const { text, fault } = readSmallText(file);
  if (fault !== null) throw new KeyproofError(`${file.shown}: ${fault}`);
  return text;
}

/** Reads a text file that a program may have saved in an encoding of its own. @throws KeyproofError as `readSmallFile` */
export function readSmallText({ path, shown, option }: SmallFile): WrittenText {
  try {
    return writtenText(bytesOf(path));
  } catch (cause) {
    throw new KeyproofError(`${shown}: cannot be read; check the path given with ${option}.`, undefined, {
      cause,
    });
  }
}

function bytesOf(path: string): Buffer {
  const info = statSync(path);
  if (!info.isFile() || info.size > LARGEST) throw new Error('It is no file, or larger than 4 MB.');
  return readFileSync(path);
}
