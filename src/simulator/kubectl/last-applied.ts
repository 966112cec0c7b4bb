import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt } from '../../base/json.ts';
import { goJson } from '../../apimachinery/go-json.ts';
import { LAST_APPLIED } from '../../apimachinery/last-applied.ts';
import { fitInAnObject } from '../../apimachinery/patch/server-side-apply/last-applied.ts';

/**
 * The configuration as it is recorded and compared: with its namespace, and annotations without the record.
 * Source: staging/src/k8s.io/kubectl/pkg/util/apply.go `GetModifiedConfiguration`, 1.36.
 */
export function configurationOf(object: KubernetesObject, namespace: string | undefined): KubernetesObject {
  const { [LAST_APPLIED]: _, ...annotations } = objectAt(object, 'metadata', 'annotations') ?? {};
  const metadata = { ...objectAt(object, 'metadata'), ...(namespace === undefined ? {} : { namespace }), annotations };
  return Object.freeze({ ...object, metadata });
}

/** The configuration with a record of itself, as `kubectl apply` and `--save-config` send it. */
export function withLastApplied(object: KubernetesObject, namespace: string | undefined): KubernetesObject {
  const recorded = configurationOf(object, namespace);
  const metadata = objectAt(recorded, 'metadata')!;
  const annotations = { ...objectAt(metadata, 'annotations'), [LAST_APPLIED]: `${goJson(recorded)}\n` };
  return Object.freeze({ ...object, metadata: { ...metadata, annotations } });
}

/** Whether the record has room in the object's annotations: a large definition is applied `--server-side`, which keeps none. */
export function hasRoomForLastApplied(object: KubernetesObject): boolean {
  return fitInAnObject(objectAt(withLastApplied(object, undefined), 'metadata', 'annotations')!);
}

/** What was applied last; undefined where nothing was. */
export function lastApplied(object: KubernetesObject): JsonObject | undefined {
  const text = annotationsOf(object).get(LAST_APPLIED);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
