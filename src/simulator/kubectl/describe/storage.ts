import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { labelsAt } from '../../apiserver/printers/cells.ts';
import { accessModesText, describeClaim, lifeText, storageClassOf } from './claim.ts';
import type { DescribeContext, Describer } from './describer.ts';
import { describeEvents } from './events.ts';
import { describeLabels, describeName } from './head.ts';
import { dateAt, goList, numberText, printBool, quantityText, stringsAt, textAt } from './values.ts';
import { describeVolumeSource } from './volumes.ts';
import type { DescribeWriter } from './writer.ts';

export const describePersistentVolume: Describer = (w, volume, context) => {
  const claim = objectAt(volume, 'spec', 'claimRef');
  describeName(w, volume, false);
  describeLabels(w, volume);
  w.field(0, 'Finalizers', goList(stringsAt(volume, 'metadata', 'finalizers')));
  w.field(0, 'StorageClass', storageClassOf(volume));
  w.field(0, 'Status', lifeText(volume, context.nowMs));
  w.field(0, 'Claim', claim === undefined ? '' : `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}`);
  w.field(0, 'Reclaim Policy', textAt(volume, 'spec', 'persistentVolumeReclaimPolicy'));
  w.field(0, 'Access Modes', accessModesText(arrayAt(volume, 'spec', 'accessModes')));
  const mode = stringAt(volume, 'spec', 'volumeMode');
  if (mode !== undefined) w.field(0, 'VolumeMode', mode);
  w.field(0, 'Capacity', quantityText(valueAt(volume, 'spec', 'capacity', 'storage')));
  nodeAffinity(w, valueAt(volume, 'spec', 'nodeAffinity'));
  w.field(0, 'Message', textAt(volume, 'status', 'message'));
  w.write(0, 'Source:\n');
  describeVolumeSource(w, valueAt(volume, 'spec') ?? {}, true);
  describeEvents(w, context);
};

/** Source: describe.go `printVolumeNodeAffinity`. */
function nodeAffinity(w: DescribeWriter, affinity: JsonValue | undefined): void {
  w.write(0, 'Node Affinity:\t');
  if (affinity === undefined || objectAt(affinity, 'required') === undefined) return w.write(0, '<none>\n');
  w.write(0, '\n');
  w.write(1, 'Required Terms:\t');
  const terms = arrayAt(affinity, 'required', 'nodeSelectorTerms');
  if (terms.length === 0) return w.write(0, '<none>\n');
  w.write(0, '\n');
  terms.forEach((term, number) => {
    w.write(2, `Term ${number}:\t`);
    const requirements = arrayAt(term, 'matchExpressions');
    if (requirements.length === 0) return w.write(0, '<none>\n');
    requirements.forEach((requirement, index) => {
      if (index > 0) w.write(2, '\t');
      const values = stringsAt(requirement, 'values');
      const shown = values.length === 0 ? '' : ` [${values.join(', ')}]`;
      w.write(0, `${textAt(requirement, 'key')} ${textAt(requirement, 'operator').toLowerCase()}${shown}\n`);
    });
  });
}

export const describePersistentVolumeClaim: Describer = (w, claim, context) => {
  describeClaim(w, claim, { isFull: true, nowMs: context.nowMs });
  w.list('Used By', podsUsing(claim, context).map(nameOf).sort(compareStrings));
  const conditions = arrayAt(claim, 'status', 'conditions');
  if (conditions.length > 0) {
    w.write(0, 'Conditions:\n');
    w.write(1, 'Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage\n');
    w.write(1, '----\t------\t-----------------\t------------------\t------\t-------\n');
  }
  for (const one of conditions) {
    const times = `${dateAt(one, 'lastProbeTime')} \t${dateAt(one, 'lastTransitionTime')}`;
    w.write(
      1,
      `${textAt(one, 'type')} \t${textAt(one, 'status')} \t${times} \t${textAt(one, 'reason')} \t${textAt(one, 'message')}\n`,
    );
  }
  describeEvents(w, context);
};

