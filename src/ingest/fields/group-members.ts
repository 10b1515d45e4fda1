import { isObject } from '../../text/is-object.js';
import type { AdapterContext, AdapterReader, Emit, FileSample, RawRecord } from '../adapter.js';
import { UnreadableError } from '../unreadable-error.js';
import { objectOf, textOf } from './json.js';
import { warnOfAnyNextPage } from './next-page.js';
import { type Draft, type Reading, reading } from './record-reader.js';

/** What a system calls a group or a member: the id that other exports name, and its other names. */
export type Named = { id: string; aliases: readonly (string | null)[]; name?: string | null };

/** One member of a group. `leftOut`: why it can hold nothing. `open`: it may stand for others whom the list does not name. */
export type Member = Draft<'principals'> & { principal_id: string | null; open?: true; leftOut?: string };

/** How one system lists the members of groups. */
export type MembersFormat = {
  /** What to do about a value that cannot be read. */
  again: string;
  /** Member of a wrapper, or of the file, that the members are in; the first that is there counts. */
  lists: readonly string[];
  /** Returns the group that a wrapper is about; null if it states none. */
  groupOf(r: Reading): Named | null;
  /** Returns a member. `list`: the member of the wrapper that it is in. */
  memberOf(r: Reading, list: string): Member;
  /** Returns why a list that states no next page may lack members; null if it lacks none. */
  doubt(list: ListOfMembers): string | null;
};

/** A list of the members of one group, after it was read. */
export type ListOfMembers = { envelope: Record<string, unknown>; count: number; list: string };

const IN_PATH = /(?:^|\/)groups\/([^/]+)\/(?:transitive)?(?:members|users|memberships)\.\w+(?:\/[^/]*)?$/i;
const WHICH =
  'the list does not say of which group it lists the members: name the file groups/GROUP/members.json, with the id of the group as GROUP, or state it in keyproof.yaml (constants: {member_of: GROUP})';

/** Returns the group that keyproof.yaml or the path of a file names: `groups/<group>/members.json`; null if neither does. */
export function groupOfFile(file: Pick<FileSample, 'path'>, context: AdapterContext | null): string | null {
  const stated = [context?.spec?.constants?.['member_of']].flat()[0];
  return textOf(stated) ?? IN_PATH.exec(file.path)?.[1] ?? null;
}

/** Returns the first record of a file, also in a list of lists (`jq -s`). */
export function firstRecord(value: unknown): Record<string, unknown> {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return Array.isArray(first) ? objectOf(first[0]) : objectOf(first);
}

/** Reads wrappers, each a group with its members: `{"group": {...}, "members": [...]}`, or groups that hold a list of them. */
export function readWrappers(
  format: MembersFormat,
  context: AdapterContext,
  items: readonly string[] = ['$', ''],
): AdapterReader {
  return {
    items,
    convert: (raw) => wrapper(raw, format, context),
    envelope: (value) => warnOfAnyNextPage(value, context),
  };
}

/** Reads the members of the one group that the path or keyproof.yaml names. @throws UnreadableError if neither does */
export function readOneGroup(
  file: FileSample,
  format: MembersFormat,
  context: AdapterContext,
): AdapterReader {
  const group = groupOfFile(file, context);
  if (group === null) throw new UnreadableError(WHICH);
  const named: Named = { id: group, aliases: [] };
  const isTable = file.header !== null;
  const state: State = { open: isTable, count: 0 };
  let [first, envelope]: [Reading | null, Record<string, unknown>] = [null, {}];
  return {
    items: [...format.lists.map((name) => `$.${name}`), '$', ''],
    convert: (raw) => {
      const r = reading(raw, context, format.again);
      first ??= r;
      return member(r, raw.list.slice(2) || 'members', { group: named, state, format, context });
    },
    envelope: (value) => {
      envelope = value;
      warnOfNext(value, state, context);
    },
    end: () => {
      if (isTable) warnOfOthers(NOT_SHOWN, context);
      const open = state.open || context.rejected() > 0;
      const whole = { ...state, open, envelope, list: 'value' };
      return first === null ? [] : groupRecord(first, whole, { group: named, format, context });
    },
  };
}

/** A table of memberships. */
export type MembershipsFormat = Pick<MembersFormat, 'again' | 'memberOf'> & {
  /** Columns that name the group and the member, for sentences about a row that lacks them. */
  columns?: { group: string; id: string };
};

