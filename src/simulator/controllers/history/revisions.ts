import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../../apimachinery/object.ts';
import { controllerReferenceTo } from '../../../apimachinery/owner-reference.ts';
import type { JsonObject } from '../../../base/json.ts';
import { jsonEqual, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { goJson } from '../../../apimachinery/go-json.ts';
import { fnv32, safeEncode } from '../workload/template-hash.ts';

/** Label of what a revision names, on Pods and on the revisions of a DaemonSet. */
export const REVISION_HASH = 'controller-revision-hash';
/** The same on the revisions of a StatefulSet. Source: controller_history.go `ControllerRevisionHashLabel`, 1.36. */
export const HISTORY_HASH = 'controller.kubernetes.io/hash';

/** What a revision keeps: the Pod template. Source: `getPatch` of pkg/controller/{daemon,statefulset}, 1.36. */
function templatePatch(owner: KubernetesObject): JsonObject {
  return { spec: { template: { ...objectAt(owner, 'spec', 'template'), $patch: 'replace' } } };
}

/**
 * The hash that names a revision by what it keeps; `probe` counts the names that were taken.
 * Source: pkg/controller/history/controller_history.go `HashControllerRevision`, 1.36.
 */
export function revisionHash(owner: KubernetesObject, probe: number): string {
  return safeEncode(String(fnv32(utf8.encode(goJson(templatePatch(owner)) + String(probe)))));
}

const utf8 = new TextEncoder();

export function matchesRevision(owner: KubernetesObject, revision: KubernetesObject): boolean {
  return jsonEqual(templatePatch(owner), valueAt(revision, 'data'));
}

export function revisionNumber(revision: KubernetesObject): number {
  return numberAt(revision, 'revision') ?? 0;
}

/** By number, then by age, then by name. Source: pkg/controller/history/controller_history.go `byRevision`, 1.36. */
export function byRevision(a: KubernetesObject, b: KubernetesObject): number {
  const difference = revisionNumber(a) - revisionNumber(b);
  if (difference !== 0) return difference;
  const [madeA, madeB] = [a, b].map((object) => stringAt(object, 'metadata', 'creationTimestamp') ?? '');
  if (madeA !== madeB) return madeA! < madeB! ? -1 : 1;
  return nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0;
}

/** A revision of the template that an owner has now; `label` is that of its hash. */
export function revisionOf(
  owner: KubernetesObject,
  hash: string,
  revision: number,
  label: typeof REVISION_HASH | typeof HISTORY_HASH,
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${nameOf(owner)}-${hash}`,
      labels: { ...objectAt(owner, 'spec', 'template', 'metadata', 'labels'), [label]: hash },
      annotations: Object.fromEntries(annotationsOf(owner)),
      ownerReferences: [{ ...controllerReferenceTo(owner) }],
    },
    data: templatePatch(owner),
    revision,
  };
}
