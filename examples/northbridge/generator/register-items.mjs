import { AS_OF, at, DAY } from '../../shared/time.mjs';

const MIDNIGHT = AS_OF + 1;

const finding = (id, title, severity, owner, due, status = 'open') => ({
  id: `F-2026-${id}`,
  kind: 'finding',
  title,
  severity,
  owner: `${owner}@northbridge.example`,
  due,
  status,
  expires: null,
});

const exception = (id, title, expires) => ({
  id: `X-2026-${id}`,
  kind: 'exception',
  title,
  severity: 'medium',
  owner: 'sanna.virtanen@northbridge.example',
  due: null,
  status: 'open',
  expires,
});

/** The bank's own register: findings with owner and date, exceptions that end. */
export const createRegister = () => [
  finding('031', 'Owners missing in the access-key register', 'high', 'rosa.ferreira', MIDNIGHT + 30 * DAY),
  finding(
    '034',
    'Alert rules of two partner routes incomplete',
    'medium',
    'nils.ekholm',
    MIDNIGHT + 45 * DAY,
  ),
  finding('038', 'Wildcard scopes in the ledger', 'critical', 'paloma.rey', MIDNIGHT + 10 * DAY),
  finding('040', 'Retention of the gateway log undocumented', 'low', 'samir.kassab', at('2026-09-11')),
  finding('022', 'Keys of a former partner', 'critical', 'stine.bakken', at('2026-07-31'), 'closed'),
  exception('007', 'Shared key of the batch cluster until its replacement', MIDNIGHT + 120 * DAY),
  exception('009', 'Old cipher suite of one partner', MIDNIGHT + 12 * DAY),
];
