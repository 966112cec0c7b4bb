import { objectReferenceTo } from '../../../apimachinery/object-reference.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { compareQuantities, quantityOf } from '../../../apimachinery/quantity.ts';
import type { JsonObject } from '../../../base/json.ts';
import { jsonEqual, nameAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import { CLAIMS, VOLUMES } from '../resources.ts';
import { fail, must } from '../workload/sync-failure.ts';
import { BIND_COMPLETED, BOUND_BY_CONTROLLER, isBoundTo, withAnnotation } from './claim-facts.ts';
import { capacityOf } from './matching.ts';

/** Source of this file: pkg/controller/volume/persistentvolume/pv_controller.go, 1.36. */
const PRE_RESIZE_CAPACITY = 'volume.alpha.kubernetes.io/pre-resize-capacity';

export function updateVolume(context: ReconcileContext, body: KubernetesObject): KubernetesObject {
  return must(context.api.call({ verb: 'update', resource: VOLUMES, name: nameOf(body), body }));
}

export function updateClaim(context: ReconcileContext, body: KubernetesObject): KubernetesObject {
  const [namespace, name] = [namespaceOf(body) ?? '', nameOf(body)];
  return must(context.api.call({ verb: 'update', resource: CLAIMS, namespace, name, body }));
}

export function setVolumePhase(context: ReconcileContext, volume: KubernetesObject, phase: string): KubernetesObject {
  if (stringAt(volume, 'status', 'phase') === phase) return volume;
  const { message: _, ...status } = objectAt(volume, 'status') ?? {};
  // Since 1.28 (PersistentVolumeLastPhaseTransitionTime) the server notes when the phase changed.
  const body: KubernetesObject = { ...volume, status: { ...status, phase } };
  const at = { resource: VOLUMES, name: nameOf(volume) };
  return must(context.api.call({ ...at, verb: 'update', subresource: 'status', body }));
}

/** Writes phase, ways of access and size of a claim, as its volume has them, where they differ. */
export function setClaimStatus(
  context: ReconcileContext,
  claim: KubernetesObject,
  phase: string,
  volume?: KubernetesObject,
): KubernetesObject {
  const before = objectAt(claim, 'status') ?? {};
  const { accessModes: _, capacity: __, currentVolumeAttributesClassName: attributes, ...rest } = before;
  const status: JsonObject =
    volume === undefined
      ? { ...rest, phase }
      : {
          ...rest,
          phase,
          ...kept('accessModes', valueAt(volume, 'spec', 'accessModes')),
          ...kept('capacity', boundCapacity(before, phase, volume)),
          ...kept(
            'currentVolumeAttributesClassName',
            before['phase'] === 'Pending' && phase === 'Bound'
              ? nameAt(volume, 'spec', 'volumeAttributesClassName')
              : attributes,
          ),
        };
  if (jsonEqual(status, before)) return claim;
  const at = { resource: CLAIMS, namespace: namespaceOf(claim) ?? '', name: nameOf(claim) };
  return must(context.api.call({ ...at, verb: 'update', subresource: 'status', body: { ...claim, status } }));
}

function kept(field: string, value: JsonObject[string]): JsonObject {
  return value === undefined ? {} : { [field]: value };
}

/** The size is taken from the volume when the claim becomes bound, and is the claim's own afterwards. */
function boundCapacity(before: JsonObject, phase: string, volume: KubernetesObject): JsonObject | undefined {
  const own = objectAt(before, 'capacity');
  if (before['phase'] === phase) return own;
  if (valueAt(volume, 'spec', 'capacity', 'storage') === undefined)
    return fail(`PersistentVolume "${nameOf(volume)}" is without a storage capacity`);
  const earlier = annotationsOf(volume).get(PRE_RESIZE_CAPACITY);
  if (earlier !== undefined) return { ...own, storage: earlier };
  const storage = quantityOf(valueAt(own, 'storage'));
  const isSame = storage !== undefined && compareQuantities(capacityOf(volume), storage) === 0;
  return isSame ? own : objectAt(volume, 'spec', 'capacity');
}

/** Makes volume and claim point at each other, the volume first; writes only what is not so already. */
export function bind(context: ReconcileContext, volume: KubernetesObject, claim: KubernetesObject): void {
  const bound = setVolumePhase(context, boundVolume(context, volume, claim), 'Bound');
  setClaimStatus(context, boundClaim(context, claim, bound), 'Bound', bound);
}

function boundVolume(context: ReconcileContext, volume: KubernetesObject, claim: KubernetesObject): KubernetesObject {
  const reference = objectAt(volume, 'spec', 'claimRef');
  const wanted: JsonObject = objectReferenceTo(claim);
  const isReferred = ['name', 'namespace', 'uid'].every((field) => reference?.[field] === wanted[field]);
  let next = isReferred ? volume : { ...volume, spec: { ...objectAt(volume, 'spec'), claimRef: wanted } };
  if (!isBoundTo(volume, claim) && !annotationsOf(volume).has(BOUND_BY_CONTROLLER))
    next = withAnnotation(next, BOUND_BY_CONTROLLER, 'yes');
  return next === volume ? volume : updateVolume(context, next);
}

function boundClaim(context: ReconcileContext, claim: KubernetesObject, volume: KubernetesObject): KubernetesObject {
  let next = claim;
  if (stringAt(claim, 'spec', 'volumeName') !== nameOf(volume)) {
    next = { ...next, spec: { ...objectAt(claim, 'spec'), volumeName: nameOf(volume) } };
    if (!annotationsOf(claim).has(BOUND_BY_CONTROLLER)) next = withAnnotation(next, BOUND_BY_CONTROLLER, 'yes');
  }
  if (!annotationsOf(claim).has(BIND_COMPLETED)) next = withAnnotation(next, BIND_COMPLETED, 'yes');
  return next === claim ? claim : updateClaim(context, next);
}

/** Takes a binding back: wholly where the controller made it, else only the uid of the claim. */
export function unbind(context: ReconcileContext, volume: KubernetesObject): void {
  const spec = objectAt(volume, 'spec') ?? {};
  const { claimRef: _, ...free } = spec;
  const { [BOUND_BY_CONTROLLER]: mark, ...annotations } = objectAt(volume, 'metadata', 'annotations') ?? {};
  const metadata = { ...objectAt(volume, 'metadata'), annotations };
  const next: KubernetesObject =
    mark === undefined
      ? { ...volume, spec: { ...spec, claimRef: { ...objectAt(spec, 'claimRef'), uid: '' } } }
      : { ...volume, metadata, spec: free };
  setVolumePhase(context, updateVolume(context, next), 'Available');
}
