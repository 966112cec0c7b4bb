import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, booleanAt, nameAt, stringAt } from '../../base/json.ts';
import type { Cluster } from '../../simulator/cluster.ts';
import type { Device } from '../../simulator/kubelet/claims/claim-mount.ts';
import type { RuntimeContainer, Sandbox } from '../../simulator/kubelet/pod-runtime.ts';
import type { KubeletState } from '../../simulator/kubelet/state.ts';
import type { RuntimeState } from '../../simulator/kubelet/runtime/runtime-state.ts';

/** What stands on one Node at a moment: its processes, and its Pods as the runtime has them. */
export interface NodeInside {
  readonly name: string;
  readonly parts: readonly NodePart[];
  readonly pods: readonly PodInside[];
  /** Volumes of storage drivers that the kubelet has on the Node, or is about to have. */
  readonly volumes: readonly VolumeInside[];
  /** Images that lie on the Node. */
  readonly images: number;
}

export interface NodePart {
  /** `kubelet`, `containerd`, `cni`, `csi`, `kube-proxy`, `linux`. */
  readonly part: string;
  readonly isRunning: boolean;
}

export interface VolumeInside {
  /** Name of the PersistentVolume. */
  readonly name: string;
  readonly driver: string;
  /** Whether it is mounted for the Node: `staging` and `unstaging` while the driver is at it. */
  readonly stage: Device['stage'];
  /** Pods that use it: `shop/db-0`. */
  readonly pods: readonly string[];
}

export interface PodInside {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly ip: string;
  readonly isBeingDeleted: boolean;
  /** The container that holds the Pod's namespaces; undefined while there is none. */
  readonly pause: SandboxInside | undefined;
  readonly containers: readonly ContainerInside[];
}

export interface SandboxInside {
  readonly id: string;
  readonly attempt: number;
  readonly isReady: boolean;
}

export interface ContainerInside {
  readonly name: string;
  readonly type: 'init' | 'regular' | 'sidecar' | 'ephemeral';
  readonly image: string;
  /** As the runtime has it; `waiting` where it has none yet. */
  readonly state: 'waiting' | 'created' | 'running' | 'exited' | 'unknown';
  /** `Completed`, `OOMKilled`; of one that waits, what the kubelet says: `ImagePullBackOff`. */
  readonly reason: string;
  readonly exitCode: number;
  /** How many of its name there were before. */
  readonly attempt: number;
  readonly isReady: boolean;
}

export function nodeInside(cluster: Cluster, name: string): NodeInside {
  const runtime = cluster.stateOf(`containerd/${name}`) as RuntimeState | undefined;
  const pods = cluster
    .objects()
    .filter(({ kind, apiVersion }) => kind === 'Pod' && apiVersion === 'v1')
    .filter((pod) => nameAt(pod, 'spec', 'nodeName') === name);
  return {
    name,
    parts: cluster
      .places()
      .filter(({ id }) => id.endsWith(`/${name}`))
      .map(({ id, isRunning }) => ({ part: id.slice(0, id.indexOf('/')), isRunning })),
    pods: pods.map((pod) => podInside(pod, runtime)),
    volumes: volumesInside(cluster.stateOf(`kubelet/${name}`) as KubeletState | undefined, pods),
    images: runtime?.images.size ?? 0,
  };
}

function volumesInside(kubelet: KubeletState | undefined, pods: readonly KubernetesObject[]): readonly VolumeInside[] {
  const named = new Map(
    pods.map((pod) => [stringAt(pod, 'metadata', 'uid') ?? '', `${namespaceOf(pod) ?? ''}/${nameOf(pod)}`]),
  );
  return [...(kubelet?.devices.values() ?? [])].map(({ volume, driver, stage, pods: users }) => ({
    name: volume,
    driver,
    stage,
    pods: users.map((uid) => named.get(uid) ?? uid),
  }));
}

function podInside(pod: KubernetesObject, runtime: RuntimeState | undefined): PodInside {
  const uid = stringAt(pod, 'metadata', 'uid') ?? '';
  const sandboxes = [...(runtime?.sandboxes.values() ?? [])].filter(({ podUid }) => podUid === uid);
  const containers = [...(runtime?.containers.values() ?? [])].filter(({ podUid }) => podUid === uid);
  const pause = newest(sandboxes);
  return {
    uid,
    namespace: stringAt(pod, 'metadata', 'namespace') ?? '',
    name: stringAt(pod, 'metadata', 'name') ?? '',
    ip: stringAt(pod, 'status', 'podIP') ?? '',
    isBeingDeleted: stringAt(pod, 'metadata', 'deletionTimestamp') !== undefined,
    pause: pause && { id: pause.id, attempt: pause.attempt, isReady: pause.isReady },
    containers: [
      ...arrayAt(pod, 'spec', 'initContainers').map((spec) => containerInside(pod, spec, 'init', containers)),
      ...arrayAt(pod, 'spec', 'containers').map((spec) => containerInside(pod, spec, 'regular', containers)),
      ...arrayAt(pod, 'spec', 'ephemeralContainers').map((spec) => containerInside(pod, spec, 'ephemeral', containers)),
    ],
  };
}

function newest<Item extends Sandbox | RuntimeContainer>(items: readonly Item[]): Item | undefined {
  return items.toSorted((a, b) => b.attempt - a.attempt)[0];
}

const STATUSES = {
  init: 'initContainerStatuses',
  regular: 'containerStatuses',
  ephemeral: 'ephemeralContainerStatuses',
};

function containerInside(
  pod: KubernetesObject,
  spec: unknown,
  field: keyof typeof STATUSES,
  all: readonly RuntimeContainer[],
): ContainerInside {
  const name = stringAt(spec, 'name') ?? '';
  const found = newest(all.filter((container) => container.name === name));
  const status = arrayAt(pod, 'status', STATUSES[field]).find((one) => stringAt(one, 'name') === name);
  return {
    name,
    type: field === 'init' && stringAt(spec, 'restartPolicy') === 'Always' ? 'sidecar' : field,
    image: stringAt(spec, 'image') ?? '',
    state: found?.state ?? 'waiting',
    reason: found?.reason || (found?.state === 'running' ? '' : (stringAt(status, 'state', 'waiting', 'reason') ?? '')),
    exitCode: found?.exitCode ?? 0,
    attempt: found?.attempt ?? 0,
    isReady: booleanAt(status, 'ready') === true,
  };
}
