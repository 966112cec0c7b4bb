import { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonObject } from '../../../../base/json.ts';
import { isJsonObject, jsonEqual, stringAt, valueAt } from '../../../../base/json.ts';
import { updateItems, updateStruct } from '../../defaults/fill-in.ts';
import { CONTAINER_LISTS } from '../containers.ts';
import { APP_ARMOR_ANNOTATION_PREFIX, validateAppArmorProfile } from '../validation/app-armor.ts';

/** The profile that an AppArmor annotation of old means. Source: pkg/api/pod/util.go `ApparmorFieldForAnnotation`, 1.36. */
export function appArmorProfileOf(annotation: string): JsonObject | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default') return { type: 'RuntimeDefault' };
  if (!annotation.startsWith('localhost/')) return undefined;
  const localhostProfile = annotation.slice('localhost/'.length);
  return localhostProfile === '' ? undefined : { type: 'Localhost', localhostProfile };
}

/**
 * A Pod spec with AppArmor annotations copied to the fields that took their place.
 * Source: pkg/registry/core/pod/strategy.go `applyAppArmorVersionSkew`, 1.36.
 */
export function copyAppArmorAnnotations(spec: JsonObject, annotations: ReadonlyMap<string, string>): JsonObject {
  const concerns = [...annotations.keys()].some((key) => key.startsWith(APP_ARMOR_ANNOTATION_PREFIX));
  if (!concerns || stringAt(spec, 'os', 'name') === 'windows') return spec;
  const ofPod = valueAt(spec, 'securityContext', 'appArmorProfile');
  const copy = (container: JsonObject) => {
    const annotation = annotations.get(APP_ARMOR_ANNOTATION_PREFIX + (stringAt(container, 'name') ?? ''));
    if (annotation === undefined || isJsonObject(valueAt(container, 'securityContext', 'appArmorProfile'))) {
      return container;
    }
    const profile = validProfileOf(annotation);
    if (profile === undefined || jsonEqual(profile, ofPod)) return container;
    return updateStruct(container, 'securityContext', (context) => ({ ...context, appArmorProfile: profile }));
  };
  return CONTAINER_LISTS.reduce((object, list) => updateItems(object, list, copy), spec);
}

/** The profile that an annotation means, if it is a good one. */
export function validProfileOf(annotation: string): JsonObject | undefined {
  const profile = appArmorProfileOf(annotation);
  if (profile === undefined) return undefined;
  return validateAppArmorProfile(profile, ValidationPath.of('appArmorProfile')).length === 0 ? profile : undefined;
}
