import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../../apimachinery/object.ts';
import type { JsonObject } from '../../../../base/json.ts';
import { nameAt, objectAt, stringAt } from '../../../../base/json.ts';
import type { ApiCall } from '../../../client/api-client.ts';
import type { AssumedObjects, Binding } from '../../plugin.ts';
import type { PodInfo } from '../../pod-info.ts';
import { notFound } from './pod-claims.ts';
import type { PodVolumes } from './pod-volumes.ts';
import { SELECTED_NODE, isBound } from './pod-volumes.ts';
import { isReachableFrom } from './volume-matching.ts';

const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';

/**
 * Volumes and claims as they are to be written: a volume refers to its claim, a claim names the Node for which its volume
 * is to be made. Source: pkg/scheduler/framework/plugins/volumebinding/binder.go `AssumePodVolumes`, 1.36.
 */
export function assumePodVolumes(
  { bindings, provisions }: PodVolumes,
  nodeName: string,
  assume: AssumedObjects,
): PodVolumes {
  const volumes: PodVolumes = Object.freeze({
    bindings: Object.freeze(
      bindings.map(({ volume, claim }) => Object.freeze({ volume: boundTo(volume, claim), claim })),
    ),
    provisions: Object.freeze(provisions.map((claim) => annotated(claim, SELECTED_NODE, nodeName))),
  });
  volumes.bindings.forEach(({ volume }) => assume.assume('persistentvolumes', nameOf(volume), volume));
  volumes.provisions.forEach((claim) => assume.assume('persistentvolumeclaims', keyOf(claim), claim));
  return volumes;
}

export function revertPodVolumes(
  { bindings, provisions }: PodVolumes,
  { restore }: Pick<AssumedObjects, 'restore'>,
): void {
  for (const { volume } of bindings) restore('persistentvolumes', nameOf(volume), volume);
  for (const claim of provisions) restore('persistentvolumeclaims', keyOf(claim), claim);
}

/** Source: staging/src/k8s.io/component-helpers/storage/volume/pv_helpers.go `GetBindVolumeToClaim`, 1.36. */
function boundTo(volume: KubernetesObject, claim: KubernetesObject): KubernetesObject {
  const before = objectAt(volume, 'spec', 'claimRef');
  const uid = nameAt(claim, 'metadata', 'uid') ?? '';
  if (nameAt(before, 'uid') === uid) return volume;
  const resourceVersion = nameAt(claim, 'metadata', 'resourceVersion') ?? '';
  const claimRef = {
    kind: 'PersistentVolumeClaim',
    namespace: namespaceOf(claim) ?? 'default',
    name: nameOf(claim),
    uid,
    apiVersion: 'v1',
    resourceVersion,
  };
  const bound: KubernetesObject = Object.freeze({ ...volume, spec: { ...objectAt(volume, 'spec'), claimRef } });
  // Who reserved the volume for the claim by hand keeps it when the claim goes.
  return before === undefined ? annotated(bound, BOUND_BY_CONTROLLER, 'yes') : bound;
}

function annotated(object: KubernetesObject, annotation: string, value: string): KubernetesObject {
  const metadata: JsonObject = objectAt(object, 'metadata') ?? {};
  const annotations = { ...objectAt(metadata, 'annotations'), [annotation]: value };
  return Object.freeze({ ...object, metadata: { ...metadata, annotations } });
}

function keyOf(claim: KubernetesObject): string {
  return `${namespaceOf(claim) ?? 'default'}/${nameOf(claim)}`;
}

/** Source: pkg/scheduler/apis/config/v1/defaults.go `BindTimeoutSeconds`, binder.go `BindPodVolumes`, 1.36. */
const BIND_TIMEOUT_MS = 600_000;
const POLL_MS = 1000;

/** Writes the volumes and claims, and waits until all are bound; what went wrong, else. */
export function bindPodVolumes(
  pod: PodInfo,
  nodeName: string,
  volumes: PodVolumes,
  binding: Binding,
): string | undefined {
  const written = writeVolumes(volumes, binding);
  if (typeof written === 'string') return written;
  const endMs = binding.now() + BIND_TIMEOUT_MS;
  for (;;) {
    binding.sleep(POLL_MS);
    if (binding.cancelled() !== undefined) return 'binding volumes: context canceled';
    const state = checkBindings(pod, nodeName, written, binding);
    if (state === 'bound') return undefined;
    if (typeof state === 'object') return `binding volumes: ${state.problem}`;
    if (binding.now() >= endMs) return 'binding volumes: context deadline exceeded';
  }
}

