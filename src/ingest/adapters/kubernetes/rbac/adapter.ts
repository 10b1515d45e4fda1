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
import { OF_KUBERNETES, type SecretRight, secretRights } from './rules.js';

const AGAIN = 'export again with kubectl get roles,clusterroles,rolebindings,clusterrolebindings -A -o json.';
const GOES_ON =
  'The list has metadata.continue: the cluster has more objects than it lists. Add the next pages.';
const LIMITS =
  'Members of groups, what admission control denies and access to etcd or to nodes are not in the export; who may create pods in a namespace can read its Secrets, too, and is not counted.';
const KINDS = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];

/**
 * Kubernetes RBAC: roles and their bindings as `kubectl get ... -A -o json` or `-o yaml` writes them, also as manifests.
 * Follows https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 * - A binding gives a grant on Secrets for each subject and each right of its role: `get`, `list` and `watch` read, `update`
 *   and `patch` rotate, `delete` revokes, `*` is admin. The key is `k8s:<namespace>/*`, `k8s:*` for a ClusterRoleBinding, or
 *   the Secret that the rule names.
 * - A role that is bound and not in the file, nor one that every cluster has, makes the export incomplete; so does an
 *   aggregated role, whose rules a controller fills in, if it has none.
 * - A binding without subjects gives nothing and is counted. A file of roles alone says nothing about who has them.
 */
export const adapter: Adapter = {
  id: 'kubernetes-rbac',
  title: 'Kubernetes roles and role bindings (JSON or YAML of kubectl)',
  recognisedBy: '`kind` Role, ClusterRole, RoleBinding or ClusterRoleBinding, alone or in a `List`',
  proves: 'who may read, change or delete Secrets, by which role, in which namespace',
  cannot: 'members of groups, who reads Secrets by creating pods, which cluster it is',
  produces: ['grants', 'principals'],
  formats: ['json', 'yaml', 'ndjson'],
  signature: ['apiVersion', 'kind', 'items', 'roleRef', 'subjects', 'rules'],
  recognise: (sample) => (KINDS.some((kind) => kindsIn(sample).has(kind)) ? { version: null } : null),
  open,
};

/** Rules by `Role/<namespace>/<name>` or `ClusterRole//<name>`. */
type Roles = Map<string, SecretRight[] | null>;

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const binds = [...kindsIn(file)].some((kind) => kind.endsWith('Binding'));
  const roles: Roles = new Map();
  const bindings: RawRecord[] = [];
  return {
    items: OBJECT_LISTS,
    ...(binds ? {} : { produces: [] }),
    convert(raw) {
      const kind = textOf(raw.value['kind']) ?? '';
      if (kind.endsWith('Binding')) bindings.push(raw);
      else if (KINDS.includes(kind)) keepRole(raw, roles);
      else context.skip(`Kubernetes object of the kind ${kind.slice(0, 40) || 'unknown'}`);
      return [];
    },
    envelope: (value) => warnOfNextPage(objectOf(value['metadata']), ['continue'], GOES_ON, context),
    end() {
      const known = new Set<string>();
      if (bindings.length > 0) context.warn(LIMITS);
      return bindings.flatMap((raw) => binding(raw, roles, known, context));
    },
  };
}

function keepRole({ value }: RawRecord, roles: Roles): void {
  const metadata = objectOf(value['metadata']);
  const isAggregated = value['aggregationRule'] !== undefined && [value['rules'] ?? []].flat().length === 0;
  const namespace = value['kind'] === 'ClusterRole' ? '' : (textOf(metadata['namespace']) ?? '');
  roles.set(
    `${value['kind']}/${namespace}/${textOf(metadata['name'])}`,
    isAggregated ? null : secretRights(value['rules']),
  );
}

function binding(raw: RawRecord, roles: Roles, known: Set<string>, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const isCluster = r.text('kind') === 'ClusterRoleBinding';
  const namespace = isCluster ? null : (r.text('metadata.namespace') ?? '');
  const role =
    r.need('roleRef.name', r.text('roleRef.name'), 'There is no roleRef.name: every binding has one.') ?? '';
  const ofCluster = r.text('roleRef.kind') === 'ClusterRole';
  const rights =
    roles.get(ofCluster ? `ClusterRole//${role}` : `Role/${namespace}/${role}`) ??
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
  const place = namespace === null ? '' : `${namespace}/`;
  if (names === null) return [`k8s:${place}*`];
  return names.map((name) => (namespace === null ? `k8s:*/${name}` : `k8s:${place}${name}`));
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
