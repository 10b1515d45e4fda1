import { objectOf, textOf } from '../../../fields/json.js';
import { labelText, parseLabels } from '../../../fields/labels.js';
import type { TrailEvent } from './events.js';

/**
 * A ticket id: a project key and a number (`NB-1234`, as Jira has them), or the prefixes of ServiceNow (`CHG0031337`). It
 * is looked for only in the fields below, and names of algorithms and standards are no tickets.
 */
export const TICKET =
  /\b(?!(?:AES|SHA|RSA|TLS|UTF|ISO|PCI)-)(?:[A-Z][A-Z0-9]{1,9}-\d{1,7}|(?:CHG|INC|RITM|REQ|SCTASK|TASK|PRB)\d{4,10})\b/;

/** In plain form, as `parseLabels` has them. */
const TICKET_LABELS = ['ticket', 'change', 'changeticket', 'changerequest', 'changeid', 'jira'];

/**
 * Returns the ticket of an event: a ticket tag in the request, or a ticket id in its description, role session name or
 * the actor's session.
 */
export function ticketOf(event: TrailEvent, labels: readonly string[]): string | null {
  const request = objectOf(event['requestParameters']);
  const tagged = ticketTag(request['tags']);
  if (tagged !== null) return tagged;
  const places = [request['description'], request['reason'], request['roleSessionName'], ...labels];
  for (const place of places) {
    const found = TICKET.exec(textOf(place) ?? '');
    if (found) return found[0];
  }
  return null;
}

function ticketTag(tags: unknown): string | null {
  const labels = parseLabels(tags);
  const texts = TICKET_LABELS.map((name) => labelText(labels.ok ? labels.value : null, name));
  return texts.find((text) => text) ?? null;
}
