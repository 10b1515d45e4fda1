/** The fictional bank's fixed cast. Every name is invented; none is a real institution or person. */

/** Address of a person or mailbox of the bank. */
export const mail = (name) => `${name.toLowerCase().replaceAll(' ', '.')}@marenholt.example`;

/** A service: the store its platform keeps secrets in, the tier of its production keys, and what its keys may do. */
const service = (name, store, owner, tier, family, facts = {}) => ({
  name,
  store,
  owner: mail(owner),
  tier,
  family,
  ...facts,
});

export const SERVICES = [
  service('payments-core', 'vault-kv', 'Merle Aagard', 'critical', 'payments', {
    icfr: true,
    function: true,
  }),
  service('instant-payments', 'vault-kv', 'Merle Aagard', 'critical', 'payments', {
    icfr: true,
    function: true,
  }),
  service('card-processing', 'vault-kv', 'Yannick Oduya', 'high', 'cards', { pci: 'cde', pan: true }),
  service('open-banking', 'aws-sm', 'Silja Norhaug', 'high', 'accounts', { tpp: true }),
  service('mobile-banking', 'aws-sm', 'Silja Norhaug', 'high', 'accounts'),
  service('notifications', 'aws-sm', 'Pia Brandvold', 'low', 'messages'),
  service('statements', 'aws-sm', 'Pia Brandvold', 'medium', 'statements'),
  service('loan-origination', 'azure-kv', 'Tobias Kellner', 'medium', 'loans', { icfr: true }),
  service('onboarding', 'azure-kv', 'Tobias Kellner', 'medium', 'kyc'),
  service('general-ledger', 'azure-kv', 'Ines Falkenrath', 'medium', 'ledger', {
    icfr: true,
    function: true,
  }),
  service('fraud-scoring', 'gcp-sm', 'Jorun Vestby', 'high', 'fraud', { pci: 'connected' }),
  service('screening', 'gcp-sm', 'Jorun Vestby', 'high', 'screening'),
];

/** What every service holds a credential of, with the kind of credential. */
export const THINGS = [
  ['database', 'database-password'],
  ['event-bus', 'password'],
  ['document-store', 'api-key'],
  ['cache', 'password'],
  ['reporting-api', 'api-key'],
  ['token-signing', 'signing-key'],
  ['customer-index', 'api-key'],
  ['job-scheduler', 'api-key'],
];

/** Partners with access to the gateway; `ended` is the last day of a relationship. */
export const PARTNERS = [
  { id: 'P-201', name: 'Corvane Acquiring', user: 'corvane', family: 'cards', tier: 'high' },
  { id: 'P-202', name: 'Hollin Pay', user: 'hollin-pay', family: 'payments', tier: 'critical' },
  { id: 'P-203', name: 'Tessera Account Services', user: 'tessera', family: 'accounts', tier: 'high' },
  { id: 'P-204', name: 'Brackwater Credit Bureau', user: 'brackwater', family: 'loans', tier: 'medium' },
  { id: 'P-205', name: 'Ondine Messaging', user: 'ondine', family: 'messages', tier: 'low' },
  { id: 'P-206', name: 'Quarrel Identity', user: 'quarrel', family: 'kyc', tier: 'medium' },
  { id: 'P-207', name: 'Alderfen Statements', user: 'alderfen', family: 'statements', tier: 'medium' },
  {
    id: 'P-208',
    name: 'Stoneleigh Collections',
    user: 'stoneleigh',
    family: 'loans',
    tier: 'medium',
    ended: '2026-08-14',
  },
];

/** The people: name, role, department, and the day they left. */
export const PEOPLE = [
  ['Ragna Thorvik', 'security', 'information-security'],
  ['Emil Drachenfels', 'security', 'information-security'],
  ['Noor Baltasar', 'security', 'information-security'],
  ['Oda Lindqvist-Marsh', 'auditor', 'internal-audit'],
  ['Casimir Wolde', 'compliance', 'compliance'],
  ['Henrike Sandvoss', 'executive', 'board'],
  ['Merle Aagard', 'product-owner', 'payments'],
  ['Yannick Oduya', 'product-owner', 'cards'],
  ['Silja Norhaug', 'product-owner', 'channels'],
  ['Pia Brandvold', 'product-owner', 'channels'],
  ['Tobias Kellner', 'product-owner', 'lending'],
  ['Ines Falkenrath', 'product-owner', 'finance'],
  ['Jorun Vestby', 'product-owner', 'risk'],
  ['Arvid Stenmark-Roe', 'sre', 'platform'],
  ['Lotte Hagendorn', 'sre', 'platform'],
  ['Bastian Eickrath', 'devops', 'platform'],
  ['Signe Dalhoff', 'devops', 'platform'],
  ['Karsten Ulvaeng', 'operator', 'platform'],
  ['Mirja Tavast', 'developer', 'payments'],
  ['Daan Verhulst', 'developer', 'channels'],
  ['Elif Karadag', 'developer', 'lending'],
  ['Florian Osterkamp', 'developer', 'risk'],
  ['Greta Winterfeldt', 'sre', 'platform', '2026-08-21'],
  ['Joris van Elst', 'developer', 'cards', '2026-05-29'],
];
