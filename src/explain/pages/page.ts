/** A piece of text; `code` for names of fields and rules, `href` for a path in the repository or a URL. */
export type Span = string | { text: string; code?: true; href?: string };

/** A part of a section. */
export type Block =
  /** A paragraph. */
  | { kind: 'text'; spans: Span[] }
  /** A heading of its own, with the name that links use. */
  | { kind: 'heading'; text: string; anchor: string }
  /** Names with what they stand for. */
  | { kind: 'terms'; rows: [name: string, spans: Span[]][] }
  /** A table; the last column is the longest. */
  | { kind: 'table'; head: string[]; rows: Span[][][] };

/** A titled part of a page. */
export type Section = {
  /** Title. */
  title: string;
  /** Its content, in order. */
  blocks: Block[];
};

/** A page about a rule or a framework: one content for the documentation and the terminal. */
export type Page = {
  /** Its path in the repository. */
  path: string;
  /** Files that its text is taken from, as paths in the repository. */
  sources: string[];
  /** Title. */
  title: string;
  /** Blocks above the first section. */
  blocks: Block[];
  /** Sections, in order. */
  sections: Section[];
};

/** Returns a paragraph. */
export function text(...spans: Span[]): Block {
  return { kind: 'text', spans };
}

/** Returns a span for the name of a field, a rule or a value. */
export function code(name: string, href?: string): Span {
  return href === undefined ? { text: name, code: true } : { text: name, code: true, href };
}

/** Returns a link. */
export function link(words: string, href: string): Span {
  return { text: words, href };
}

/** Joins spans with a text between any two. */
export function joined(spans: readonly Span[], between = ', '): Span[] {
  return spans.flatMap((span, index) => (index === 0 ? [span] : [between, span]));
}

/** Returns the path of the page about a policy. */
export function rulePath(id: string): string {
  return `docs/rules/${id}.md`;
}

/** Returns the path of the page about a framework. */
export function frameworkPath(id: string): string {
  return `docs/frameworks/${id}.md`;
}

/** Returns the anchor of a control on the page of its framework: its id without what a link cannot contain. */
export function controlAnchor(id: string): string {
  return id.replaceAll(/[^\w.-]+/g, '-').replace(/-$/, '');
}
