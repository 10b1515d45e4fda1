/** What says in a limitation that nothing of what the control asks for is seen. */
const SUBJECT = '(?:requirement|control|criterion|article|provision|section|paragraph|duty)';
const UNSEEN = '(?:not|never) (?:seen|tested|shown|examined|judged)';
const SAYS_SO = [
  `\\b(?:substance|object|core)\\b[^.;]*\\b(?:(?:is|are) ${UNSEEN}|(?:unseen|untested)\\b)`,
  `\\b(?:no (?:part|element)|nothing) of (?:it|this|(?:the|this) ${SUBJECT})\\b`,
  `\\b(?:the|this) ${SUBJECT}(?: itself)? (?:is|was) ${UNSEEN}`,
  `\\bwhat (?:the|this) ${SUBJECT} (?:asks|requires|demands|is about)[^.;]* (?:is|are) ${UNSEEN}`,
  `\\b(?:does|do) not (?:see|test|show|examine) (?:the|this|what the) ${SUBJECT}\\b`,
].map((text) => new RegExp(text, 'i'));

const NEGATED = /\b(?:not|no|nothing|never|neither|none|unseen|untested)\b/i;

/** Letters by which two forms of a word are taken for one (`responded`, `response`). */
const STEM = 6;

/**
 * Returns whether a limitation says itself that the substance of a control is not seen: in words about the control, or by
 * negating every word of its title.
 */
export function saysSubstanceUnseen(limitation: string, title: string): boolean {
  const text = limitation.replaceAll(/\s+/g, ' ');
  return SAYS_SO.some((words) => words.test(text)) || negates(text, title);
}

function negates(text: string, title: string): boolean {
  const words = stems(title.replace(/\(.*\)/, ''));
  if (words.size < 2) return false;
  const clauses = text.split(/[.;:]/).filter((clause) => NEGATED.test(clause));
  return clauses.some((clause) => includesAll(stems(clause), words));
}

function includesAll(all: ReadonlySet<string>, some: ReadonlySet<string>): boolean {
  return [...some].every((word) => all.has(word));
}

function stems(text: string): Set<string> {
  return new Set((text.toLowerCase().match(/[a-z]{4,}/g) ?? []).map((word) => word.slice(0, STEM)));
}