/** Source: binder.go `bindAPIUpdate`, 1.36: what could not be written is not assumed any more. */
export function writeVolumes(
  { bindings, provisions }: PodVolumes,
  binding: Pick<Binding, 'call' | 'restore'>,
): PodVolumes | string {
  const writtenBindings: PodVolumes['bindings'][number][] = [];
  for (const [index, { volume, claim }] of bindings.entries()) {
    const answer = binding.call(updateOf('persistentvolumes', volume));
    if (!answer.ok) {
      revertPodVolumes({ bindings: bindings.slice(index), provisions }, binding);
      return answer.message;
    }
    writtenBindings.push({ volume: answer.object, claim });
  }
  const writtenClaims: KubernetesObject[] = [];
  for (const [index, claim] of provisions.entries()) {
    const answer = binding.call(updateOf('persistentvolumeclaims', claim));
    if (!answer.ok) {
      revertPodVolumes({ bindings: [], provisions: provisions.slice(index) }, binding);
      return answer.message;
    }
    writtenClaims.push(answer.object);
  }
  return { bindings: writtenBindings, provisions: writtenClaims };
}

function updateOf(plural: string, object: KubernetesObject): ApiCall {
  const namespace = namespaceOf(object);
  return {
    verb: 'update',
    resource: { group: '', version: 'v1', plural },
    ...(namespace === undefined ? {} : { namespace }),
    name: nameOf(object),
    body: object,
  };
}

type BindingState = 'bound' | 'waiting' | { readonly problem: string };

/** Source: binder.go `checkBindings`, 1.36; it looks at what the informers have, whatever is assumed. */
export function checkBindings(
  pod: PodInfo,
  nodeName: string,
  { bindings, provisions }: PodVolumes,
  binding: Pick<Binding, 'read'>,
): BindingState {
  const node = binding.read('nodes', nodeName);
  if (node === undefined) return { problem: `failed to get node "${nodeName}": ${notFound('node', nodeName)}` };
  if (binding.read('pods', pod.key) === undefined)
    return { problem: `pod does not exist any more: ${notFound('pod', nameOf(pod.pod))}` };
  for (const { volume: written, claim } of bindings) {
    const volume = binding.read('persistentvolumes', nameOf(written));
    if (volume === undefined)
      return { problem: `failed to check binding: ${notFound('persistentvolumes', nameOf(written))}` };
    const current = binding.read('persistentvolumeclaims', keyOf(claim));
    if (current === undefined)
      return { problem: `failed to check binding: ${notFound('persistentvolumeclaims', keyOf(claim))}` };
    if (isOlder(volume, written)) return 'waiting';
    if (!isReachableFrom(volume, node)) return { problem: unreachable(volume, node) };
    if (nameAt(volume, 'spec', 'claimRef', 'uid') === undefined)
      return { problem: `ClaimRef got reset for pv "${nameOf(volume)}"` };
    if (!isBound(current)) return 'waiting';
  }
  for (const written of provisions) {
    const claim = binding.read('persistentvolumeclaims', keyOf(written));
    if (claim === undefined)
      return { problem: `failed to check provisioning pvc: ${notFound('persistentvolumeclaims', keyOf(written))}` };
    if (isOlder(claim, written)) return 'waiting';
    if (objectAt(claim, 'metadata', 'annotations') === undefined)
      return { problem: `selectedNode annotation reset for PVC "${nameOf(claim)}"` };
    // Who could not make the volume takes the annotation away.
    if (stringAt(claim, 'metadata', 'annotations', SELECTED_NODE) !== nodeName)
      return { problem: `provisioning failed for PVC "${nameOf(claim)}"` };
    const volumeName = nameAt(claim, 'spec', 'volumeName');
    if (volumeName !== undefined) {
      const volume = binding.read('persistentvolumes', volumeName);
      if (volume === undefined) return 'waiting';
      if (!isReachableFrom(volume, node)) return { problem: unreachable(volume, node) };
    }
    if (!isBound(claim)) return 'waiting';
  }
  return 'bound';
}

function unreachable(volume: KubernetesObject, node: KubernetesObject): string {
  const [name, nodeName] = [nameOf(volume), nameOf(node)];
  return `pv "${name}" node affinity doesn't match node "${nodeName}": no matching NodeSelectorTerms`;
}

function isOlder(object: KubernetesObject, written: KubernetesObject): boolean {
  return versionOf(object) < versionOf(written);
}

function versionOf(object: KubernetesObject): number {
  return Number(nameAt(object, 'metadata', 'resourceVersion') ?? '0');
}
