import { applyJsonPatch } from '../../apimachinery/patch/json-patch.ts';
import { isKubernetesObject, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { booleanAt, isJsonObject, objectAt, stringAt } from '../../base/json.ts';
import { readManifest } from '../../manifest/read.ts';
import { isFailure, readYamlSource } from '../yaml-source.ts';
import { mapsAt, refuseAt, stringsAt } from './kustomization.ts';
import type { Kustomization } from './kustomization.ts';
import { mergeStrategically } from './merge-patch.ts';
import { allIds, currentId, isMeantBy, mergeSchemaOf, originalId, withObject } from './resource.ts';
import type { Resource } from './resource.ts';
import { isSelected } from './selector.ts';

/** Reads a file that a kustomization names; refuses where it is not there. */
export type ReadText = (kustomization: Kustomization, reference: string, path: Path) => string;

/** `patchesStrategicMerge`: files or texts. */
export function applyStrategicPatches(
  resources: readonly Resource[],
  kustomization: Kustomization,
  read: ReadText,
): readonly Resource[] {
  return stringsAt(kustomization, 'patchesStrategicMerge').reduce((current, [written, path]) => {
    const inline = objectsOf(written);
    const objects = inline.length > 0 ? inline : objectsOf(read(kustomization, written, path));
    if (objects.length === 0) refuseAt(kustomization, 'kustomize.patch', path, { message: 'no patch' });
    return objects.reduce((all, object) => applyMerge(all, object, undefined, {}, kustomization, path), current);
  }, resources);
}

/** `patches`: either sort, with a target or without. */
export function applyPatches(
  resources: readonly Resource[],
  kustomization: Kustomization,
  read: ReadText,
): readonly Resource[] {
  return mapsAt(kustomization, 'patches').reduce(
    (current, [patch, path]) => applyPatch(current, patch, kustomization, path, read),
    resources,
  );
}

/** `patchesJson6902`: operations for a target. */
export function applyJsonPatches(
  resources: readonly Resource[],
  kustomization: Kustomization,
  read: ReadText,
): readonly Resource[] {
  return mapsAt(kustomization, 'patchesJson6902').reduce((current, [patch, path]) => {
    const target = objectAt(patch, 'target');
    if (!target) return refuseAt(kustomization, 'kustomize.patch', path, { message: 'no target' });
    const operations = operationsOf(textOf(patch, kustomization, path, read));
    if (!operations) return refuseAt(kustomization, 'kustomize.patch', path, { message: 'no list of operations' });
    return applyOperations(current, operations, target, kustomization, path);
  }, resources);
}

function textOf(patch: JsonObject, kustomization: Kustomization, path: Path, read: ReadText): string {
  const [inline, file] = [stringAt(patch, 'patch')?.trim() ?? '', stringAt(patch, 'path') ?? ''];
  if ((inline === '') === (file === ''))
    return refuseAt(kustomization, 'kustomize.patch', path, { message: 'one of patch and path must be given' });
  return inline === '' ? read(kustomization, file, [...path, 'path']) : inline;
}

function applyPatch(
  resources: readonly Resource[],
  patch: JsonObject,
  kustomization: Kustomization,
  path: Path,
  read: ReadText,
): readonly Resource[] {
  const text = textOf(patch, kustomization, path, read);
  const target = objectAt(patch, 'target');
  const operations = operationsOf(text);
  if (operations) {
    if (!target) return refuseAt(kustomization, 'kustomize.patch', path, { message: 'a JSON patch needs a target' });
    return applyOperations(resources, operations, target, kustomization, path);
  }
  const objects = objectsOf(text);
  const [first] = objects;
  if (!first)
    return refuseAt(kustomization, 'kustomize.patch', path, { message: 'neither a merge patch nor a JSON patch' });
  if (target && objects.length > 1)
    return refuseAt(kustomization, 'kustomize.patch', path, { message: 'several patches for one target' });
  const options = objectAt(patch, 'options') ?? {};
  return objects.reduce((all, object) => applyMerge(all, object, target, options, kustomization, path), resources);
}

function objectsOf(text: string): readonly KubernetesObject[] {
  return readManifest('patch.yaml', text).segments.flatMap((segment) =>
    segment.type === 'raw' ? [] : segment.objects.map(({ object }) => object).filter(isKubernetesObject),
  );
}

function operationsOf(text: string): readonly JsonValue[] | undefined {
  const source = readYamlSource(text);
  if (isFailure(source) || !Array.isArray(source.value)) return undefined;
  return (source.value as readonly JsonValue[]).every((operation) => stringAt(operation, 'op') !== undefined)
    ? source.value
    : undefined;
}

function applyOperations(
  resources: readonly Resource[],
  operations: JsonValue,
  target: JsonObject,
  kustomization: Kustomization,
  path: Path,
): readonly Resource[] {
  return resources.map((resource) => {
    if (!isTarget(resource, target, kustomization, path)) return resource;
    const result = applyJsonPatch(resource.object, operations);
    if (!result.ok) return refuseAt(kustomization, 'kustomize.patch', path, { message: result.message });
    if (!isKubernetesObject(result.value))
      return refuseAt(kustomization, 'kustomize.patch', path, { message: 'what is left is no object' });
    return withObject(resource, result.value, 'remember');
  });
}

function isTarget(resource: Resource, target: JsonObject, kustomization: Kustomization, path: Path): boolean {
  const selected = isSelected(resource, target, [originalId(resource), currentId(resource)]);
  if (selected === 'invalid')
    return refuseAt(kustomization, 'kustomize.patch', path, { message: 'the target is no valid selector' });
  return selected;
}

function applyMerge(
  resources: readonly Resource[],
  patch: KubernetesObject,
  target: JsonObject | undefined,
  options: JsonObject,
  kustomization: Kustomization,
  path: Path,
): readonly Resource[] {
  const chosen = target
    ? resources.filter((resource) => isTarget(resource, target, kustomization, path))
    : meantBy(resources, patch);
  if (!target && chosen.length !== 1)
    return refuseAt(kustomization, 'kustomize.noMatch', path, {
      object: `${patch.kind}/${nameOf(patch)}`,
      count: chosen.length,
    });
  const isChosen = new Set(chosen);
  return resources.flatMap((resource) => {
    if (!isChosen.has(resource)) return [resource];
    const { object } = resource;
    const merged = mergeStrategically(object, patch, mergeSchemaOf(object));
    if (!isJsonObject(merged)) return [];
    const keepsName = booleanAt(options, 'allowNameChange') !== true;
    const keepsKind = booleanAt(options, 'allowKindChange') !== true;
    const { namespace: _, ...metadata } = objectAt(merged, 'metadata') ?? {};
    const namespace = namespaceOf(object);
    const next: KubernetesObject = {
      ...merged,
      // A patch for a target names any version: the object keeps its own where it keeps its kind.
      apiVersion: target && keepsKind ? object.apiVersion : String(merged['apiVersion']),
      kind: keepsKind ? object.kind : String(merged['kind']),
      metadata: {
        ...metadata,
        ...(keepsName ? { name: nameOf(object) } : {}),
        ...(namespace === undefined ? {} : { namespace }),
      },
    };
    return [withObject(resource, next, keepsName && keepsKind ? 'forget' : 'remember')];
  });
}

function meantBy(resources: readonly Resource[], patch: KubernetesObject): readonly Resource[] {
  const now = resources.filter((resource) => isMeantBy(resource, patch, [currentId(resource)]));
  return now.length === 1 ? now : resources.filter((resource) => isMeantBy(resource, patch, allIds(resource)));
}
