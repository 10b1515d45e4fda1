import { markdownText } from '../../text/markdown.js';
import { withoutMentions } from './without-mentions.js';

/** Returns the Markdown of a step that could not audit. @param reason one sentence. */
export function notAuditedMarkdown(reason: string): string {
  return withoutMentions(`**Not audited: ${markdownText(reason)}**

Nothing is stated of this change; what an earlier run stated does not hold for it.
`);
}
