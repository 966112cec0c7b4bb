import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { asObject, isJsonObject } from '../../base/json.ts';
import { schemaOf } from '../../openapi/built-in-schemas.ts';
import { nestedTypeProblem } from '../../openapi/decode.ts';
import { dropNulls } from '../../openapi/drop-nulls.ts';
import type { Schema } from '../../openapi/schema.ts';
import { stepInto } from '../../openapi/schema.ts';
import { updateItems, updateStruct } from '../shared/defaults/fill-in.ts';
import { mapFields, mapItems } from '../shared/custom-resource/map-values.ts';
import type { ReadByItself } from '../strategy.ts';

const EXPECTED = 'boolean or JSON schema expected';
const SCHEMA = ['schema', 'openAPIV3Schema'];
const ONE_OR_BOOLEAN = ['additionalProperties', 'additionalItems'];
const LISTS = ['allOf', 'anyOf', 'oneOf'];
const MAPS = ['properties', 'patternProperties', 'definitions'];

/** What is wrong, and where. */
type Problem = Omit<Extract<ReadByItself, { readonly ok: false }>, 'ok'>;

/**
 * The definition with its schemas as Go reads them. `items`, `additionalProperties`, `additionalItems` and `dependencies`
 * have decoders of their own: what may be a schema or a boolean must be one of them, what is neither a schema nor a list is
 * no `items`, and inside of them fields that nobody knows are dropped without a word. Source:
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/marshal.go, 1.36.2.
 */
export function readSchemas(definition: KubernetesObject): ReadByItself {
  const reader = new SchemaReader(schemaOf(groupVersionKindOf(definition)));
  let index = -1;
  const object = updateStruct(definition, 'spec', (spec) =>
    updateItems(spec, 'versions', (version) => {
      index++;
      const path = ['spec', 'versions', index, ...SCHEMA];
      if (asObject(asObject(version['schema'])?.['openAPIV3Schema']) === undefined) return version;
      return updateStruct(version, 'schema', (holder) =>
        updateStruct(holder, 'openAPIV3Schema', (schema) => reader.read(schema, path, undefined)),
      );
    }),
  );
  return reader.problem === undefined ? { ok: true, object } : { ok: false, ...reader.problem };
}

class SchemaReader {
  /** The first that was met. */
  problem: Problem | undefined;
  private readonly root: Schema | undefined;
  /** The type of a schema; undefined where it is not known. */
  private readonly props: Schema | undefined;

  constructor(root: Schema | undefined) {
    this.root = root;
    this.props = ['spec', 'versions', 0, ...SCHEMA].reduce<Schema | undefined>(
      (schema, step) => schema && stepInto(schema, step),
      root,
    );
  }

  /** A schema. `own`: where the outermost decoder stands that reads it by itself; undefined outside of all. */
  read(schema: JsonObject, path: Path, own: Path | undefined): JsonObject {
    return mapFields(schema, (value, name): JsonValue | undefined => {
      const at = [...path, name];
      if (own !== undefined && this.props?.properties.has(name) === false) return undefined;
      if (ONE_OR_BOOLEAN.includes(name)) {
        if (typeof value !== 'boolean' && !isJsonObject(value)) this.problem ??= { path: at, message: EXPECTED };
        return isJsonObject(value) ? this.readByItself(value, at, own ?? at) : value;
      }
      if (name === 'items') return this.readItems(value, at, own ?? at);
      if (name === 'dependencies' && isJsonObject(value))
        return mapFields(value, (child, key) => {
          const of = [...at, key];
          return isJsonObject(child) ? this.readByItself(child, of, own ?? of) : child;
        });
      if (name === 'not' || LISTS.includes(name)) return this.below(value, at, own);
      if (!MAPS.includes(name) || !isJsonObject(value)) return value;
      return mapFields(value, (child, key) => this.below(child, [...at, key], own));
    });
  }

  private below(value: JsonValue, path: Path, own: Path | undefined): JsonValue {
    if (isJsonObject(value)) return this.read(value, path, own);
    if (!Array.isArray(value)) return value;
    return mapItems(value as readonly JsonValue[], (item, index) =>
      isJsonObject(item) ? this.read(item, [...path, index], own) : item,
    );
  }

  private readItems(value: JsonValue, at: Path, own: Path): JsonValue | undefined {
    if (isJsonObject(value)) return this.readByItself(value, at, own);
    if (!Array.isArray(value)) return undefined;
    return mapItems(value as readonly JsonValue[], (item, index) =>
      isJsonObject(item) ? this.readByItself(item, [...at, index], own) : this.readScalar(item, [...at, index], own),
    );
  }

  /** Decoders inside of this one stop it; other wrong types are told once all is read. */
  private readByItself(value: JsonObject, at: Path, own: Path): JsonObject {
    const read = this.read(value, at, own);
    this.judge(read, at, own);
    if (this.props === undefined) return read;
    const decoded = dropNulls(read, this.props);
    return isJsonObject(decoded) ? decoded : read;
  }

  private readScalar(value: JsonValue, at: Path, own: Path): JsonValue {
    this.judge(value, at, own);
    return value;
  }

  private judge(value: JsonValue, at: Path, own: Path): void {
    const { root, props } = this;
    if (this.problem !== undefined || root === undefined || props === undefined) return;
    const message = nestedTypeProblem(value, props, root, own);
    if (message !== undefined) this.problem = { path: at, message };
  }
}
