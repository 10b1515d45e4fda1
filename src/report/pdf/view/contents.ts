import type { Bookmark } from '../file/outline.js';

/** A line of the contents of a document. */
export type ContentsLine = { anchor: string; title: string; level: 1 | 2 };

/** Returns the bookmarks of a document: its contents as a tree. */
export function bookmarksOf(contents: readonly ContentsLine[]): Bookmark[] {
  const bookmarks: (Bookmark & { children: Bookmark[] })[] = [];
  for (const { anchor, title, level } of contents) {
    const siblings: Bookmark[] = (level === 1 ? undefined : bookmarks.at(-1)?.children) ?? bookmarks;
    siblings.push({ anchor, title, children: [] });
  }
  return bookmarks;
}
