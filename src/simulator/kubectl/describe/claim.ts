import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, objectAt, stringAt, stringMapAt, valueAt } from '../../../base/json.ts';
import { goList, quantityText, sinceAt, stringsAt, textAt } from './values.ts';
import type { DescribeWriter } from './writer.ts';

/** Source: staging/src/k8s.io/kubectl/pkg/util/storage/storage.go `GetAccessModesAsString`, 1.36. */
export function accessModesText(modes: readonly JsonValue[]): string {
  return [
    ['ReadWriteOnce', 'RWO'],
    ['ReadOnlyMany', 'ROX'],
    ['ReadWriteMany', 'RWX'],
    ['ReadWriteOncePod', 'RWOP'],
  ]
    .flatMap(([mode, short]) => (modes.includes(mode!) ? [short!] : []))
    .join(',');
}

/** The class of a claim or volume: the old annotation counts before the field. */
export function storageClassOf(object: unknown): string {
  const old = stringAt(object, 'metadata', 'annotations', 'volume.beta.kubernetes.io/storage-class');
  return old ?? textAt(object, 'spec', 'storageClassName');
}

interface ClaimOptions {
  /** Whether it is a claim that exists, or the template of one. */
  readonly isFull: boolean;
  readonly nowMs: number;
}

/** Source: describe.go `printPersistentVolumeClaim`, 1.36. */
export function describeClaim(w: DescribeWriter, claim: JsonValue, { isFull, nowMs }: ClaimOptions): void {
  if (isFull) {
    w.field(0, 'Name', textAt(claim, 'metadata', 'name'));
    w.field(0, 'Namespace', textAt(claim, 'metadata', 'namespace'));
  }
  w.field(0, 'StorageClass', storageClassOf(claim));
  if (isFull) w.field(0, 'Status', lifeText(claim, nowMs));
  w.field(0, 'Volume', textAt(claim, 'spec', 'volumeName'));
  w.labels('Labels', stringMapAt(claim, 'metadata', 'labels'));
  w.annotations('Annotations', stringMapAt(claim, 'metadata', 'annotations'));
  if (isFull) w.field(0, 'Finalizers', goList(stringsAt(claim, 'metadata', 'finalizers')));
  const isBound = textAt(claim, 'spec', 'volumeName') !== '';
  w.field(0, 'Capacity', isBound ? quantityText(valueAt(claim, 'status', 'capacity', 'storage')) : '');
  w.field(0, 'Access Modes', isBound ? accessModesText(arrayAt(claim, 'status', 'accessModes')) : '');
  const mode = stringAt(claim, 'spec', 'volumeMode');
  if (mode !== undefined) w.field(0, 'VolumeMode', mode);
  const source = objectAt(claim, 'spec', 'dataSource');
  if (source === undefined) return;
  w.write(0, 'DataSource:\n');
  const group = stringAt(source, 'apiGroup');
  if (group !== undefined) w.field(1, 'APIGroup', group);
  w.field(1, 'Kind', textAt(source, 'kind'));
  w.field(1, 'Name', textAt(source, 'name'));
}

/** The phase, or how long it has been going. */
export function lifeText(object: unknown, nowMs: number): string {
  if (stringAt(object, 'metadata', 'deletionTimestamp') === undefined) return textAt(object, 'status', 'phase');
  return `Terminating (lasts ${sinceAt(nowMs, object, 'metadata', 'deletionTimestamp')})`;
}
