import type { Meaning } from '../../../fields/life-events.js';

type Rule = readonly [action: RegExp, meaning: Meaning];

/**
 * Actions of the audit log about credentials
 * (https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization).
 */
const RULES: readonly Rule[] = [
  [/^personal_access_token\.(?:access_granted|create)$/, { category: 'create' }],
  [/^personal_access_token\.(?:access_revoked|destroy)$/, { category: 'revoke', step: 'revoked' }],
  [/^personal_access_token\.credential_regenerated$/, { category: 'rotate', step: 'rotated' }],
  [/^personal_access_token\./, { category: 'other' }],
  [/^oauth_access\.create$/, { category: 'create' }],
  [/^oauth_access\.(?:destroy|revoke)$/, { category: 'revoke' }],
  [/^oauth_access\.regenerate$/, { category: 'rotate' }],
  [/^public_key\.create$/, { category: 'create' }],
  [/^public_key\.delete$/, { category: 'revoke' }],
  [/^public_key\./, { category: 'update' }],
  [/^org_credential_authorization\.grant$/, { category: 'create' }],
  [/^org_credential_authorization\.(?:revoke|deauthorize)$/, { category: 'revoke' }],
  [
    /^secret_scanning|^repository_secret_scanning|^ip_allow_list|^org\.(?:enable|disable)_saml/,
    { category: 'admin' },
  ],
  [
    /^(?:org|repo|environment)\.create_(?:actions|codespaces|dependabot)_secret$/,
    { category: 'create', step: 'created' },
  ],
  [
    /^(?:org|repo|environment)\.update_(?:actions|codespaces|dependabot)_secret$/,
    { category: 'rotate', step: 'rotated' },
  ],
  [
    /^(?:org|repo|environment)\.remove_(?:actions|codespaces|dependabot)_secret$/,
    { category: 'revoke', step: 'revoked' },
  ],
  [/^codespaces\.create_an_org_secret$/, { category: 'create', step: 'created' }],
  [/^codespaces\.update_an_org_secret$/, { category: 'rotate', step: 'rotated' }],
  [/^codespaces\.remove_an_org_secret$/, { category: 'revoke', step: 'revoked' }],
];

/** Returns what an action means for credentials; null for one about none. */
export function meaningOf(action: string): Meaning | null {
  return RULES.find(([pattern]) => pattern.test(action))?.[1] ?? null;
}
