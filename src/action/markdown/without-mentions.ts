/** A name in evidence must not notify a person or team of that name on GitHub: a character without width parts it from its `@`. */
export function withoutMentions(text: string): string {
  return text.replace(/(?<![\w`])@(?=\w)/g, '@\u200b');
}
