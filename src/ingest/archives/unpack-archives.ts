import { mkdir, stat } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import type { InputFile } from '../../model/index.js';
import { redactSecrets } from '../../secrets/redact.js';
import type { FoundFile, LeftOut } from '../discover.js';
import { PART_OF_A_PACK, packFilesIn } from '../evidence-packs.js';
import { placesInArchive } from '../inside-sources.js';
import { CONTENT_BOUNDS } from '../reading/bounded-bytes.js';
import { type ArchiveKind, archiveKind } from './archive-kind.js';
import { isLeftOut } from './member-name.js';
import { type Member, type MemberSink, memberSink } from './member-sink.js';
import { unpackTar } from './unpack-tar.js';
import { unpackZip } from './unpack-zip.js';

/** What is not read of archives, or not more than listed. */
export type ListedEntry = LeftOut & {
  /** State. */
  state: InputFile['state'];
  /** Absolute path of its content; empty if it was not unpacked. */
  absolute: string;
};

/** Files to read, with those of archives in place of the archives. */
export type Unpacked = {
  /** Files: the path of a member is that of its archive, `/`, and its path inside. */
  files: FoundFile[];
  /** Archives, and members that are not read. */
  listed: ListedEntry[];
};

const NESTED = 'an archive inside an archive is not read: unpack it and audit the files in it';
const BROKEN = 'the archive is damaged or was cut off: what stands before that place was read; copy it again';
const HIDDEN = 'the name begins with a dot, or programs leave such files behind: left out';

/** Unpacks the archives among files into a folder, one after another. A member that cannot be read costs no other. */
export async function unpackArchives(
  found: readonly FoundFile[],
  makeFolder: () => Promise<string>,
  bounds = CONTENT_BOUNDS,
): Promise<Unpacked> {
  const files: FoundFile[] = [];
  const listed: ListedEntry[] = [];
  for (const [index, file] of found.entries()) {
    const kind = await archiveKind(file.absolute, basename(file.path));
    if (kind === null) {
      files.push(file);
      continue;
    }
    const folder = join(await makeFolder(), String(index));
    await mkdir(folder, { recursive: true });
    const sink = memberSink(folder, (await stat(file.absolute)).size, bounds);
    const problem = await unpack(file.absolute, kind, sink);
    listed.push(archiveEntry(file, problem, sink.members));
    const packs = packFilesIn(sink.members);
    for (const member of sink.members) await sort(file, member, packs, { files, listed });
  }
  return { files, listed };
}

/** Unpacks one archive. @returns why it could not be unpacked to its end; null if it was. */
async function unpack(path: string, kind: ArchiveKind, sink: MemberSink): Promise<string | null> {
  try {
    await (kind === 'zip' ? unpackZip(path, sink) : unpackTar(path, kind === 'tar.gz', sink));
  } catch {
    return BROKEN;
  }
  return sink.excess();
}

function archiveEntry({ path, absolute }: FoundFile, problem: string | null, members: Member[]): ListedEntry {
  if (problem !== null) return { path, absolute, state: 'unreadable', reason: problem };
  if (members.length === 0)
    return { path, absolute, state: 'unreadable', reason: 'the archive holds no files' };
  return {
    path,
    absolute,
    state: 'not-used',
    reason: `an archive: its files (${members.length}) are listed by themselves`,
  };
}

/** Puts a member with what is read or with what is only listed. */
async function sort(
  archive: FoundFile,
  { name, absolute, problem }: Member,
  packs: ReadonlySet<string>,
  { files, listed }: Unpacked,
): Promise<void> {
  const path = redactSecrets(`${archive.path}/${name}`);
  const place = absolute ?? '';
  const list = (state: InputFile['state'], reason: string): number =>
    listed.push({ path, absolute: place, state, reason });
  if (absolute === null || problem !== null) list('unreadable', problem ?? BROKEN);
  else if (isLeftOut(name)) list('not-used', HIDDEN);
  else if (packs.has(posix.normalize(name))) list('not-used', PART_OF_A_PACK);
  else if ((await archiveKind(absolute, basename(name))) !== null) list('unreadable', NESTED);
  else
    files.push({
      absolute,
      path,
      spec: archive.spec,
      named: false,
      places: placesInArchive(archive.absolute, name),
    });
}
