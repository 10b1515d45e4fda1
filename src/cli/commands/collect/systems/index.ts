import type { CollectedSystem } from '../collected-system.js';
import { aws } from './aws.js';
import { azure } from './azure.js';
import { entra } from './entra.js';
import { gcp } from './gcp.js';
import { github } from './github.js';
import { gitlab } from './gitlab.js';
import { gitleaks } from './gitleaks.js';
import { k8s } from './k8s.js';
import { kong } from './kong.js';
import { okta } from './okta.js';
import { vault } from './vault.js';

/** Every system whose exports keyproof reads and whose commands it prints. */
export const SYSTEMS: readonly CollectedSystem[] = [
  aws,
  azure,
  entra,
  gcp,
  vault,
  k8s,
  kong,
  github,
  gitlab,
  okta,
  gitleaks,
];
