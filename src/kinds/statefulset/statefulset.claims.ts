import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import { arrayAt, nameAt, numberAt, valueAt } from '../../base/json.ts';
import type { MadeObject } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { claimAnnotationReferences, claimSpecReferences } from '../shared/claim-spec.references.ts';
import { PERSISTENT_VOLUME_CLAIM } from '../shared/core-kinds.ts';
import { namespaceOrDefault, referenceTo } from '../shared/name-reference.ts';
import { POD_TEMPLATE } from '../shared/pod-spec/pod-template.ts';
import { replicasOf } from '../shared/pod-spec/workload.ts';

/** No more Pods than this are counted out: a typing error in `replicas` must not fill the memory. */
export const ORDINALS_MAX = 1000;

/** The numbers of the Pods, which begin at `spec.ordinals.start`. Source: apps/v1 StatefulSetOrdinals, 1.36. */
function ordinalsOf(object: JsonObject): readonly number[] {
  const start = Math.max(0, Math.trunc(numberAt(object, 'spec', 'ordinals', 'start') ?? 0));
  const count = Math.min(ORDINALS_MAX, Math.trunc(replicasOf(object)));
  return Array.from({ length: count }, (_, index) => start + index);
}

/** The Pods `mysql-0`, `mysql-1`, … and the claims `data-mysql-0`, … of each. */
export function madeByStatefulSet(object: KubernetesObject): readonly MadeObject[] {
  const name = nameOf(object);
  if (name === '') return [];
  const namespace = namespaceOrDefault(object);
  const claims = claimTemplateNames(object).map(({ name: claim }) => claim);
  return ordinalsOf(object).flatMap((ordinal) => {
    const pod = `${name}-${ordinal}`;
    return [
      { group: '', kind: 'Pod', namespace, name: pod },
      ...claims.map((claim) => ({ ...PERSISTENT_VOLUME_CLAIM, namespace, name: `${claim}-${pod}` })),
    ];
  });
}

/**
 * What tells the Pods apart: a Service for one of them selects by its name.
 * Source: staging/src/k8s.io/api/apps/v1/types.go, StatefulSetPodNameLabel and PodIndexLabel, 1.36.
 */
export function labelsOfPods(object: KubernetesObject): readonly ReadonlyMap<string, string>[] {
  const name = nameOf(object);
  if (name === '') return [];
  return ordinalsOf(object).map(
    (ordinal) =>
      new Map([
        ['statefulset.kubernetes.io/pod-name', `${name}-${ordinal}`],
        ['apps.kubernetes.io/pod-index', String(ordinal)],
      ]),
  );
}

/** The claims that the templates make, and what the templates themselves point at. */
export function claimTemplateReferences(object: JsonObject, namespace: string): readonly Reference[] {
  return [...madeClaimReferences(object, namespace), ...templatePartReferences(object, namespace)];
}

function madeClaimReferences(object: JsonObject, namespace: string): readonly Reference[] {
  const name = nameOf(object);
  if (name === '') return [];
  const ordinals = ordinalsOf(object);
  return claimTemplateNames(object).flatMap(({ name: claim, index }) =>
    ordinals.map((ordinal) =>
      referenceTo(
        'claimTemplate',
        ['spec', 'volumeClaimTemplates', index, 'metadata', 'name'],
        { ...PERSISTENT_VOLUME_CLAIM, namespace, name: `${claim}-${name}-${ordinal}` },
        // The field keeps its text when one of the claims is renamed: it names all of them.
        { nameFormat: claim },
      ),
    ),
  );
}

function templatePartReferences(object: JsonObject, namespace: string): readonly Reference[] {
  return arrayAt(object, 'spec', 'volumeClaimTemplates').flatMap((claim, index) => {
    const path = ['spec', 'volumeClaimTemplates', index];
    return [
      ...claimAnnotationReferences(valueAt(claim, 'metadata'), [...path, 'metadata']),
      ...claimSpecReferences(valueAt(claim, 'spec'), [...path, 'spec'], namespace),
    ];
  });
}

function claimTemplateNames(object: JsonObject): readonly { readonly name: string; readonly index: number }[] {
  return arrayAt(object, 'spec', 'volumeClaimTemplates').flatMap((claim, index) => {
    const name = nameAt(claim, 'metadata', 'name');
    return name === undefined ? [] : [{ name, index }];
  });
}

/**
 * Whether a field of the Pod template belongs to a volume that the claim template of its name takes the place of.
 * Source: pkg/controller/statefulset/stateful_set_utils.go, updateStorage, 1.36.
 */
export function isReplaced(object: JsonObject, field: Path): boolean {
  const at = POD_TEMPLATE.length + 1;
  if (field[at] !== 'volumes') return false;
  const volume = nameAt(object, ...field.slice(0, at + 2), 'name');
  return claimTemplateNames(object).some(({ name }) => name === volume);
}
