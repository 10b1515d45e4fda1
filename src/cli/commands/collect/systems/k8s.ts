import type { CollectedSystem } from '../collected-system.js';

const COPY = '"kubectl.kubernetes.io/last-applied-configuration"';

/** Secrets of a Kubernetes cluster without their values, and who may read them. */
export const k8s: CollectedSystem = {
  id: 'k8s',
  title: 'Kubernetes',
  programs: ['kubectl'],
  rights: [
    'A ClusterRole with the verb list on secrets, roles, clusterroles, rolebindings and clusterrolebindings.',
    'Kubernetes has no right to list Secrets without their values. The values are removed before anything is written.',
  ],
  settings: [
    'K8S_CONTEXT: context of kubectl (default: the current one); one cluster a run, because Secrets do not name theirs',
  ],
  setup: [
    'K8S_CONTEXT="$' + '{K8S_CONTEXT:-$(kubectl config current-context)}"',
    'secrets_without_values() {',
    '  kubectl --context "$K8S_CONTEXT" get secrets -A -o json |',
    `    jq 'del(.items[].data, .items[].stringData, .items[].metadata.annotations[${COPY}]?)'`,
    '}',
  ],
  groups: [
    {
      exports: [
        {
          file: 'k8s/$K8S_CONTEXT/secrets.json',
          query: 'kubectl get secrets -A, without data',
          command: 'secrets_without_values',
          count: '.items | length',
        },
        {
          file: 'k8s/$K8S_CONTEXT/rbac.json',
          query: 'kubectl get roles,clusterroles,rolebindings,clusterrolebindings -A',
          command:
            'kubectl --context "$K8S_CONTEXT" get roles,clusterroles,rolebindings,clusterrolebindings -A -o json',
          count: '.items | length',
        },
      ],
    },
  ],
};
