import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { arrayAt, booleanAt, isJsonObject, numberAt, objectAt, step, stringAt } from '../../base/json.ts';
import { isKubernetesObject } from '../../apimachinery/object.ts';
import { readYamlSource, isFailure } from '../yaml-source.ts';
import { refuseAt, mapsAt } from './kustomization.ts';
import type { Kustomization } from './kustomization.ts';
import type { ReadText } from './patches.ts';
import { allIds, gvkOf, withObject } from './resource.ts';
import type { Resource } from './resource.ts';
import { isSelected } from './selector.ts';

/** Values of one object written into others. Source: api/filters/replacement of kubernetes-sigs/kustomize. */
export function applyReplacements(
  resources: readonly Resource[],
  kustomization: Kustomization,
  read: ReadText,
): readonly Resource[] {
  return mapsAt(kustomization, 'replacements').reduce((current, [entry, path]) => {
    const file = stringAt(entry, 'path');
    const list = file === undefined ? [entry] : fromFile(read(kustomization, file, path), kustomization, path);
    return list.reduce((all, replacement) => new Replacement(replacement, kustomization, path).apply(all), current);
  }, resources);
}

function fromFile(text: string, kustomization: Kustomization, path: Path): readonly JsonObject[] {
  const source = readYamlSource(text);
  if (isFailure(source)) return refuseAt(kustomization, 'kustomize.replacement', path, { message: source.message });
  const list = Array.isArray(source.value) ? (source.value as readonly JsonValue[]) : [source.value];
  return list.filter(isJsonObject);
}

class Replacement {
  private readonly replacement: JsonObject;
  private readonly kustomization: Kustomization;
  private readonly path: Path;

  constructor(replacement: JsonObject, kustomization: Kustomization, path: Path) {
    this.replacement = replacement;
    this.kustomization = kustomization;
    this.path = path;
  }

  apply(resources: readonly Resource[]): readonly Resource[] {
    const value = this.value(resources);
    return arrayAt(this.replacement, 'targets').reduce<readonly Resource[]>((current, target) => {
      const select = objectAt(target, 'select');
      if (!select) return this.refuse('a target without select');
      return current.map((resource) => {
        if (!this.takes(resource, select) || arrayAt(target, 'reject').some((reject) => this.rejects(resource, reject)))
          return resource;
        return this.written(resource, value, target);
      });
    }, resources);
  }

  private refuse(message: string): never {
    return refuseAt(this.kustomization, 'kustomize.replacement', this.path, { message });
  }

  private takes(resource: Resource, selector: JsonObject): boolean {
    const selected = isSelected(resource, selector, allIds(resource));
    return selected === 'invalid' ? this.refuse('no valid selector') : selected;
  }

  private rejects(resource: Resource, reject: JsonValue): boolean {
    return isJsonObject(reject) && Object.keys(reject).length > 0 && this.takes(resource, reject);
  }

  private value(resources: readonly Resource[]): JsonValue {
    const given = this.replacement['sourceValue'];
    if (given !== undefined) return given;
    const source = objectAt(this.replacement, 'source');
    if (!source) return this.refuse('no source');
    const found = resources.filter((resource) => isSource(resource, source));
    if (found.length !== 1) return this.refuse(`${found.length} objects are its source`);
    const path = stepsOf(stringAt(source, 'fieldPath') ?? 'metadata.name');
    const value = path.reduce<JsonValue | undefined>(
      (current, part) => (Array.isArray(current) ? itemOf(current as readonly JsonValue[], part) : step(current, part)),
      found[0]!.object,
    );
    if (value === undefined || value === null) return this.refuse(`the source has no ${path.join('.')}`);
    const delimiter = stringAt(source, 'options', 'delimiter') ?? '';
    if (delimiter === '') return value;
    const part = String(value).split(delimiter)[numberAt(source, 'options', 'index') ?? 0];
    return part ?? this.refuse('the source has no such part');
  }

