import { annotationsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import type { KindRegistry } from '../../../kinds/registry.ts';
import type { View } from '../../client/view.ts';

/** What stands between a Node and the objects that its Pods use, as the caches of the API server hold it. */
export interface NodeGraph {
  readonly registry: KindRegistry;
  /** With an index `node`. */
  readonly pods: View;
  readonly volumes: View;
  readonly attachments: View;
  readonly slices: View;
}

export type Vertex =
  | 'configmap'
  | 'secret'
  | 'pvc'
  | 'pv'
  | 'pod'
  | 'resourceclaim'
  | 'resourceslice'
  | 'serviceaccount'
  | 'volumeattachment';

/**
 * Whether an object is related to a Node: through a Pod on it, or by naming it.
 * Source: plugin/pkg/auth/authorizer/node/graph.go, graph_populator.go, 1.36.
 */
export function isRelated(graph: NodeGraph, node: string, type: Vertex, namespace: string, name: string): boolean {
  switch (type) {
    case 'pod':
      return nameAt(graph.pods.get(namespace, name), 'spec', 'nodeName') === node;
    case 'resourceslice':
      return stringAt(graph.slices.get(undefined, name), 'spec', 'nodeName') === node;
    case 'volumeattachment':
      return stringAt(graph.attachments.get(undefined, name), 'spec', 'nodeName') === node;
    case 'pv':
      return isClaimed(graph, podsOn(graph, node), graph.volumes.get(undefined, name));
    default: {
      const pods = podsOn(graph, node);
      const isUsed = usesByPod(graph, pods, type, namespace, name);
      return isUsed || (type === 'secret' && isSecretOfVolume(graph, pods, namespace, name));
    }
  }
}

function podsOn({ pods }: NodeGraph, node: string): readonly KubernetesObject[] {
  return pods.indexed('node', node);
}

type OfPod = Exclude<Vertex, 'pod' | 'pv' | 'resourceslice' | 'volumeattachment'>;

function usesByPod(
  { registry }: NodeGraph,
  pods: readonly KubernetesObject[],
  type: OfPod,
  namespace: string,
  name: string,
): boolean {
  return pods.some(
    (pod) => namespaceOf(pod) === namespace && !isMirror(pod) && namesUsed(registry, pod, type).includes(name),
  );
}

/** A Node must never be able to make a Pod that lets it read other objects. */
function isMirror(pod: KubernetesObject): boolean {
  return annotationsOf(pod).has('kubernetes.io/config.mirror');
}

const KINDS: Readonly<Partial<Record<OfPod, string>>> = { configmap: 'ConfigMap', secret: 'Secret' };

function namesUsed(registry: KindRegistry, pod: KubernetesObject, type: OfPod): readonly string[] {
  if (type === 'serviceaccount') return [nameAt(pod, 'spec', 'serviceAccountName') ?? ''];
  if (type === 'pvc') return claimsOf(pod);
  if (type === 'resourceclaim') return resourceClaimsOf(pod);
  return registry
    .of(pod)
    .references(pod)
    .flatMap(({ target }) =>
      target.by === 'name' && target.kind === KINDS[type] && target.group === '' ? [target.name] : [],
    );
}

function claimsOf(pod: KubernetesObject): readonly string[] {
  return arrayAt(pod, 'spec', 'volumes').flatMap((volume) => {
    const claim = nameAt(volume, 'persistentVolumeClaim', 'claimName');
    if (claim !== undefined) return [claim];
    return objectAt(volume, 'ephemeral') === undefined ? [] : [`${nameOf(pod)}-${nameAt(volume, 'name') ?? ''}`];
  });
}

/** Source: staging/src/k8s.io/dynamic-resource-allocation/resourceclaim/claim.go `Name`, 1.36. */
function resourceClaimsOf(pod: KubernetesObject): readonly string[] {
  const made = new Map(
    arrayAt(pod, 'status', 'resourceClaimStatuses').map((entry) => [
      nameAt(entry, 'name'),
      nameAt(entry, 'resourceClaimName'),
    ]),
  );
  const own = arrayAt(pod, 'spec', 'resourceClaims').flatMap(
    (claim) => nameAt(claim, 'resourceClaimName') ?? made.get(nameAt(claim, 'name')) ?? [],
  );
  const extended = nameAt(pod, 'status', 'extendedResourceClaimStatus', 'resourceClaimName');
  return extended === undefined ? own : [...own, extended];
}

function isClaimed(graph: NodeGraph, pods: readonly KubernetesObject[], volume: KubernetesObject | undefined): boolean {
  const claim = nameAt(volume, 'spec', 'claimRef', 'name');
  const namespace = nameAt(volume, 'spec', 'claimRef', 'namespace') ?? '';
  return claim !== undefined && usesByPod(graph, pods, 'pvc', namespace, claim);
}

function isSecretOfVolume(
  graph: NodeGraph,
  pods: readonly KubernetesObject[],
  namespace: string,
  name: string,
): boolean {
  if (pods.length === 0) return false;
  return graph.volumes
    .list()
    .some(
      (volume) =>
        secretsOf(volume).some((secret) => secret.name === name && secret.namespace === namespace) &&
        isClaimed(graph, pods, volume),
    );
}

/** What a kubelet may see of the Secrets of a volume. Source: pkg/api/v1/persistentvolume/util.go `VisitPVSecretNames`, 1.36. */
function secretsOf(volume: KubernetesObject): readonly { readonly namespace: string; readonly name: string }[] {
  const spec = objectAt(volume, 'spec') ?? {};
  const own = nameAt(spec, 'claimRef', 'namespace') ?? '';
  const azure = nameAt(spec, 'azureFile', 'secretName');
  if (azure !== undefined) return [{ name: azure, namespace: nameAt(spec, 'azureFile', 'secretNamespace') ?? own }];
  return SOURCES.flatMap(([source, field]) => {
    const name = nameAt(spec, source, field, 'name');
    return name === undefined ? [] : [{ name, namespace: nameAt(spec, source, field, 'namespace') ?? own }];
  });
}

const SOURCES = [
  ['cephfs', 'secretRef'],
  ['cinder', 'secretRef'],
  ['flexVolume', 'secretRef'],
  ['rbd', 'secretRef'],
  ['scaleIO', 'secretRef'],
  ['iscsi', 'secretRef'],
  ['storageos', 'secretRef'],
  ['csi', 'nodePublishSecretRef'],
  ['csi', 'nodeStageSecretRef'],
  ['csi', 'nodeExpandSecretRef'],
] as const;
