import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { jsonEqual, nameAt, objectAt } from '../../../base/json.ts';
import { BEING_CREATED } from './resources.ts';
import { isReady } from './snapshot-facts.ts';

/**
 * Whether a content has changed in what the snapshotter goes by, and not only in what it wrote itself.
 * Source: kubernetes-csi/external-snapshotter pkg/utils/util.go `ShouldEnqueueContentChange`, v8.6.0.
 */
export function askedAnew(old: KubernetesObject, content: KubernetesObject): boolean {
  if (version(old) === version(content)) return true;
  if (!isReady(old) && isReady(content)) return true;
  return !jsonEqual(whatCounts(old), whatCounts(content));
}

function whatCounts(content: KubernetesObject): JsonObject {
  const { status: _status, ...rest } = content;
  const {
    resourceVersion: _version,
    managedFields: _fields,
    finalizers: _finalizers,
    annotations: _annotations,
    ...metadata
  } = objectAt(content, 'metadata') ?? {};
  const annotations = [...annotationsOf(content)].filter(([name]) => name !== BEING_CREATED);
  return { ...rest, metadata: { ...metadata, annotations: Object.fromEntries(annotations) } };
}

function version(content: KubernetesObject): string {
  return nameAt(content, 'metadata', 'resourceVersion') ?? '';
}
