import type { KubernetesObject } from '../../apimachinery/object.ts';
import { namespaceOf } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, booleanAt, nameAt, objectAt } from '../../base/json.ts';
import type { Informer } from '../client/informer.ts';
import { closeWatch, observeWatch, rewatch, startInformer } from '../client/informer.ts';
import type { Context } from '../component.ts';
import type { WatchEvents } from '../messages.ts';
import { containersOf } from './pod-runtime.ts';
import type { KubeletState } from './state.ts';

/** A ConfigMap or Secret that a Pod of the Node uses, kept by a watch of its own. */
export interface CachedObject {
  readonly informer: Informer;
  /** Uids of the Pods that use it. */
  readonly users: Set<string>;
  /** Pods that wait to know whether it is there. */
  readonly waiting: Set<string>;
}

export type ObjectResource = 'configmaps' | 'secrets';

/** An object that a Pod names. */
export interface ObjectUse {
  readonly resource: ObjectResource;
  readonly name: string;
  readonly isOptional: boolean;
}

/** Name of the timer after which a broken watch of an object is opened again. */
export const REWATCH_OBJECT = 'rewatch-object';

/**
 * Watches what a Pod uses; true where all of it is known by now, else the Pod waits.
 * Source: pkg/kubelet/util/manager/watch_based_manager.go, 1.36: one watch for each object, shared by the Pods.
 */
export function watchUses(state: KubeletState, pod: KubernetesObject, uid: string, context: Context): boolean {
  let isKnown = true;
  for (const { resource, name } of usesOf(pod)) {
    const namespace = namespaceOf(pod) ?? 'default';
    const key = `${resource}/${namespace}/${name}`;
    let cached = state.objects.get(key);
    if (cached === undefined) {
      const source = { resource: { group: '', version: 'v1', plural: resource }, namespace, name };
      cached = { informer: startInformer(source, state.client, context), users: new Set(), waiting: new Set() };
      state.objects.set(key, cached);
    }
    cached.users.add(uid);
    if (cached.informer.hasSynced) continue;
    cached.waiting.add(uid);
    isKnown = false;
  }
  return isKnown;
}

/**
 * A Pod uses nothing any more: what no other uses is watched no longer.
 * Source: pkg/kubelet/util/manager/cache_based_manager.go `UnregisterPod`, 1.36.
 */
export function releaseUses(state: KubeletState, uid: string, context: Context): void {
  for (const [key, { informer, users, waiting }] of state.objects) {
    waiting.delete(uid);
    if (!users.delete(uid) || users.size > 0) continue;
    state.objects.delete(key);
    if (informer.watchId !== 0) closeWatch(state.client.server, informer.watchId, context);
  }
}

/** The object as the watch has it; undefined where there is none. */
export function cachedObject(
  { objects }: KubeletState,
  pod: KubernetesObject,
  { resource, name }: Pick<ObjectUse, 'resource' | 'name'>,
): KubernetesObject | undefined {
  const namespace = namespaceOf(pod) ?? 'default';
  return objects.get(`${resource}/${namespace}/${name}`)?.informer.view.get(namespace, name);
}

/** Takes in what a watch of an object brings; gives the Pods that waited for it. */
export function objectWatched(state: KubeletState, message: WatchEvents): readonly string[] {
  for (const { informer, waiting } of state.objects.values()) {
    if (informer.watchId !== message.id) continue;
    observeWatch(informer, message);
    const uids = [...waiting];
    waiting.clear();
    return uids;
  }
  return [];
}

/** The watch of an object could not be opened, or has broken: true where it was one. */
export function objectWatchFailed(state: KubeletState, id: number, code: number, context: Context): boolean {
  for (const [key, { informer }] of state.objects) {
    if (informer.watchId !== id) continue;
    if (code === 410) informer.hasSynced = false;
    informer.watchId = 0;
    context.timer(context.numbers.kubelet.relistMs, REWATCH_OBJECT, key);
    return true;
  }
  return false;
}

export function rewatchObject(state: KubeletState, key: string, context: Context): void {
  const cached = state.objects.get(key);
  // What was let go and is used again since has a watch already.
  if (cached?.informer.watchId === 0) rewatch(cached.informer, state.client, context);
}

/** What the volumes and environments of a Pod name. */
function usesOf(pod: KubernetesObject): readonly ObjectUse[] {
  const containers = (['init', 'regular', 'ephemeral'] as const).flatMap((kind) => containersOf(pod, kind));
  return [...arrayAt(pod, 'spec', 'volumes').flatMap(usesOfVolume), ...containers.flatMap(usesOfEnvironment)];
}

export function usesOfVolume(volume: JsonValue): readonly ObjectUse[] {
  const parts = [volume, ...arrayAt(volume, 'projected', 'sources')];
  return parts.flatMap((part) => [
    ...useOf('configmaps', objectAt(part, 'configMap'), 'name'),
    ...useOf(
      'secrets',
      objectAt(part, 'secret'),
      nameAt(part, 'secret', 'secretName') === undefined ? 'name' : 'secretName',
    ),
  ]);
}

function usesOfEnvironment(container: JsonValue): readonly ObjectUse[] {
  return [
    ...arrayAt(container, 'envFrom').flatMap((from) => [
      ...useOf('configmaps', objectAt(from, 'configMapRef'), 'name'),
      ...useOf('secrets', objectAt(from, 'secretRef'), 'name'),
    ]),
    ...arrayAt(container, 'env').flatMap((variable) => [
      ...useOf('configmaps', objectAt(variable, 'valueFrom', 'configMapKeyRef'), 'name'),
      ...useOf('secrets', objectAt(variable, 'valueFrom', 'secretKeyRef'), 'name'),
    ]),
  ];
}

function useOf(resource: ObjectResource, part: JsonValue | undefined, field: string): readonly ObjectUse[] {
  const name = nameAt(part, field);
  return name === undefined ? [] : [{ resource, name, isOptional: booleanAt(part, 'optional') === true }];
}
