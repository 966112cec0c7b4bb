import type { JsonValue } from '../../base/json.ts';
import { isJsonObject, valueAt } from '../../base/json.ts';
import { shownStruct, structsOf } from '../shared/validation/go-structs.ts';
import type { Structs } from '../shared/validation/go-structs.ts';
import type { InternalSpec } from './internal-spec.ts';

/**
 * The structs of the internal version, as `structsOf` reads them. A schema in a place where something else may stand too
 * is a struct of its own, as `internalSchema` makes it.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/types.go and types_jsonschema.go, 1.36.
 */
const STRUCTS = `
Version = Name:name Served:served:bool Storage:storage:bool Deprecated:deprecated:bool
  DeprecationWarning:deprecationWarning:any Schema:schema:Validation Subresources:subresources:Subresources
  AdditionalPrinterColumns:additionalPrinterColumns:[Column SelectableFields:selectableFields:[SelectableField
Validation = OpenAPIV3Schema:openAPIV3Schema:Schema
Subresources = Status:status:any Scale:scale:Scale
Scale = SpecReplicasPath:specReplicasPath StatusReplicasPath:statusReplicasPath LabelSelectorPath:labelSelectorPath:any
Column = Name:name Type:type Format:format Description:description Priority:priority:int JSONPath:jsonPath
SelectableField = JSONPath:jsonPath
Schema = ID:id Schema:$schema Ref:$ref:any Description:description Type:type Nullable:nullable:bool Format:format
  Title:title Default:default:any Maximum:maximum:any ExclusiveMaximum:exclusiveMaximum:bool Minimum:minimum:any
  ExclusiveMinimum:exclusiveMinimum:bool MaxLength:maxLength:any MinLength:minLength:any Pattern:pattern
  MaxItems:maxItems:any MinItems:minItems:any UniqueItems:uniqueItems:bool MultipleOf:multipleOf:any Enum:enum:any
  MaxProperties:maxProperties:any MinProperties:minProperties:any Required:required:any Items:items:SchemaOrArray
  AllOf:allOf:[Schema OneOf:oneOf:[Schema AnyOf:anyOf:[Schema Not:not:Schema Properties:properties:{Schema
  AdditionalProperties:additionalProperties:SchemaOrBool PatternProperties:patternProperties:{Schema
  Dependencies:dependencies:{SchemaOrNames AdditionalItems:additionalItems:SchemaOrBool Definitions:definitions:{Schema
  ExternalDocs:externalDocs:Docs Example:example:any
  XPreserveUnknownFields:x-kubernetes-preserve-unknown-fields:any
  XEmbeddedResource:x-kubernetes-embedded-resource:bool XIntOrString:x-kubernetes-int-or-string:bool
  XListMapKeys:x-kubernetes-list-map-keys:any XListType:x-kubernetes-list-type:any XMapType:x-kubernetes-map-type:any
  XValidations:x-kubernetes-validations:[Rule
SchemaOrArray = Schema:schema:Schema JSONSchemas:schemas:[Schema
SchemaOrBool = Allows:allows:bool Schema:schema:Schema
SchemaOrNames = Schema:schema:Schema Property:names:any
Docs = Description:description URL:url
Rule = Rule:rule Message:message MessageExpression:messageExpression Reason:reason:any FieldPath:fieldPath
  OptionalOldSelf:optionalOldSelf:any
`;

let structs: Structs | undefined;

/** The versions as the server prints them, in Go's names. */
export function shownVersions({ spec, versions }: InternalSpec): JsonValue {
  if (versions.length === 0) return Array.isArray(valueAt(spec, 'versions')) ? [] : null;
  structs ??= structsOf(STRUCTS);
  const known = structs;
  return versions.map(({ source, name, schema, subresources, columns, selectableFields }) => {
    const parts = {
      ...source,
      name,
      schema: schema === undefined ? null : { openAPIV3Schema: internalSchema(schema['openAPIV3Schema']) },
      subresources: subresources ?? null,
      additionalPrinterColumns: columns.length === 0 ? null : columns,
      selectableFields: selectableFields.length === 0 ? null : selectableFields,
    };
    return shownStruct(parts, known['Version']!, known);
  });
}

type Inner = (value: JsonValue | undefined) => JsonValue;

const inMap =
  (inner: Inner): Inner =>
  (value) =>
    isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inner(one)])) : null;
const inList: Inner = (value) => (Array.isArray(value) ? value.map((one) => internalSchema(one)) : null);
const orArray: Inner = (value) =>
  Array.isArray(value) ? { schemas: inList(value) } : { schema: internalSchema(value) };
const orBool: Inner = (value) =>
  typeof value === 'boolean' ? { allows: value } : { allows: true, schema: internalSchema(value) };
const orNames: Inner = (value) => (Array.isArray(value) ? { names: value } : { schema: internalSchema(value) });

/** Where a schema holds others. */
const INNER: Readonly<Record<string, Inner>> = {
  items: orArray,
  allOf: inList,
  oneOf: inList,
  anyOf: inList,
  not: internalSchema,
  properties: inMap(internalSchema),
  additionalProperties: orBool,
  patternProperties: inMap(internalSchema),
  dependencies: inMap(orNames),
  additionalItems: orBool,
  definitions: inMap(internalSchema),
};

/** A schema as its internal version keeps it: what stands in place of a schema is told from one. */
function internalSchema(schema: JsonValue | undefined): JsonValue {
  if (!isJsonObject(schema)) return schema ?? null;
  return Object.fromEntries(
    Object.entries(schema).map(([field, value]) => {
      const inner = Object.hasOwn(INNER, field) ? INNER[field] : undefined;
      return [field, inner === undefined || value === undefined || value === null ? value : inner(value)];
    }),
  );
}
