import type { Assessment } from '../../model/index.js';

/** What a report without names of people says of itself. */
export type RedactedSaid = {
  /** What was replaced, in one sentence. */
  said: string;
  /** What follows from it for who reads on. */
  more: string;
};

const SAID: RedactedSaid = {
  said: 'Redacted: names, accounts and e-mail addresses of people, and teams named as owners, stand as codes.',
  more: 'A code such as “person 3F7K-9QXB (owner)” stands for the same person throughout. Findings on people have other ids than in the pack, which “explain” needs; that pack also holds the core (assessment.json, observations.parquet, subjects.parquet) if a file of it is named here. Whoever has the exports can still tell who is meant by a record.',
};

type Redacted = Pick<Assessment, 'redacted'>;

/** Returns what a report without names of people says of itself, in its two parts; null if it has them. */
export function redactedSaid({ redacted }: Redacted): RedactedSaid | null {
  return redacted === undefined ? null : SAID;
}

/** Returns the same as one text. */
export function redactedText(assessment: Redacted): string | null {
  const said = redactedSaid(assessment);
  return said === null ? null : `${said.said} ${said.more}`;
}

/** Returns the same as lines of Markdown. */
export function redactedLines(assessment: Redacted): string[] {
  const text = redactedText(assessment);
  return text === null ? [] : ['', `> ${text}`];
}
