import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { entryOf, objectOf, textOf } from '../../../fields/json.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { kindsIn, OBJECT_LISTS } from '../objects.js';
import { fillAggregated, OF_KUBERNETES, type RoleRules, rulesOf, type SecretRight } from './rules.js';

const AGAIN = 'export again with kubectl get roles,clusterroles,rolebindings,clusterrolebindings -A -o json.';
const GOES_ON =
  'The list has metadata.continue: the cluster has more objects than it lists. Add the next pages.';
const LIMITS =
  'Members of groups, what admission control denies and access to etcd or to nodes are not in the export; who may create pods in a namespace can read its Secrets, too, and who may escalate, bind or impersonate can take rights of others: neither is counted.';
const NO_NAMESPACE =
  'A RoleBinding does not say its namespace, as in a manifest that is applied to one: its rights are counted for every namespace.';
const UNKNOWN_NAMESPACE = 'the export does not say which namespace the binding is of';
const KINDS = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];

/**
 * Kubernetes RBAC: roles and their bindings as `kubectl get ... -A -o json` or `-o yaml` writes them, also as manifests.
 * Follows https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 * - The API itself answers with a `RoleList`, `ClusterRoleBindingList` and so on, whose objects have no `kind`: their members tell it.
 * - A binding gives a grant on Secrets for each subject and each right of its role: `get`, `list` and `watch` read, `update`
 *   and `patch` rotate, `delete` revokes, `*` is admin. The key is `k8s:<namespace>/*`, `k8s:*` for a ClusterRoleBinding, or
 *   the Secret that the rule names.
 * - A rule whose `resourceNames` are empty concerns all Secrets. By name nobody can create one, nor delete several at once.
 * - An aggregated role without rules, which a controller fills in, has those of the roles of the file that its selectors fit.
 * - A role that is bound and not in the file, nor one that every cluster has, makes the export incomplete; so does an
 *   aggregated role without rules whose selectors fit none, or cannot be read.
 * - A binding without subjects gives nothing and is counted. A file of roles alone says nothing about who has them.
 */
export const adapter: Adapter = {
  id: 'kubernetes-rbac',
  title: 'Kubernetes roles and role bindings (JSON or YAML of kubectl)',
  recognisedBy:
    '`kind` Role, ClusterRole, RoleBinding or ClusterRoleBinding, alone or in a `List`; `RoleList` and the like',
  proves: 'who may read, change or delete Secrets, by which role, in which namespace',
  cannot:
    'members of groups, who reads Secrets by creating pods, who can take rights (escalate, bind, impersonate), which cluster it is',
  produces: ['grants', 'principals'],
  formats: ['json', 'yaml', 'ndjson'],
  signature: ['apiVersion', 'kind', 'items', 'roleRef', 'subjects', 'rules'],
  recognise: (sample) =>
    KINDS.some((kind) => [kind, `${kind}List`].some((name) => kindsIn(sample).has(name)))
      ? { version: null }
      : null,
  open,
};

/** Rules by `Role/<namespace>/<name>` or `ClusterRole//<name>`. */
type Roles = Map<string, RoleRules>;

/** Returns the kind of an object; in a list of the API its members tell it. */
function kindOf({ value }: RawRecord): string {
  const kind = textOf(value['kind']);
  if (kind !== null) return kind;
  const scope = textOf(objectOf(value['metadata'])['namespace']) === null ? 'Cluster' : '';
  if (value['roleRef'] !== undefined) return `${scope}RoleBinding`;
  const isRole = value['rules'] !== undefined || value['aggregationRule'] !== undefined;
  return isRole ? `${scope}Role` : '';
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const binds = [...kindsIn(file)].some((kind) => /Binding(?:List)?$/.test(kind));
  const roles: Roles = new Map();
  const bindings: RawRecord[] = [];
  return {
    items: OBJECT_LISTS,
    ...(binds ? {} : { produces: [] }),
    convert(raw) {
      const kind = kindOf(raw);
      if (kind.endsWith('Binding')) bindings.push(raw);
      else if (KINDS.includes(kind)) keepRole(raw, kind, roles);
      else context.skip(`Kubernetes object of the kind ${kind.slice(0, 40) || 'unknown'}`);
      return [];
    },
    envelope: (value) => warnOfNextPage(objectOf(value['metadata']), ['continue'], GOES_ON, context),
    end() {
      const known = new Set<string>();
      fillAggregated(roles);
      if (bindings.length > 0) context.warn(LIMITS);
      return bindings.flatMap((raw) => binding(raw, roles, known, context));
    },
  };
}

function keepRole({ value }: RawRecord, kind: string, roles: Roles): void {
  const metadata = objectOf(value['metadata']);
  const namespace = kind === 'ClusterRole' ? '' : (textOf(metadata['namespace']) ?? '');
  roles.set(`${kind}/${namespace}/${textOf(metadata['name'])}`, rulesOf(value));
}

function binding(raw: RawRecord, roles: Roles, known: Set<string>, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const isCluster = kindOf(raw) === 'ClusterRoleBinding';
  const namespace = isCluster ? null : (r.text('metadata.namespace') ?? '');
  if (namespace === '') context.warn(NO_NAMESPACE);
  const role =
    r.need('roleRef.name', r.text('roleRef.name'), 'There is no roleRef.name: every binding has one.') ?? '';
  const ofCluster = r.text('roleRef.kind') === 'ClusterRole';
  const rights =
    roles.get(ofCluster ? `ClusterRole//${role}` : `Role/${namespace}/${role}`)?.rights ??
    (ofCluster ? entryOf(OF_KUBERNETES, role) : undefined);
  const subjects = r.each('subjects');
  if (r.failed) return [];
  if (subjects.length === 0) context.skip('binding without subjects');
  if (!rights && subjects.length > 0) {
    context.truncated(
      `The rules of the role ${role} are not in the export: what its subjects may do is unknown; ${AGAIN}`,
    );
  }
  return subjects.flatMap(({ reading: subject }) => {
    const principal = principalOf(subject, namespace);
    const grants = (rights ?? []).flatMap((right) =>
      keysOf(right, namespace).flatMap((key_id) =>
        subject.emit('grants', {
          principal_id: principal.principal_id ?? null,
          key_id,
          action: right.action,
          effect: 'allow',
          role,
          ...(namespace === '' ? { over_approximation: [UNKNOWN_NAMESPACE] } : {}),
          granted_at: () => r.date('metadata.creationTimestamp'),
        }),
      ),
    );
    const id = String(principal.principal_id);
    if (grants.length === 0 || known.has(id)) return grants;
    known.add(id);
    return [...subject.emit('principals', principal), ...grants];
  });
}

function keysOf({ names }: SecretRight, namespace: string | null): string[] {
  // The namespace is that of the binding; none: every one.
  if (names === null) return [namespace ? `k8s:${namespace}/*` : 'k8s:*'];
  return names.map((name) => `k8s:${namespace || '*'}/${name}`);
}

/** Returns a subject as a principal, under the name that the API server knows it by. */
function principalOf(subject: Reading, namespace: string | null): Draft<'principals'> {
  const name = subject.need('name', subject.text('name'), 'A subject has no name.') ?? '';
  if (subject.text('kind') !== 'ServiceAccount') {
    return { principal_id: name, ...(subject.text('kind') === 'Group' ? { group: true } : {}) };
  }
  const place = subject.text('namespace') ?? namespace ?? '';
  return {
    principal_id: `system:serviceaccount:${place}:${name}`,
    aliases: [`${place}/${name}`],
    kind: 'workload',
  };
}
