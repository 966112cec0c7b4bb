import type { JsonObject, JsonValue, Path } from '../../../base/json.ts';
import { arrayAt, asArray, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { FieldEdit, Refusal } from '../../field-edit.ts';
import type { Reference } from '../../reference.ts';
import { CONTAINER_LISTS } from './containers.ts';
import { NETWORK_ANNOTATIONS, networkReferences, withoutNetwork } from './network-annotation.ts';
import { isWithin, removeFieldAndEmptyParents, removeItems } from './removal.ts';
import { removeVolumeReference } from './volume.disconnect.ts';

/**
 * The edits that take one reference out of the template of Pods at a path. Undefined where the reference does not
 * stand in that template.
 */
export function podTemplateDisconnect(
  object: JsonObject,
  templatePath: Path,
  reference: Reference,
): readonly FieldEdit[] | Refusal | undefined {
  const { field } = reference;
  const annotations = [...templatePath, 'metadata', 'annotations'];
  if (isWithin(field, annotations)) return removeNetwork(object, annotations, reference);
  const specPath = [...templatePath, 'spec'];
  if (!isWithin(field, specPath)) return undefined;
  const [first, second] = field.slice(specPath.length);
  if (CONTAINER_LISTS.some((list) => list === first)) return removeFromContainer(object, specPath, field);
  if (first === 'resources') return removeResource(object, field);
  if (first === 'volumes') return removeVolumeReference(object, specPath, reference);
  if (first === 'serviceAccountName' || first === 'serviceAccount') return removeAccount(object, specPath);
  if (first === 'resourceClaims' && typeof second === 'number') return removeDeviceClaim(object, specPath, second);
  if (first === 'affinity') return removeAffinity(object, specPath, field);
  if (first !== undefined && LISTS.includes(first) && typeof second === 'number') {
    return removeItems(object, [...specPath, first], (_, index) => index === second);
  }
  return first === undefined ? undefined : removeWithDecided(object, specPath, String(first));
}

/** Lists whose items point by themselves. */
const LISTS: readonly (string | number)[] = ['imagePullSecrets', 'tolerations', 'topologySpreadConstraints'];

/** `…containers[0].env[1].valueFrom…`: the whole entry goes. */
function removeFromContainer(object: JsonObject, specPath: Path, field: Path): readonly FieldEdit[] | Refusal {
  const container = field.slice(0, specPath.length + 2);
  const [list, index] = field.slice(container.length);
  if (list === 'resources') return removeResource(object, field);
  if ((list !== 'env' && list !== 'envFrom') || typeof index !== 'number') return { refused: 'disconnect.required' };
  return removeItems(object, [...container, list], (_, position) => position === index);
}

/** A device class stands in the limits and may stand in the requests: one without the other would be refused. */
function removeResource(object: JsonObject, field: Path): readonly FieldEdit[] {
  const resources = field.slice(0, -2);
  const resource = field.at(-1) ?? '';
  return ['limits', 'requests']
    .filter((list) => valueAt(object, ...resources, list, resource) !== undefined)
    .map((list) => removeFieldAndEmptyParents(object, [...resources, list, resource], resources.length + 1));
}

function removeAccount(object: JsonObject, specPath: Path): readonly FieldEdit[] {
  return ['serviceAccountName', 'serviceAccount']
    .filter((field) => valueAt(object, ...specPath, field) !== undefined)
    .map((field) => ({ op: 'delete', path: [...specPath, field] }));
}

/** Fields that admission computes from a class and that mean nothing without it. */
const DECIDED: ReadonlyMap<string, readonly string[]> = new Map([
  ['priorityClassName', ['priority', 'preemptionPolicy']],
  ['runtimeClassName', ['overhead']],
]);

function removeWithDecided(object: JsonObject, specPath: Path, field: string): readonly FieldEdit[] {
  const decided = (DECIDED.get(field) ?? []).filter((name) => valueAt(object, ...specPath, name) !== undefined);
  return [field, ...decided].map((name) => ({ op: 'delete', path: [...specPath, name] }));
}

/** A claim of a device, and its use by containers. */
function removeDeviceClaim(object: JsonObject, specPath: Path, index: number): readonly FieldEdit[] {
  const name = stringAt(object, ...specPath, 'resourceClaims', index, 'name');
  const isUse = (claim: JsonValue) => name !== undefined && stringAt(claim, 'name') === name;
  return [
    ...removeItems(object, [...specPath, 'resourceClaims'], (_, position) => position === index),
    ...CONTAINER_LISTS.flatMap((list) =>
      arrayAt(object, ...specPath, list).flatMap((_, position) =>
        removeItems(object, [...specPath, list, position, 'resources', 'claims'], isUse),
      ),
    ),
  ];
}

/** A list of terms loses one; the required node affinity is one reference for all its terms and goes whole. */
function removeAffinity(object: JsonObject, specPath: Path, field: Path): readonly FieldEdit[] {
  const rule = field.slice(0, specPath.length + 3);
  const index = field[rule.length];
  const items = asArray(valueAt(object, ...rule));
  const target = typeof index === 'number' && items.length > 1 ? [...rule, index] : rule;
  return [removeFieldAndEmptyParents(object, target, specPath.length + 1)];
}

function removeNetwork(object: JsonObject, annotations: Path, reference: Reference): readonly FieldEdit[] | undefined {
  const { field } = reference;
  const annotation = field[annotations.length];
  const text = stringAt(objectAt(object, ...annotations), String(annotation));
  if (text === undefined || !NETWORK_ANNOTATIONS.some((known) => known === annotation)) return undefined;
  const written = networkReferences(text, field, '');
  const same = written.findIndex((other) => other.nameFormat === reference.nameFormat && sameName(other, reference));
  if (same < 0) return undefined;
  const value = withoutNetwork(text, same);
  if (value !== undefined) return [{ op: 'set', path: field, value }];
  return [removeFieldAndEmptyParents(object, field, annotations.length)];
}

function sameName(a: Reference, b: Reference): boolean {
  return a.target.by === 'name' && b.target.by === 'name' && a.target.name === b.target.name;
}
