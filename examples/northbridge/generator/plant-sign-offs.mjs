import { groupBy } from '../../shared/group-by.mjs';
import { AS_OF, DAY } from '../../shared/time.mjs';

const RULE = 'env-sandbox-before-prod';

/** Sign-offs of the sandbox that came after the key, rest on nothing, or are not there; and one of the moment itself. */
export function plantSignOffs(book, { keys, changes }) {
  const [late, bare, refused, gone, same] = integrations(keys).map(([name, group]) => ({
    group,
    signOff: changes.find(({ kind, integration }) => kind === 'sandbox-signoff' && integration === name),
  }));
  late.signOff.approved = Math.max(...late.group.map(({ created }) => created)) + 6 * DAY;
  bare.signOff.document = '';
  refused.signOff.status = 'rejected';
  changes.splice(changes.indexOf(gone.signOff), 1);
  same.signOff.approved = Math.min(...same.group.map(({ created }) => created));
  for (const { group } of [late, bare, refused])
    for (const key of group) book.expect(RULE, 'key', key.id, 'no sign-off of the sandbox that counts');
  for (const key of gone.group) book.expectNoEvidence(RULE, 'key', key.id, 'no sign-off of the sandbox');
}

/** Integrations whose production keys all work and were made long ago, those with the fewest first. */
function integrations(keys) {
  const live = keys.filter(({ environment, integration }) => environment === 'production' && integration);
  const settled = (key) => key.status === 'active' && key.created < AS_OF - 60 * DAY;
  return [...groupBy(live, ({ integration }) => integration)]
    .filter(([, group]) => group.every(settled))
    .sort((a, b) => a[1].length - b[1].length || (a[0] < b[0] ? -1 : 1));
}