/** Pods with the claim among their volumes, and those that own it. Source: `getPodsForPVC`. */
function podsUsing(claim: KubernetesObject, { list }: DescribeContext): readonly KubernetesObject[] {
  const namespace = namespaceOf(claim);
  const pods = list({ resource: 'pods', ...(namespace === undefined ? {} : { namespace }) });
  const owners = arrayAt(claim, 'metadata', 'ownerReferences')
    .filter((owner) => stringAt(owner, 'kind') === 'Pod')
    .map((owner) => stringAt(owner, 'uid') ?? '');
  const users = pods.flatMap((pod) =>
    arrayAt(pod, 'spec', 'volumes').flatMap((volume) =>
      stringAt(volume, 'persistentVolumeClaim', 'claimName') === nameOf(claim) ? [pod] : [],
    ),
  );
  const uid = (pod: KubernetesObject): string => uidOf(pod) ?? '';
  const known = new Set(users.map(uid));
  const others = [...new Set(owners)].flatMap((owner) =>
    known.has(owner) ? [] : (pods.find((pod) => uid(pod) === owner) ?? []),
  );
  return [...users, ...others];
}

export const describeStorageClass: Describer = (w, object, context) => {
  describeName(w, object, false);
  const isDefault = [
    'storageclass.kubernetes.io/is-default-class',
    'storageclass.beta.kubernetes.io/is-default-class',
  ].some((key) => stringAt(object, 'metadata', 'annotations', key) === 'true');
  w.field(0, 'IsDefaultClass', isDefault ? 'Yes' : 'No');
  w.field(0, 'Annotations', labelsAt(object, 'metadata', 'annotations'));
  w.field(0, 'Provisioner', textAt(object, 'provisioner'));
  w.field(0, 'Parameters', labelsAt(object, 'parameters'));
  w.field(0, 'AllowVolumeExpansion', printBool(booleanAt(object, 'allowVolumeExpansion')));
  const options = stringsAt(object, 'mountOptions');
  w.write(0, options.length === 0 ? 'MountOptions:\t<none>\n' : 'MountOptions:\n');
  for (const option of options) w.write(1, `${option}\n`);
  for (const [title, field] of [
    ['ReclaimPolicy', 'reclaimPolicy'] as const,
    ['VolumeBindingMode', 'volumeBindingMode'] as const,
  ])
    if (stringAt(object, field) !== undefined) w.field(0, title, textAt(object, field));
  if (valueAt(object, 'allowedTopologies') !== undefined) topologies(w, arrayAt(object, 'allowedTopologies'));
  describeEvents(w, context);
};

function topologies(w: DescribeWriter, terms: readonly JsonValue[]): void {
  w.write(0, `AllowedTopologies:\t${terms.length === 0 ? '<none>' : ''}\n`);
  terms.forEach((term, number) => {
    w.write(1, `Term ${number}:\t`);
    const requirements = arrayAt(term, 'matchLabelExpressions');
    if (requirements.length === 0) return w.write(0, '<none>\n');
    requirements.forEach((requirement, index) => {
      if (index > 0) w.write(1, '\t');
      const values = stringsAt(requirement, 'values');
      w.write(0, `${textAt(requirement, 'key')} in${values.length === 0 ? '' : ` [${values.join(', ')}]`}\n`);
    });
  });
}

export const describeVolumeAttributesClass: Describer = (w, object, context) => {
  describeName(w, object, false);
  w.field(0, 'Annotations', labelsAt(object, 'metadata', 'annotations'));
  w.field(0, 'DriverName', textAt(object, 'driverName'));
  w.field(0, 'Parameters', labelsAt(object, 'parameters'));
  describeEvents(w, context);
};

export const describeCsiNode: Describer = (w, object, context) => {
  describeName(w, object, false);
  describeLabels(w, object);
  w.field(0, 'CreationTimestamp', dateAt(object, 'metadata', 'creationTimestamp'));
  w.write(0, 'Spec:\n');
  const drivers = arrayAt(object, 'spec', 'drivers');
  if (drivers.length > 0) w.write(1, 'Drivers:\n');
  for (const driver of drivers) {
    w.write(2, `${textAt(driver, 'name')}:\n`);
    w.field(3, 'Node ID', textAt(driver, 'nodeID'));
    if (numberAt(driver, 'allocatable', 'count') !== undefined) {
      w.write(3, 'Allocatables:\n');
      w.field(4, 'Count', numberText(driver, 'allocatable', 'count'));
    }
    const keys = stringsAt(driver, 'topologyKeys');
    if (keys.length > 0) w.field(3, 'Topology Keys', goList(keys));
  }
  describeEvents(w, context);
};
