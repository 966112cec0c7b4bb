import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, nameAt, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { REVISION_HASH } from '../history/revisions.ts';
import { podFromTemplate } from '../workload/pod-control.ts';
import { ordinalOf, parentAndOrdinal, startOrdinal } from './ordinals.ts';

/** Source of this file: pkg/controller/statefulset/stateful_set_utils.go, 1.36. */
const POD_NAME = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX = 'apps.kubernetes.io/pod-index';

/** The claims of the Pod of an ordinal, by the name of their template. */
export function claimsOf(set: KubernetesObject, ordinal: number): ReadonlyMap<string, KubernetesObject> {
  const selected = objectAt(set, 'spec', 'selector', 'matchLabels');
  return new Map(
    arrayAt(set, 'spec', 'volumeClaimTemplates').map((template) => {
      const metadata = objectAt(template, 'metadata') ?? {};
      const name = stringAt(metadata, 'name') ?? '';
      const labels = { ...objectAt(metadata, 'labels'), ...selected };
      const claim: KubernetesObject = {
        ...objectAt(template),
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {
          ...metadata,
          name: claimName(name, set, ordinal),
          namespace: namespaceOf(set) ?? '',
          ...(Object.keys(labels).length === 0 ? {} : { labels }),
        },
      };
      return [name, claim] as const;
    }),
  );
}

function claimName(template: string, set: KubernetesObject, ordinal: number): string {
  return `${template}-${nameOf(set)}-${ordinal}`;
}

export function isMemberOf(set: KubernetesObject, pod: KubernetesObject): boolean {
  return parentAndOrdinal(pod).parent === nameOf(set);
}

export function identityMatches(set: KubernetesObject, pod: KubernetesObject): boolean {
  const { parent, ordinal } = parentAndOrdinal(pod);
  const name = nameOf(pod);
  return (
    ordinal >= 0 &&
    parent === nameOf(set) &&
    name === `${nameOf(set)}-${ordinal}` &&
    namespaceOf(pod) === namespaceOf(set) &&
    labelsOf(pod).get(POD_NAME) === name
  );
}

/** Whether the Pod's volumes are those of the set's claim templates. */
export function storageMatches(set: KubernetesObject, pod: KubernetesObject): boolean {
  const ordinal = ordinalOf(pod);
  if (ordinal < 0) return false;
  const claims = new Map(
    arrayAt(pod, 'spec', 'volumes').map((volume) => [
      stringAt(volume, 'name') ?? '',
      nameAt(volume, 'persistentVolumeClaim', 'claimName'),
    ]),
  );
  return [...claimsOf(set, ordinal)].every(([volume, claim]) => claims.get(volume) === nameOf(claim));
}

/** The Pod with the name and labels of its place in the set. */
export function withIdentity(set: KubernetesObject, pod: KubernetesObject): KubernetesObject {
  const ordinal = ordinalOf(pod);
  const name = `${nameOf(set)}-${ordinal}`;
  const metadata = objectAt(pod, 'metadata') ?? {};
  const labels = { ...objectAt(metadata, 'labels'), [POD_NAME]: name, [POD_INDEX]: String(ordinal) };
  return { ...pod, metadata: { ...metadata, name, namespace: namespaceOf(set) ?? '', labels } };
}

/** The Pod with the set's claims as its first volumes, and its own others. */
export function withStorage(set: KubernetesObject, pod: KubernetesObject): KubernetesObject {
  const claims = claimsOf(set, ordinalOf(pod));
  if (claims.size === 0) return pod;
  const own = arrayAt(pod, 'spec', 'volumes').filter((volume) => !claims.has(stringAt(volume, 'name') ?? ''));
  const claimed = [...claims].map(([name, claim]): JsonObject => ({
    name,
    persistentVolumeClaim: { claimName: nameOf(claim) },
  }));
  return { ...pod, spec: { ...objectAt(pod, 'spec'), volumes: [...claimed, ...own] } };
}

/** A Pod of the set as one revision has it. Source: `newStatefulSetPod`, 1.36. */
function newPod(set: KubernetesObject, ordinal: number, revision: string): KubernetesObject {
  const { metadata, ...rest } = podFromTemplate(set, valueAt(set, 'spec', 'template'));
  const { generateName: _, ...kept } = objectAt(metadata) ?? {};
  const name = `${nameOf(set)}-${ordinal}`;
  const named = withIdentity(set, { ...rest, metadata: { ...kept, name } });
  const subdomain = stringAt(set, 'spec', 'serviceName') ?? '';
  const spec = { ...objectAt(named, 'spec'), hostname: name, ...(subdomain === '' ? {} : { subdomain }) };
  const labels = { ...objectAt(named, 'metadata', 'labels'), [REVISION_HASH]: revision };
  return withStorage(set, { ...named, metadata: { ...objectAt(named, 'metadata'), labels }, spec });
}

/** A set as a revision has it, with the name of that. */
export interface SetRevision {
  readonly set: KubernetesObject;
  readonly name: string;
}

/** A new Pod for a place in the set: of the old revision below the partition. Source: `newVersionedStatefulSetPod`, 1.36. */
export function newVersionedPod(current: SetRevision, update: SetRevision, ordinal: number): KubernetesObject {
  const { set } = current;
  const strategy = valueAt(set, 'spec', 'updateStrategy');
  const rolling = objectAt(strategy, 'rollingUpdate');
  const isOld =
    rolling === undefined
      ? stringAt(strategy, 'type') === 'RollingUpdate' &&
        ordinal < startOrdinal(set) + (numberAt(set, 'status', 'currentReplicas') ?? 0)
      : ordinal < startOrdinal(set) + (numberAt(rolling, 'partition') ?? 0);
  return isOld ? newPod(set, ordinal, current.name) : newPod(update.set, ordinal, update.name);
}
