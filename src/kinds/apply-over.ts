import { applyMergePatch, createThreeWayMergePatch } from '../apimachinery/patch/merge-patch.ts';
import {
  applyStrategicMergePatch,
  createThreeWayStrategicMergePatch,
} from '../apimachinery/patch/strategic-merge-patch.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { isKubernetesObject } from '../apimachinery/object.ts';
import { patchSchemaOf } from '../openapi/patch-schema.ts';
import type { Schema } from '../openapi/schema.ts';

export interface Versions {
  /** What was applied last. */
  readonly original: KubernetesObject;
  /** What is applied now. */
  readonly modified: KubernetesObject;
  /** What the cluster holds. */
  readonly current: KubernetesObject;
}

/**
 * The stored object after `kubectl apply`: by strategic merge, and for custom resources (no schema) by merge patch. Where
 * no patch can be made, what is applied takes the place of all.
 * Source: staging/src/k8s.io/kubectl/pkg/cmd/apply/patcher.go, 1.36.
 */
export function applyOver(versions: Versions, schema: Schema | undefined): KubernetesObject {
  const { original, modified, current } = versions;
  if (schema === undefined) {
    const merged = applyMergePatch(current, createThreeWayMergePatch(original, modified, current));
    return merged.ok && isKubernetesObject(merged.value) ? merged.value : modified;
  }
  const patchSchema = patchSchemaOf(schema);
  const patch = createThreeWayStrategicMergePatch(versions, patchSchema);
  const merged = patch.ok ? applyStrategicMergePatch(current, patch.value, patchSchema) : patch;
  return merged.ok && isKubernetesObject(merged.value) ? merged.value : modified;
}
