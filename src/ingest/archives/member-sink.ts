import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { BOUNDS, passed } from '../bounds.js';
import { CONTENT_BOUNDS, type ContentBounds } from '../reading/bounded-bytes.js';

/** One file of an archive. */
export type Member = {
  /** Path inside the archive, forward slashes. */
  name: string;
  /** Where its content was put; null if it was not unpacked. */
  absolute: string | null;
  /** Why it was not unpacked; null if it was. */
  problem: string | null;
};

/** Takes the content of one member. */
export type MemberWriter = {
  /** Adds bytes. */
  write(bytes: Uint8Array): void;
  /** Ends the member: with a sentence if it could not be unpacked to its end. */
  end(problem?: string): void;
};

/** Puts the members of one archive into a folder, as numbered files: no name of an archive becomes a path. */
export type MemberSink = {
  /** Members so far, in the order of the archive. */
  members: Member[];
  /** Lists a member that is not unpacked. */
  refuse(name: string, problem: string): void;
  /** Begins a member. */
  begin(name: string): MemberWriter;
  /** The sentence of the bound that the archive passed; null while it passed none. */
  excess(): string | null;
};

/**
 * Returns a sink for an archive.
 * @param size bytes of the archive, which the ratio is measured against
 */
export function memberSink(folder: string, size: number, bounds: ContentBounds = CONTENT_BOUNDS): MemberSink {
  const members: Member[] = [];
  let bytes = 0;
  let excess: string | null = null;
  const count = (more: number): void => {
    bytes += more;
    if (bytes > bounds.expandedBytes) excess ??= passed(BOUNDS.expandedBytes);
    if (bytes > bounds.freeBytes && bytes > bounds.ratio * size) excess ??= passed(BOUNDS.ratio);
  };
  const add = (member: Member): void => {
    members.push(member);
    if (members.length > BOUNDS.archiveMembers.limit) excess ??= passed(BOUNDS.archiveMembers);
  };
  return {
    members,
    excess: () => excess,
    refuse: (name, problem) => add({ name, absolute: null, problem }),
    begin(name) {
      const absolute = join(folder, String(members.length));
      const member: Member = { name, absolute, problem: null };
      add(member);
      const file = openSync(absolute, 'wx');
      return {
        write(part) {
          count(part.length);
          if (excess === null) writeSync(file, part);
        },
        end(problem) {
          closeSync(file);
          member.problem = excess ?? problem ?? null;
        },
      };
    },
  };
}
