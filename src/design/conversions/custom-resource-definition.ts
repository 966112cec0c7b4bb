import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asArray, asObject, isJsonObject, nameAt, objectAt, stringAt } from '../../base/json.ts';
import { withValue } from './change-object.ts';
import type { Conversion, ConversionNote, Converted, Rename } from './conversion.ts';

/**
 * CustomResourceDefinitions of v1beta1: what stood beside the versions stands in each of them, a schema is required, and
 * whether unnamed fields are kept is said in the schema.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/{v1/conversion,v1beta1/defaults}.go, 1.36.
 */
export const customResourceDefinition: Conversion = {
  from: [{ group: 'apiextensions.k8s.io', version: 'v1beta1', kind: 'CustomResourceDefinition' }],
  to: { group: 'apiextensions.k8s.io', version: 'v1', kind: 'CustomResourceDefinition' },
  convert(object) {
    const spec = objectAt(object, 'spec');
    return spec === undefined ? undefined : convertSpec(object, spec);
  },
};

/** Fields that v1 knows in each version only. */
const MOVED = ['subresources', 'additionalPrinterColumns', 'selectableFields'] as const;
const KEEP = 'x-kubernetes-preserve-unknown-fields';

function convertSpec(object: KubernetesObject, spec: JsonObject): Converted {
  const {
    version,
    validation,
    subresources,
    additionalPrinterColumns,
    selectableFields,
    preserveUnknownFields,
    ...rest
  } = spec;
  const keepsAll = preserveUnknownFields !== false;
  const notes: ConversionNote[] = keepsAll ? [{ id: 'fieldsKept', params: {} }] : [];
  const shared: JsonObject = { subresources, additionalPrinterColumns, selectableFields };
  const written = arrayAt(spec, 'versions');
  const versions = (written.length > 0 ? written : [{ name: version ?? '', served: true, storage: true }]).map((each) =>
    convertVersion(asObject(each) ?? {}, shared, validation, keepsAll, notes),
  );
  const conversion = objectAt(spec, 'conversion');
  const converted: JsonObject = {
    ...rest,
    scope: nameAt(spec, 'scope') ?? 'Namespaced',
    versions,
    ...(conversion === undefined ? {} : { conversion: convertConversion(conversion, notes) }),
  };
  return { object: withValue(object, ['spec'], converted), renames: columnRenames(spec), notes };
}

function convertVersion(
  version: JsonObject,
  shared: JsonObject,
  validation: JsonValue | undefined,
  keepsAll: boolean,
  notes: ConversionNote[],
): JsonObject {
  const own = objectAt(version, 'schema') ?? asObject(validation);
  const schema = schemaOf(own, keepsAll, notes);
  const moved = MOVED.flatMap((field) => {
    const value = version[field] ?? shared[field];
    return value === undefined ? [] : [[field, field === 'additionalPrinterColumns' ? columns(value) : value] as const];
  });
  return { ...version, schema, ...Object.fromEntries(moved) };
}

function schemaOf(schema: JsonObject | undefined, keepsAll: boolean, notes: ConversionNote[]): JsonObject {
  const root = objectAt(schema, 'openAPIV3Schema');
  if (root === undefined) {
    if (!notes.some(({ id }) => id === 'schemaAdded')) notes.push({ id: 'schemaAdded', params: {} });
    return { openAPIV3Schema: { type: 'object', [KEEP]: true } };
  }
  const typed = stringAt(root, 'type') === undefined ? { type: 'object', ...root } : root;
  return { ...schema, openAPIV3Schema: keepsAll ? keepingAll(typed) : typed };
}

/** Every object of a schema keeps what it does not name; maps and opaque resources keep all they hold anyway. */
function keepingAll(schema: JsonObject): JsonObject {
  const properties = objectAt(schema, 'properties');
  const inner: JsonObject = {
    ...(properties === undefined
      ? {}
      : { properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, keepingIn(value)])) }),
    ...(isJsonObject(schema['items']) ? { items: keepingAll(schema['items']) } : {}),
    ...(isJsonObject(schema['additionalProperties'])
      ? { additionalProperties: keepingAll(schema['additionalProperties']) }
      : {}),
  };
  const isMap = schema['additionalProperties'] !== undefined;
  const keeps = schema['type'] === 'object' && !isMap ? { [KEEP]: true } : {};
  return { ...schema, ...inner, ...keeps };
}

function keepingIn(value: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(value) ? keepingAll(value) : value;
}

/** `JSONPath` is spelled `jsonPath`. */
function columns(value: JsonValue): JsonValue {
  return asArray(value).map((column) => {
    const { JSONPath, ...rest } = asObject(column) ?? {};
    return JSONPath === undefined ? column : { ...rest, jsonPath: JSONPath };
  });
}

function columnRenames(spec: JsonObject): readonly Rename[] {
  return arrayAt(spec, 'versions').flatMap((version, index) =>
    arrayAt(version, 'additionalPrinterColumns').flatMap((column, place) =>
      asObject(column)?.['JSONPath'] === undefined
        ? []
        : [
            {
              path: ['spec', 'versions', index, 'additionalPrinterColumns', place, 'JSONPath'],
              key: 'jsonPath',
            },
          ],
    ),
  );
}

function convertConversion(conversion: JsonObject, notes: ConversionNote[]): JsonObject {
  const { webhookClientConfig, conversionReviewVersions, ...rest } = conversion;
  if (stringAt(conversion, 'strategy') !== 'Webhook') return rest;
  const versions = asArray(conversionReviewVersions);
  if (versions.length === 0) notes.push({ id: 'reviewVersions', params: { versions: 'v1beta1' } });
  return {
    ...rest,
    webhook: {
      ...(webhookClientConfig === undefined ? {} : { clientConfig: webhookClientConfig }),
      conversionReviewVersions: versions.length === 0 ? ['v1beta1'] : versions,
    },
  };
}
