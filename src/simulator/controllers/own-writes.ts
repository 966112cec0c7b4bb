import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { View } from '../client/view.ts';
import type { ResourceName } from '../messages.ts';
import type { ControllerState } from './controller-state.ts';

/*
 * Controllers that skip a sync until their caches have seen what they wrote themselves.
 * Source: pkg/controller/util/consistency/consistency.go, 1.36.
 */

/** A sync of a key has written an object. */
export function noteWrite({ written }: ControllerState, key: string, object: KubernetesObject): void {
  const metadata = object['metadata'] as unknown as { readonly resourceVersion?: string } | undefined;
  const revision = Number(metadata?.resourceVersion ?? '0');
  const ofKey = written.get(key) ?? new Map<string, number>();
  ofKey.set(object.kind, Math.max(revision, ofKey.get(object.kind) ?? 0));
  written.set(key, ofKey);
}

/** Whether the caches do not hold yet what the last sync of a key wrote. */
export function isBehind({ written, informers }: ControllerState, key: string): boolean {
  const ofKey = written.get(key);
  if (ofKey === undefined) return false;
  const newest = Math.max(...ofKey.values());
  if (informers.every(({ view }) => view.revision >= newest)) {
    written.delete(key);
    return false;
  }
  // Caches of resources in which nothing changes lag behind and hold all that concerns them.
  return informers.some(({ view, source }) => lags(view, source.resource, ofKey));
}

function lags(view: View, resource: ResourceName, written: ReadonlyMap<string, number>): boolean {
  for (const [kind, revision] of written)
    if (view.revision < revision && `${kind.toLowerCase()}s` === resource.plural) return true;
  return false;
}
