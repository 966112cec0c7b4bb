import type { KubernetesObject } from '../../apimachinery/object.ts';

/**
 * What an API server makes when it first starts, before anybody asks for anything.
 * Source: pkg/controlplane/controller/systemnamespaces/system_namespaces_controller.go, pkg/registry/scheduling/rest/
 * storage_scheduling.go, pkg/controlplane/controller/{defaultservicecidr,kubernetesservice}, 1.36.
 */
export function systemObjects(serviceNetwork: string): readonly KubernetesObject[] {
  return [
    ...['kube-system', 'kube-public', 'kube-node-lease', 'default'].map(namespace),
    priorityClass('system-node-critical', 2_000_001_000, NODE_CRITICAL),
    priorityClass('system-cluster-critical', 2_000_000_000, CLUSTER_CRITICAL),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'ServiceCIDR',
      metadata: { name: 'kubernetes' },
      spec: { cidrs: [serviceNetwork] },
      status: { conditions: [] },
    },
  ];
}

const NODE_CRITICAL = 'Used for system critical pods that must not be moved from their current node.';
const CLUSTER_CRITICAL =
  'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.';

function namespace(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'kubernetes.io/metadata.name': name } } };
}

function priorityClass(name: string, value: number, description: string): KubernetesObject {
  return { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value, description };
}
