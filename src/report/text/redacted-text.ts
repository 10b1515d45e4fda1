import type { Assessment } from '../../model/index.js';

/** Returns what a report without names of people says of itself; null if it has them. */
export function redactedText({ redacted }: Pick<Assessment, 'redacted'>): string | null {
  return redacted === undefined
    ? null
    : 'Redacted: names, accounts and e-mail addresses of people, and teams named as owners, stand as codes such as “person 3F7K-9QXB (owner)”; a code stands for the same person throughout. Findings on people have other ids than in the pack, which “explain” needs; that pack also holds the core (assessment.json, observations.parquet, subjects.parquet) if a file of it is named here. Whoever has the exports can still tell who is meant by a record.';
}

/** Returns the same as lines of Markdown. */
export function redactedLines(assessment: Pick<Assessment, 'redacted'>): string[] {
  const text = redactedText(assessment);
  return text === null ? [] : ['', `> ${text}`];
}
