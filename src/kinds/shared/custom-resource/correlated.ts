import type { JsonValue } from '../../../base/json.ts';
import { isJsonObject, jsonEqual } from '../../../base/json.ts';
import type { StructuralSchema } from './structural-schema.ts';

/**
 * A value of an update beside the old value at the same place; items of a list belong together by their map keys, and no
 * items of other lists do. Source: staging/src/k8s.io/apiserver/pkg/cel/common/{equality,maplist}.go, 1.36.
 */
export class Correlated {
  private readonly value: JsonValue;
  private readonly old: JsonValue;
  private readonly schema: StructuralSchema;
  private readonly children = new Map<string | number, Correlated | undefined>();
  private unchanged: boolean | undefined;

  constructor(value: JsonValue, old: JsonValue, schema: StructuralSchema) {
    this.value = value;
    this.old = old;
    this.schema = schema;
  }

  field(name: string): Correlated | undefined {
    return this.child(name, () => {
      if (!isJsonObject(this.value) || !isJsonObject(this.old)) return undefined;
      const { additional, properties } = this.schema;
      const schema = properties.get(name) ?? (typeof additional === 'object' ? additional : undefined);
      const [value, old] = [this.value[name], Object.hasOwn(this.old, name) ? this.old[name] : undefined];
      return value === undefined || old === undefined || schema === undefined
        ? undefined
        : new Correlated(value, old, schema);
    });
  }

  index(index: number): Correlated | undefined {
    return this.child(index, () => {
      const { items } = this.schema;
      if (this.schema.listType !== 'map' || items === undefined) return undefined;
      if (!Array.isArray(this.value) || !Array.isArray(this.old)) return undefined;
      const value = (this.value as readonly JsonValue[])[index];
      const key = value === undefined ? undefined : this.keyOf(value);
      if (value === undefined || key === undefined) return undefined;
      const old = (this.old as readonly JsonValue[]).find((item) => this.keyOf(item) === key);
      return old === undefined ? undefined : new Correlated(value, old, items);
    });
  }

  /** Objects with fields that the schema does not know never count as unchanged. */
  get isUnchanged(): boolean {
    this.unchanged ??= this.compare();
    return this.unchanged;
  }

  private compare(): boolean {
    const { value, old } = this;
    if (Array.isArray(value) && Array.isArray(old)) {
      if (value.length !== old.length) return false;
      if (this.schema.listType !== 'map') return jsonEqual(value, old);
      return value.every((_, index) => this.index(index)?.isUnchanged === true);
    }
    if (isJsonObject(value) && isJsonObject(old)) {
      const names = Object.keys(value);
      if (names.length !== Object.keys(old).length) return false;
      return names.every((name) => this.field(name)?.isUnchanged === true);
    }
    return jsonEqual(value, old);
  }

  private child(step: string | number, make: () => Correlated | undefined): Correlated | undefined {
    if (!this.children.has(step)) this.children.set(step, make());
    return this.children.get(step);
  }

  /** Undefined where a key is missing or no scalar. */
  private keyOf(item: JsonValue): string | undefined {
    if (!isJsonObject(item) || this.schema.listMapKeys.length === 0) return undefined;
    const keys = this.schema.listMapKeys.map((name) => (Object.hasOwn(item, name) ? item[name] : undefined));
    if (keys.some((key) => key === undefined || key === null || typeof key === 'object')) return undefined;
    return JSON.stringify(keys.map((key) => [typeof key, String(key)]));
  }
}
