import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt } from '../../../base/json.ts';
import type { ResourceName } from '../../messages.ts';
import type { ReconcileContext } from '../controller.ts';

/** The object that a call is about. */
export interface Target {
  readonly resource: ResourceName;
  readonly namespace: string | undefined;
  readonly name: string;
}

export function callOn({ resource, namespace, name }: Target, verb: 'get' | 'delete' | 'patch') {
  return { verb, resource, name, ...(namespace === undefined ? {} : { namespace }) } as const;
}

export function removeFinalizer(
  context: ReconcileContext,
  target: Target,
  live: KubernetesObject,
  finalizer: string,
): string | undefined {
  const finalizers = arrayAt(live, 'metadata', 'finalizers').filter((entry) => entry !== finalizer);
  return patchMetadata(context, target, live, { finalizers });
}

/** Writes lists of the metadata, where the object is still the one that was read. */
export function patchMetadata(
  context: ReconcileContext,
  target: Target,
  live: KubernetesObject,
  changes: Readonly<Record<string, readonly JsonValue[]>>,
): string | undefined {
  const { apiVersion, kind } = live;
  const uid = nameAt(live, 'metadata', 'uid') ?? '';
  const resourceVersion = nameAt(live, 'metadata', 'resourceVersion') ?? '';
  const patched = context.api.call({
    ...callOn(target, 'patch'),
    options: { patchType: 'merge' },
    body: { apiVersion, kind, metadata: { uid, resourceVersion, ...changes } },
  });
  return patched.ok || patched.code === 404 ? undefined : patched.message;
}
