import type { JsonObject, JsonValue, Path } from '../../../base/json.ts';
import { arrayAt, stringAt } from '../../../base/json.ts';
import type { FieldEdit, Refusal } from '../../field-edit.ts';
import type { Reference } from '../../reference.ts';
import { removeClaimField } from '../claim-spec.disconnect.ts';
import { CONTAINER_LISTS } from './containers.ts';
import { removeItems } from './removal.ts';

/**
 * Takes one reference of a volume away: the part of the volume that may be missing, or else the volume itself with
 * everything in the containers that uses it.
 */
export function removeVolumeReference(
  object: JsonObject,
  specPath: Path,
  reference: Reference,
): readonly FieldEdit[] | Refusal {
  const { field, key } = reference;
  const volumePath = field.slice(0, specPath.length + 2);
  const index = volumePath.at(-1);
  if (typeof index !== 'number') return { refused: 'disconnect.required' };
  const steps = field.slice(volumePath.length);
  const part = removableItem(object, volumePath, steps, key) ?? removableField(volumePath, steps);
  return part ?? removeVolume(object, specPath, index);
}

/** One of several: an item of a ConfigMap or Secret, a projected source, a server. */
function removableItem(
  object: JsonObject,
  volumePath: Path,
  steps: Path,
  key: string | undefined,
): readonly FieldEdit[] | undefined {
  const items = [...volumePath, ...steps.slice(0, -1), 'items'];
  const hasKey = (item: JsonValue) => stringAt(item, 'key') === key;
  if (key !== undefined && arrayAt(object, ...items).some((item) => !hasKey(item))) {
    return removeItems(object, items, hasKey);
  }
  const at = steps.findIndex((step) => typeof step === 'number');
  if (at < 0) return undefined;
  const list = [...volumePath, ...steps.slice(0, at)];
  const index = steps[at];
  // `iscsi.portals` are further portals beside `targetPortal`; the other lists may not be empty.
  const mayBeEmpty = list.at(-1) === 'portals';
  if (arrayAt(object, ...list).length <= 1 && !mayBeEmpty) return undefined;
  return removeItems(object, list, (_, position) => position === index);
}

/** Sources without which the volume still stands: every `secretRef` but that of scaleIO, and parts of a claim. */
function removableField(volumePath: Path, steps: Path): readonly FieldEdit[] | undefined {
  const [source, field] = steps;
  if (source === 'ephemeral') return removeClaimField([...volumePath, ...steps.slice(0, 2)], [...volumePath, ...steps]);
  const isSecret = (field === 'secretRef' && source !== 'scaleIO') || field === 'nodePublishSecretRef';
  return isSecret ? [{ op: 'delete', path: [...volumePath, ...steps.slice(0, 2)] }] : undefined;
}

/** A volume goes with its mounts, its devices and the variables that are read from its files. */
function removeVolume(object: JsonObject, specPath: Path, index: number): readonly FieldEdit[] {
  const name = stringAt(object, ...specPath, 'volumes', index, 'name');
  const isUse = (use: JsonValue) => name !== undefined && stringAt(use, 'name') === name;
  const readsIt = (entry: JsonValue) =>
    name !== undefined && stringAt(entry, 'valueFrom', 'fileKeyRef', 'volumeName') === name;
  return [
    ...removeItems(object, [...specPath, 'volumes'], (_, position) => position === index),
    ...CONTAINER_LISTS.flatMap((list) =>
      arrayAt(object, ...specPath, list).flatMap((_, position) => {
        const container = [...specPath, list, position];
        return [
          ...removeItems(object, [...container, 'volumeMounts'], isUse),
          ...removeItems(object, [...container, 'volumeDevices'], isUse),
          ...removeItems(object, [...container, 'env'], readsIt),
        ];
      }),
    ),
  ];
}
