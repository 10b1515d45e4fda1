import { AS_OF, DAY } from '../../shared/time.mjs';

const found = (id, channel, kind, path, state, reason, days) => ({
  id: `NBC-${id}`,
  channel,
  kind,
  path,
  state,
  reason,
  key: null,
  seen: AS_OF + 1 - days * DAY,
});

/** What was found outside repositories in the year, and how it was settled. */
export const createChannelFindings = () => [
  found('1041', 'ticket', 'secret', 'NB-7741, comment 3', 'resolved', 'Key revoked, comment removed.', 201),
  found('1058', 'log', 'secret', 'payments-core/app.log', 'resolved', 'Key rotated, line masked.', 117),
  found(
    '1063',
    'build',
    'secret',
    'merchant-portal build 8812',
    'resolved',
    'Key revoked within the hour.',
    254,
  ),
  found(
    '1072',
    'chat',
    'secret',
    'channel platform-help',
    'suppressed',
    'Example value of the handbook.',
    88,
  ),
  found(
    '1080',
    'repository',
    'iban',
    'sandbox seed, table accounts',
    'suppressed',
    'Published example IBAN.',
    64,
  ),
];
