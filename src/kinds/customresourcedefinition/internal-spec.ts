import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asObject, jsonEqual, objectAt, stringAt } from '../../base/json.ts';

/** What a definition says of one version, or of all versions alike. */
export interface VersionParts {
  readonly schema: JsonObject | undefined;
  readonly subresources: JsonObject | undefined;
  readonly columns: readonly JsonValue[];
  readonly selectableFields: readonly JsonValue[];
}

export interface InternalVersion extends VersionParts {
  readonly source: JsonObject;
  readonly name: string;
}

/** The spec as the server validates it. */
export interface InternalSpec extends VersionParts {
  readonly spec: JsonObject;
  readonly versions: readonly InternalVersion[];
}

/**
 * What all versions say alike is moved up to the spec, and is reported there.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/conversion.go, 1.36.
 */
export function internalSpecOf(spec: JsonObject): InternalSpec {
  const versions = arrayAt(spec, 'versions').map((entry) => versionOf(asObject(entry) ?? {}));
  const alike = <K extends keyof VersionParts>(part: K): boolean =>
    versions.length > 0 && versions.every((version) => jsonEqual(version[part], versions[0]![part]));
  const first = versions[0];
  const up = {
    schema: alike('schema'),
    subresources: alike('subresources'),
    columns: alike('columns'),
    selectableFields: alike('selectableFields'),
  };
  return {
    spec,
    schema: up.schema ? first?.schema : undefined,
    subresources: up.subresources ? first?.subresources : undefined,
    columns: up.columns && first ? first.columns : [],
    selectableFields: up.selectableFields && first ? first.selectableFields : [],
    versions: versions.map((version) => ({
      ...version,
      schema: up.schema ? undefined : version.schema,
      subresources: up.subresources ? undefined : version.subresources,
      columns: up.columns ? [] : version.columns,
      selectableFields: up.selectableFields ? [] : version.selectableFields,
    })),
  };
}

function versionOf(source: JsonObject): InternalVersion {
  return {
    source,
    name: stringAt(source, 'name') ?? '',
    schema: objectAt(source, 'schema'),
    subresources: objectAt(source, 'subresources'),
    columns: arrayAt(source, 'additionalPrinterColumns'),
    selectableFields: arrayAt(source, 'selectableFields'),
  };
}

/** Every schema of the spec. */
export function schemasOf({ schema, versions }: InternalSpec): readonly JsonObject[] {
  return [schema, ...versions.map((version) => version.schema)].flatMap((entry) => {
    const root = objectAt(entry, 'openAPIV3Schema');
    return root === undefined ? [] : [root];
  });
}
