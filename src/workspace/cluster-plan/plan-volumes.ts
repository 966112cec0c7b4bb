import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, nameAt, objectAt, stringAt, valueAt } from '../../base/json.ts';
import {
  BIND_COMPLETED,
  classOf,
  hasClass,
  withAnnotation,
} from '../../simulator/controllers/persistentvolume/claim-facts.ts';
import { bestMatch, volumeProblem } from '../../simulator/controllers/persistentvolume/matching.ts';
import { isDefaultClass } from '../../simulator/controllers/persistentvolume/provisioning.ts';
import type { PodVolumes } from '../../simulator/scheduler/plugins/volumes/pod-volumes.ts';
import { NO_PROVISIONER } from '../../simulator/scheduler/plugins/volumes/volume-provisioning.ts';
import { STANDARD_CLASS } from '../../simulator/storage/default-class.ts';
import { provisionedSource } from '../../simulator/storage/provisioned-source.ts';
import type { PlanSnapshot } from './plan-snapshot.ts';

/** The class that a cluster has of its own, as in a rehearsal, and the claims as the controller of volumes leaves them. */
export function settleVolumes(snapshot: PlanSnapshot): void {
  const classes = snapshot.view('storageclasses');
  const name = nameOf(STANDARD_CLASS);
  if (classes.getKey(name) === undefined)
    snapshot.put(
      'storageclasses',
      name,
      classes.list().some(isDefaultClass) ? asPlain(STANDARD_CLASS) : STANDARD_CLASS,
    );
  for (const [key, volume] of snapshot.view('persistentvolumes').entries())
    if (stringAt(volume, 'status', 'phase') === undefined)
      snapshot.put('persistentvolumes', key, { ...volume, status: { phase: 'Available' } });
  for (const [key] of snapshot.view('persistentvolumeclaims').entries()) settleClaim(snapshot, key);
}

/**
 * Binds a claim that waits for no Pod to a volume that is there, or to one that is made for it. Of a class that the design
 * does not hold, a volume is taken for granted: the cluster may have it.
 * Source: pkg/controller/volume/persistentvolume/pv_controller.go `syncUnboundClaim`, 1.36.
 */
export function settleClaim(snapshot: PlanSnapshot, key: string): void {
  const found = snapshot.get('persistentvolumeclaims', key);
  if (found === undefined || annotationsOf(found).has(BIND_COMPLETED)) return;
  const claim = withDefaultClass(snapshot, found);
  snapshot.put('persistentvolumeclaims', key, claim);
  const named = nameAt(claim, 'spec', 'volumeName');
  const volumes = snapshot.view('persistentvolumes').list();
  if (named !== undefined) {
    const volume = snapshot.get('persistentvolumes', named);
    if (volume !== undefined && volumeProblem(volume, claim) === undefined) bind(snapshot, claim, volume);
    return;
  }
  const storageClass = snapshot.get('storageclasses', classOf(claim));
  const waits = stringAt(storageClass, 'volumeBindingMode') === 'WaitForFirstConsumer';
  const free = volumes.filter((volume) => !isTaken(volume, claim));
  const match = bestMatch(claim, free, waits);
  if (match !== undefined) return bind(snapshot, claim, match);
  if (waits || classOf(claim) === '' || stringAt(storageClass, 'provisioner') === NO_PROVISIONER) return;
  bind(snapshot, claim, madeVolume(claim, stringAt(storageClass, 'provisioner'), undefined));
}

/** What comes of what the scheduler reserved: the claims are bound before the Pod runs. */
export function bindReserved(snapshot: PlanSnapshot, { bindings, provisions }: PodVolumes, node: string): void {
  for (const { volume, claim } of bindings) bind(snapshot, claim, volume);
  for (const claim of provisions) {
    const storageClass = snapshot.get('storageclasses', classOf(claim));
    bind(snapshot, claim, madeVolume(claim, stringAt(storageClass, 'provisioner'), node));
  }
}

function isTaken(volume: KubernetesObject, claim: KubernetesObject): boolean {
  const reference = objectAt(volume, 'spec', 'claimRef');
  return (
    reference !== undefined &&
    (stringAt(reference, 'name') !== nameOf(claim) ||
      (nameAt(reference, 'namespace') ?? 'default') !== namespaceOf(claim))
  );
}

function bind(snapshot: PlanSnapshot, claim: KubernetesObject, volume: KubernetesObject): void {
  const namespace = namespaceOf(claim) ?? 'default';
  const claimRef = { kind: 'PersistentVolumeClaim', namespace, name: nameOf(claim), uid: uidOf(claim) };
  snapshot.put('persistentvolumes', nameOf(volume), {
    ...volume,
    spec: { ...objectAt(volume, 'spec'), claimRef },
    status: { phase: 'Bound' },
  });
  const bound = { ...claim, spec: { ...objectAt(claim, 'spec'), volumeName: nameOf(volume) } };
  snapshot.put(
    'persistentvolumeclaims',
    `${namespace}/${nameOf(claim)}`,
    withAnnotation({ ...bound, status: { phase: 'Bound' } }, BIND_COMPLETED, 'yes'),
  );
}

function uidOf(claim: KubernetesObject): string {
  return nameAt(claim, 'metadata', 'uid') ?? '';
}

/** As the provisioners of a rehearsal make it: a directory stays on its Node, everything else is reached from each. */
function madeVolume(claim: KubernetesObject, driver: string | undefined, node: string | undefined): KubernetesObject {
  const name = `pvc-${(namespaceOf(claim) ?? 'default') + '-' + nameOf(claim)}`;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: valueAt(claim, 'spec', 'resources', 'requests', 'storage') ?? '0' },
      accessModes: arrayAt(claim, 'spec', 'accessModes'),
      storageClassName: classOf(claim),
      ...provisionedSource(claim, name, driver ?? '', node),
    },
  };
}

/** Source: plugin/pkg/admission/storage/storageclass/setdefault/admission.go, 1.36. */
function withDefaultClass(snapshot: PlanSnapshot, claim: KubernetesObject): KubernetesObject {
  if (hasClass(claim)) return claim;
  const found = snapshot.view('storageclasses').list().find(isDefaultClass);
  if (found === undefined) return claim;
  return { ...claim, spec: { ...objectAt(claim, 'spec'), storageClassName: nameOf(found) } };
}

/** The class of the cluster's own that is not the default: the design has another. */
function asPlain(storageClass: KubernetesObject): KubernetesObject {
  return { ...storageClass, metadata: { name: nameOf(storageClass) } };
}
