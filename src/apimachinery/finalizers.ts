import type { KubernetesObject } from './object.ts';
import type { JsonObject } from '../base/json.ts';
import { arrayAt, objectAt } from '../base/json.ts';

export function hasFinalizer(object: JsonObject, finalizer: string): boolean {
  return arrayAt(object, 'metadata', 'finalizers').includes(finalizer);
}

/** The object with one more finalizer, at the end. */
export function withFinalizer(object: KubernetesObject, finalizer: string): KubernetesObject {
  const finalizers = [...arrayAt(object, 'metadata', 'finalizers'), finalizer];
  return { ...object, metadata: { ...objectAt(object, 'metadata'), finalizers } };
}

/** The object without a finalizer; its list stays, though empty. */
export function withoutFinalizer(object: KubernetesObject, finalizer: string): KubernetesObject {
  const finalizers = arrayAt(object, 'metadata', 'finalizers').filter((one) => one !== finalizer);
  return { ...object, metadata: { ...objectAt(object, 'metadata'), finalizers } };
}