  private written(resource: Resource, value: JsonValue, target: JsonValue): Resource {
    const fields = arrayAt(target, 'fieldPaths').map(String);
    const options = objectAt(target, 'options') ?? {};
    const object = (fields.length === 0 ? ['metadata.name'] : fields).reduce<JsonValue>((current, field) => {
      const state = { found: false };
      const next = this.set(current, stepsOf(field), value, options, state);
      if (!state.found) return this.refuse(`${gvkOf(resource.object).kind} has no ${field}`);
      return next;
    }, resource.object);
    if (!isKubernetesObject(object)) return this.refuse('what is left is no object');
    return withObject(resource, object);
  }

  private set(
    current: JsonValue | undefined,
    path: readonly string[],
    value: JsonValue,
    options: JsonObject,
    state: { found: boolean },
  ): JsonValue {
    const [part, ...rest] = path;
    const isCreated = booleanAt(options, 'create') === true;
    if (part === undefined) {
      state.found = true;
      return joined(current, value, options);
    }
    if (Array.isArray(current)) {
      const items = current as readonly JsonValue[];
      return items.map((item, index) =>
        isItem(item, index, part) ? this.set(item, rest, value, options, state) : item,
      );
    }
    if (part === '*' && isJsonObject(current))
      return Object.fromEntries(
        Object.entries(current).map(([key, entry]) => [key, this.set(entry, rest, value, options, state)]),
      );
    const map = isJsonObject(current) ? current : undefined;
    const inner = map && Object.hasOwn(map, part) ? map[part] : undefined;
    if (inner === undefined && !isCreated) return current ?? null;
    return { ...map, [part]: this.set(inner, rest, value, options, state) };
  }
}

/** The source names its object exactly, by any of its names. */
function isSource(resource: Resource, source: JsonObject): boolean {
  const gvk = gvkOf(resource.object);
  const part = (key: string): string => stringAt(source, key) ?? '';
  const isOpen = (key: string, value: string): boolean => part(key) === '' || part(key) === value;
  return (
    isOpen('group', gvk.group) &&
    isOpen('version', gvk.version) &&
    allIds(resource).some(
      (id) => isOpen('kind', id.kind) && isOpen('name', id.name) && isOpen('namespace', id.namespace),
    )
  );
}

/** Steps parted by dots; what stands in brackets is one, `\.` is a dot. */
function stepsOf(path: string): readonly string[] {
  return [...path.matchAll(/(?:\[[^\]]*\]|\\\.|[^.[])+/g)].map(([part]) =>
    part.replaceAll('\\.', '.').replace(/^\[([^=\]]*)\]$/, '$1'),
  );
}

function isItem(item: JsonValue, index: number, part: string): boolean {
  if (part === '*') return true;
  const match = /^\[([^=]+)=(.*)\]$/.exec(part);
  return match ? String(step(item, match[1]!) ?? (match[1] === '' ? item : '')) === match[2] : part === String(index);
}

function itemOf(items: readonly JsonValue[], part: string): JsonValue | undefined {
  return items.find((item, index) => isItem(item, index, part));
}

function joined(current: JsonValue | undefined, value: JsonValue, options: JsonObject): JsonValue {
  const delimiter = stringAt(options, 'delimiter') ?? '';
  if (delimiter === '') return likeOld(current, value);
  const parts = String(current ?? '').split(delimiter);
  const index = numberAt(options, 'index') ?? 0;
  if (index < 0) parts.unshift(String(value));
  else if (index >= parts.length) parts.push(String(value));
  else parts[index] = String(value);
  return likeOld(current, parts.join(delimiter));
}

/** A scalar keeps its type where the text can be read so. */
function likeOld(current: JsonValue | undefined, value: JsonValue): JsonValue {
  if (typeof current === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  if (typeof current === 'number' && typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
  if (typeof current === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
