import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import { gvkOf, selectsGvk } from './resource.ts';
import type { Gvk } from './resource.ts';

/**
 * Which field of which kinds a transformer writes. Path steps are parted by `/`, lists are walked through, `\/` is a slash in
 * a key. Source: api/filters/fieldspec of kubernetes-sigs/kustomize.
 */
export interface FieldSpec extends Partial<Gvk> {
  readonly path: string;
  readonly create?: boolean;
}

/** What a field becomes; undefined leaves a missing field missing. */
export type FieldEdit = (value: JsonValue | undefined, owner: JsonObject) => JsonValue | undefined;

export function editFields(object: KubernetesObject, specs: readonly FieldSpec[], edit: FieldEdit): KubernetesObject {
  const gvk = gvkOf(object);
  return specs.reduce<KubernetesObject>(
    (current, spec) =>
      selectsGvk(spec, gvk)
        ? (walk(current, stepsOf(spec.path), spec.create === true, edit) as KubernetesObject)
        : current,
    object,
  );
}

function stepsOf(path: string): readonly string[] {
  return path.split(/(?<!\\)\//).map((step) => step.replaceAll('\\/', '/').replace(/\[\]$/, ''));
}

function walk(value: JsonValue, steps: readonly string[], create: boolean, edit: FieldEdit): JsonValue {
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    const walked = items.map((item) => walk(item, steps, create, edit));
    return walked.every((item, index) => item === items[index]) ? value : walked;
  }
  const [key, ...rest] = steps;
  if (!isJsonObject(value) || key === undefined) return value;
  const before = Object.hasOwn(value, key) ? value[key] : undefined;
  if (rest.length === 0) {
    const after = before === undefined && !create ? undefined : edit(before, value);
    return after === undefined || after === before ? value : { ...value, [key]: after };
  }
  if (before === undefined && !create) return value;
  const after = walk(before ?? {}, rest, create, edit);
  return after === before || (before === undefined && isEmpty(after)) ? value : { ...value, [key]: after };
}

function isEmpty(value: JsonValue): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}
