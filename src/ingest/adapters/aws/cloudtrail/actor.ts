import type { AuditEventRecord } from '../../../../model/index.js';
import { firstText, objectOf, textOf } from '../../../fields/json.js';
import type { TrailEvent } from './events.js';

/** Who acted, as far as the event tells. */
export type Actor = Pick<AuditEventRecord, 'actor' | 'actor_type'> & {
  /** Names of the session and role, in which banks write tickets and break-glass marks. */
  labels: string[];
};

/** Words in a user, role or session name that mark a machine: `svc-payments`, `deploy_bot`, `github-actions`. */
const MACHINE =
  /(^|[^a-z])(svc|service|app|api|worker|job|sync|bot|ci|cd|pipeline|deploy|deployer|deployment|terraform|jenkins|github|gitlab|actions|lambda|ecs|eks|rotation|rotator|automation|batch|cron|robot|system)([^a-z]|$)/;
const INSTANCE = /^i-[0-9a-f]{8,17}$/;
const E_MAIL = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/;
/** Roles that IAM Identity Center makes for people. */
const IDENTITY_CENTER_ROLE = /^AWSReservedSSO_/;

/**
 * Returns the actor of an event, from the variants of `userIdentity`
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html). The id is
 * the ARN, except for a session named by an e-mail address: there the id is the address. Whether a person acted is
 * stated only on a sign: MFA, an e-mail address, an Identity Center role, a source identity or a federated user mean a
 * person; a machine's name, an EC2 instance or a web identity a workload. An IAM user without a machine's name counts
 * as a person; a role session without any sign stays unknown.
 */
export function actorOf(event: TrailEvent): Actor {
  const identity = objectOf(event['userIdentity']);
  const session = objectOf(identity['sessionContext']);
  const type = textOf(identity['type']);
  const labels = labelsOf(identity, session);
  const invokedBy = textOf(identity['invokedBy']);
  if (type === 'AWSService' || (type === null && invokedBy !== null)) {
    return { actor: firstText(invokedBy, identity['principalId']), actor_type: 'service', labels };
  }
  return {
    actor: actorId(identity, session),
    actor_type: actorType(type, identity, session, labels),
    labels,
  };
}

function actorId(identity: Record<string, unknown>, session: Record<string, unknown>): string | null {
  const person = firstText(session['sourceIdentity'], sessionName(identity));
  if (person !== null && E_MAIL.test(person)) return person;
  const onBehalf = objectOf(identity['onBehalfOf'])['userId'];
  return firstText(
    identity['arn'],
    identity['userName'],
    onBehalf,
    identity['principalId'],
    identity['accountId'],
  );
}

function actorType(
  type: string | null,
  identity: Record<string, unknown>,
  session: Record<string, unknown>,
  labels: string[],
): Actor['actor_type'] {
  const machine = labels.some((label) => MACHINE.test(label.toLowerCase()) && !E_MAIL.test(label));
  switch (type) {
    case 'Root':
    case 'IdentityCenterUser':
    case 'SAMLUser':
    case 'Directory':
      return 'human';
    case 'IAMUser':
      return machine && !hasMfa(session) ? 'automation' : 'human';
    case 'WebIdentityUser':
      return 'automation';
    case 'AssumedRole':
    case 'FederatedUser':
      return sessionType(identity, session, machine);
    default:
      return null;
  }
}

function sessionType(
  identity: Record<string, unknown>,
  session: Record<string, unknown>,
  machine: boolean,
): Actor['actor_type'] {
  const issuer = objectOf(session['sessionIssuer']);
  const name = sessionName(identity) ?? '';
  const role = textOf(issuer['userName']) ?? '';
  if (textOf(issuer['arn'])?.includes(':role/aws-service-role/')) return 'service';
  if (hasMfa(session) || E_MAIL.test(name) || IDENTITY_CENTER_ROLE.test(role)) return 'human';
  if (textOf(session['sourceIdentity']) !== null) return machine ? 'automation' : 'human';
  const webIdentity = textOf(objectOf(session['webIdFederationData'])['federatedProvider']);
  return machine || INSTANCE.test(name) || webIdentity !== null ? 'automation' : null;
}

/** Returns whether the session had MFA: `mfaAuthenticated` is the text "true" or "false". */
function hasMfa(session: Record<string, unknown>): boolean {
  const mfa = objectOf(session['attributes'])['mfaAuthenticated'];
  return mfa === true || textOf(mfa)?.toLowerCase() === 'true';
}

/** Returns the name of a role session: `arn:aws:sts::111122223333:assumed-role/Role/session` -> `session`. */
function sessionName(identity: Record<string, unknown>): string | null {
  const arn = textOf(identity['arn']);
  const match = arn === null ? null : /:assumed-role\/[^/]+\/(.+)$/.exec(arn);
  return match?.[1] ?? null;
}

function labelsOf(identity: Record<string, unknown>, session: Record<string, unknown>): string[] {
  const issuer = objectOf(session['sessionIssuer']);
  const names = [sessionName(identity), session['sourceIdentity'], issuer['userName'], identity['userName']];
  return names.map(textOf).filter((name) => name !== null);
}
