import type { GroupVersionKind } from '../apimachinery/group-version-kind.ts';
import type { JsonObject } from '../base/json.ts';
import { ownDescription, textOfField } from '../openapi/descriptions.ts';
import type { Schema } from '../openapi/schema.ts';
import { withoutNothing } from '../simulator/client/query-options.ts';

/** A kind, and what its objects hold. */
export interface ServedKind {
  readonly gvk: GroupVersionKind;
  readonly schema: Schema;
}

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const INT_OR_STRING = 'io.k8s.apimachinery.pkg.util.intstr.IntOrString';
const TIME = 'io.k8s.apimachinery.pkg.apis.meta.v1.Time';
const MICRO_TIME = 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime';
const RAW = 'io.k8s.apimachinery.pkg.runtime.RawExtension';

/** Types that print themselves, as the API server describes them. Source: api/openapi-spec/v3, 1.36. */
const LEAVES: Readonly<Record<string, JsonObject>> = {
  [QUANTITY]: {
    description: 'Quantity is a fixed-point representation of a number.',
    oneOf: [{ type: 'string' }, { type: 'number' }],
  },
  [INT_OR_STRING]: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  [TIME]: { type: 'string', format: 'date-time' },
  [MICRO_TIME]: { type: 'string', format: 'date-time' },
  [RAW]: { type: 'object' },
};

/** The kinds of one page of OpenAPI v3 with every type that they are made of, by the names the API server gives them. */
export function openApiSchemas(kinds: readonly ServedKind[]): JsonObject {
  const page = new Page();
  for (const { gvk, schema } of kinds) page.addKind(gvk, schema);
  return Object.fromEntries(page.schemas);
}

class Page {
  readonly schemas = new Map<string, JsonObject>(Object.entries(LEAVES));

  addKind({ group, version, kind }: GroupVersionKind, schema: Schema): void {
    const name = schema.typeId === undefined ? ofCustomKind(group, version, kind) : nameOfType(schema.typeId);
    this.schemas.set(name, {
      ...this.objectOf(schema, name),
      'x-kubernetes-group-version-kind': [{ group, version, kind }],
    });
  }

  /** A type of its own is described once and pointed at. */
  private refTo(schema: Schema, typeId: string): JsonObject {
    const name = nameOfType(typeId);
    if (!this.schemas.has(name)) {
      // It is there before its fields are, for a type may hold itself.
      this.schemas.set(name, {});
      this.schemas.set(name, this.objectOf(schema, name));
    }
    return refOf(name);
  }

  private objectOf(schema: Schema, name: string): JsonObject {
    const properties = [...schema.properties].map(([field, type]): [string, JsonObject] => [
      field,
      withDescription(this.valueOf(type), type.description ?? textOfField(schema, field)),
    ]);
    const description = ownDescription(schema);
    return {
      type: 'object',
      description: description === '' ? name : description,
      ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
      ...(schema.required.length === 0 ? {} : { required: [...schema.required] }),
      ...(schema.values === undefined ? {} : { additionalProperties: this.valueOf(schema.values) }),
    };
  }

  private valueOf(schema: Schema): JsonObject {
    const { type, format, typeId, items, values } = schema;
    switch (type) {
      case 'quantity':
        return refOf(QUANTITY);
      case 'integerOrString':
        return refOf(INT_OR_STRING);
      case 'any':
        return schema.judgedBy === 'go' ? refOf(RAW) : withoutNothing({ description: schema.description });
      case 'array':
        return { type, ...(items === undefined ? {} : { items: this.valueOf(items) }), ...marksOf(schema) };
      case 'object':
        if (typeId !== undefined && schema.properties.size > 0) return this.refTo(schema, typeId);
        if (schema.properties.size > 0) return this.objectOf(schema, '');
        return { type, ...(values === undefined ? {} : { additionalProperties: this.valueOf(values) }) };
      case 'string':
        if (format === 'date-time' && schema.judgedBy === 'go') return refOf(TIME);
        if (format === 'micro-time') return refOf(MICRO_TIME);
        return withoutNothing({ type, format, enum: schema.enum });
      default:
        return withoutNothing({ type, format, enum: schema.enum });
    }
  }
}

function marksOf({ listType, listMapKeys, patchStrategies, patchMergeKey }: Schema): JsonObject {
  return withoutNothing({
    'x-kubernetes-list-type': listType,
    'x-kubernetes-list-map-keys': listMapKeys.length === 0 ? undefined : [...listMapKeys],
    'x-kubernetes-patch-strategy': patchStrategies.length === 0 ? undefined : patchStrategies.join(','),
    'x-kubernetes-patch-merge-key': patchMergeKey,
  });
}

function refOf(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

/** OpenAPI 3.0 lets nothing stand beside a `$ref`, so that the text goes around it. */
function withDescription(value: JsonObject, description: string): JsonObject {
  if (description === '') return value;
  return value['$ref'] === undefined ? { ...value, description } : { allOf: [value], description };
}

/** `apps/v1.Deployment` as the API server spells it: `io.k8s.api.apps.v1.Deployment`. */
function nameOfType(typeId: string): string {
  const dot = typeId.lastIndexOf('.');
  const [place, type] = [typeId.slice(0, dot), typeId.slice(dot + 1)];
  if (place.startsWith('meta/')) return `io.k8s.apimachinery.pkg.apis.meta.${place.slice('meta/'.length)}.${type}`;
  const [group = '', version] = place.includes('/') ? place.split('/') : ['core', place];
  if (group.endsWith('.k8s.io') && !/^(?:gateway|autoscaling|metrics|snapshot)/.test(group))
    return ofBuiltIn(group, version ?? '', type);
  return group.includes('.')
    ? ofCustomKind(group, version ?? '', type)
    : `io.k8s.api.${group}.${version ?? ''}.${type}`;
}

function ofBuiltIn(group: string, version: string, type: string): string {
  if (group === 'apiextensions.k8s.io')
    return `io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.${version}.${type}`;
  if (group === 'apiregistration.k8s.io') return `io.k8s.kube-aggregator.pkg.apis.apiregistration.${version}.${type}`;
  return `io.k8s.api.${group.slice(0, group.indexOf('.'))}.${version}.${type}`;
}

/** Kinds of CustomResourceDefinitions: `io.k8s.networking.gateway.v1.HTTPRoute`. */
function ofCustomKind(group: string, version: string, kind: string): string {
  return [...group.split('.').toReversed(), version, kind].join('.');
}