/** Reads a table in which each row is one membership; it never shows that it is whole. */
export function readMemberships(
  groupOf: (r: Reading) => Named | null,
  format: MembershipsFormat,
  context: AdapterContext,
): AdapterReader {
  const known = new Set<string>();
  return {
    items: [''],
    mayLack: () => true,
    convert: (raw) => {
      const r = reading(raw, context, format.again);
      const place = format.columns?.group ?? 'group';
      const group = r.need(place, groupOf(r), 'There is no group: every row names one.');
      if (group === null || r.failed) return [];
      warnOfOthers(NOT_SHOWN, context);
      const state: State = { open: true, count: 0 };
      const isNew = !known.has(group.id);
      known.add(group.id);
      return [
        ...member(r, '', { group, state, format, context }),
        ...(isNew ? r.emit('principals', groupDraft(group)) : []),
      ];
    },
  };
}

const NOT_SHOWN =
  'The file does not show that it has all members of a group: others may be in it. If it has, state so in keyproof.yaml (constants: {members_listed: true}), or export as keyproof collect --print does.';

/** `open`: somebody may be in the group whom the list does not name. */
type State = { open: boolean; count: number };

/** A list of members that is read: of which group, in which format. */
type OfGroup = {
  group: Named;
  state: State;
  format: Pick<MembershipsFormat, 'memberOf' | 'columns'>;
  context: AdapterContext;
};

function wrapper(found: RawRecord, format: MembersFormat, context: AdapterContext): Emit[] {
  const raw = { ...found, value: withLists(found.value, format.lists) };
  const r = reading(raw, context, format.again);
  const list = format.lists.find((name) => Array.isArray(raw.value[name]));
  const group = r.need('group', format.groupOf(r), 'There is no group: every list of members is of one.');
  if (list === undefined) r.reject(format.lists[0] ?? '', 'There is no list of members.');
  if (r.failed || group === null || list === undefined) return [];
  const state: State = { open: false, count: 0 };
  const entries = r.each(list);
  state.open ||= entries.length < [raw.value[list]].flat().length;
  const members = entries.flatMap(({ reading: one }) => member(one, list, { group, state, format, context }));
  warnOfNext(raw.value, state, context, list);
  return [...groupRecord(r, { ...state, envelope: raw.value, list }, { group, format, context }), ...members];
}

/** PowerShell writes a list of one as its only element. */
function withLists(value: Record<string, unknown>, lists: readonly string[]): Record<string, unknown> {
  const alone = lists.filter((name) => isObject(value[name])).map((name) => [name, [value[name]]]);
  return { ...value, ...Object.fromEntries(alone) };
}

/** Members that name a next page; one that cannot be read may. */
const NEXT = ['@odata.nextLink', 'nextLink', 'nextPageToken', 'next_page_token'];

function warnOfNext(value: Record<string, unknown>, state: State, context: AdapterContext, list = ''): void {
  const truncated = (sentence: string) => {
    state.open = true;
    context.truncated(sentence);
  };
  const next = value[`${list}@odata.nextLink`];
  if (NEXT.some((name) => isObject(value[name]))) state.open = true;
  warnOfAnyNextPage(next === undefined ? value : { ...value, nextLink: next }, { ...context, truncated });
}

function member(r: Reading, list: string, { group, state, format, context }: OfGroup): Emit[] {
  state.count += 1;
  const { open, leftOut, ...draft } = format.memberOf(r, list);
  if (leftOut !== undefined) context.skip(leftOut);
  if (leftOut !== undefined) return [];
  const place = format.columns?.id ?? 'id';
  const id = r.need(place, draft.principal_id, 'There is no id: every member has one.');
  const known = { ...draft, ...notListed(context), principal_id: id ?? '', member_of: [group.id] };
  const emits = id === null ? [] : r.emit('principals', known);
  if (open || emits.length === 0) state.open = true;
  return emits;
}

/** What keyproof.yaml states of the groups that a file lists is not so of those inside them. */
function notListed(context: AdapterContext): Draft<'principals'> {
  return isStatedWhole(context) ? { members_listed: false } : {};
}

function isStatedWhole({ spec }: AdapterContext): boolean {
  return spec?.constants?.['members_listed'] !== undefined;
}

/** Reports why others may be in a group, unless keyproof.yaml states that none are. */
function warnOfOthers(sentence: string, context: AdapterContext): void {
  if (!isStatedWhole(context)) context.warn(sentence);
}

function groupRecord(
  r: Reading,
  list: State & ListOfMembers,
  { group, format, context }: Pick<OfGroup, 'group' | 'context'> & { format: MembersFormat },
): Emit[] {
  const doubt = list.open ? null : format.doubt(list);
  if (doubt !== null) warnOfOthers(doubt, context);
  const isWhole = doubt === null && !list.open;
  return r.emit('principals', { ...groupDraft(group), ...(isWhole ? { members_listed: true } : {}) });
}

function groupDraft({ id, aliases, name }: Named): Draft<'principals'> {
  const others = aliases.filter((alias): alias is string => alias !== null && alias !== id);
  return {
    principal_id: id,
    aliases: [...new Set(others)],
    ...(name === null || name === undefined ? {} : { name }),
    group: true,
  };
}
