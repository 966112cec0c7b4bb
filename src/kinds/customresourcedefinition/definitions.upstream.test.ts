import { beforeAll, describe, expect } from 'vitest';
import type { FieldError } from '../../apimachinery/field-error.ts';
import { formatFieldError } from '../../apimachinery/field-error.ts';
import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../base/testing/upstream-table.ts';
import { preloadSchemas } from '../../openapi/built-in-schemas.ts';
import { metadataRulesOf } from '../metadata-rules.ts';
import { validateObjectMeta, validateObjectMetaUpdate } from '../shared/validation/object-meta.ts';
import { customResourceDefinitionStrategy as strategy } from './customresourcedefinition.strategy.ts';
import type { RootOptions } from './root-schema.validation.ts';
import { validateRootSchema } from './root-schema.validation.ts';
import { fieldAt } from './schema-field-path.ts';
import { LEFT_OUT_DEFINITIONS, LEFT_OUT_SCHEMAS } from './testdata/left-out.ts';
import definitionTable from './testdata/definitions.upstream.json' with { type: 'json' };
import schemaTable from './testdata/schemas.upstream.json' with { type: 'json' };

/** Path, reason and detail. */
type Told = readonly string[];

interface DefinitionRow {
  readonly test: string;
  readonly name: string;
  readonly object: KubernetesObject;
  readonly old?: KubernetesObject;
  readonly errors: readonly Told[];
}

interface SchemaRow {
  readonly test: string;
  readonly name: string;
  readonly schema: JsonObject | null;
  readonly status: boolean;
  readonly options: Readonly<
    Record<'knownTypes' | 'structural' | 'atomicSetItems' | 'strictMapKeys' | 'pruned' | 'anyRuleCost', boolean>
  >;
  readonly errors: readonly Told[];
}

/** The order of Go's maps is chance, and the metadata's errors are told by the caller. */
const lines = (errors: readonly Told[]): readonly string[] =>
  [...new Set(errors.map((told) => told.join(' | ')))].sort();
const told = (errors: readonly FieldError[]): readonly string[] =>
  lines(errors.map(({ path, reason, detail }) => [path.toString(), reason, detail]));

function errorsOf({ object, old }: DefinitionRow): readonly FieldError[] {
  const rules = metadataRulesOf(groupVersionKindOf(object), object);
  if (rules === undefined) return [];
  const [metadata, before] = [valueAt(object, 'metadata'), valueAt(old, 'metadata')];
  const own =
    old === undefined
      ? validateObjectMeta(metadata, { ...rules, namespaced: false })
      : validateObjectMetaUpdate(metadata, before, rules);
  return [...own, ...strategy.validate(object, old)];
}

beforeAll(() => preloadSchemas(['']));

const key = ({ test, name }: { readonly test: string; readonly name: string }): string => `${test}/${name}`;

/** Name, versions, stored versions, errors; the version v1 is the one in which objects are stored. */
const STORED_VERSIONS: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
  ['one version', ['v1'], ['v1'], []],
  ['no stored version', ['v1'], [], ['must have at least one stored version']],
  ['many versions', ['v1alpha', 'v1beta1', 'v1'], ['v1alpha', 'v1'], []],
  [
    'missing stored versions',
    ['v1beta1', 'v1'],
    ['v1alpha', 'v1beta1', 'v1'],
    ['storedVersions[0]: Invalid value: "v1alpha": missing from spec.versions'],
  ],
  [
    'missing storage versions',
    ['v1alpha', 'v1beta1', 'v1'],
    ['v1alpha', 'v1beta1'],
    ['Invalid value: ["v1alpha","v1beta1"]: must have the storage version v1'],
  ],
];

describe('definitions', () => {
  const source = upstreamSource('validation', definitionTable.source);
  const rows = (definitionTable.definitions as unknown as readonly DefinitionRow[]).filter(
    (row) => !Object.hasOwn(LEFT_OUT_DEFINITIONS, key(row)),
  );
  upstreamLeftOut(source, LEFT_OUT_DEFINITIONS);
  upstreamEach(source)(rows.map((row) => [key(row), row] as const))('%s', (_, row) => {
    expect(told(errorsOf(row))).toEqual(lines(row.errors));
  });

  upstreamEach(source, 'TestValidateCustomResourceDefinitionStoredVersions')(STORED_VERSIONS)(
    '%s',
    (_, names, stored, errors) => {
      const versions = names.map((name) => ({ name, served: true, storage: name === 'v1' }));
      const status = { storedVersions: stored };
      const object = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: {}, status };
      const all = strategy.validate({ ...object, spec: { versions } }).map(formatFieldError);
      expect(all.filter((line) => line.startsWith('status.storedVersions'))).toEqual(
        errors.map((words) => expect.stringContaining(words)),
      );
    },
  );
});

describe('schemas', () => {
  const source = upstreamSource('validation', schemaTable.source);
  const rows = (schemaTable.schemas as unknown as readonly SchemaRow[]).filter(
    (row) => !Object.hasOwn(LEFT_OUT_SCHEMAS, key(row)),
  );
  upstreamLeftOut(source, LEFT_OUT_SCHEMAS);
  upstreamEach(source)(rows.map((row) => [key(row), row] as const))('%s', (_, { schema, status, options, errors }) => {
    const root: RootOptions = {
      ...options,
      hasStatus: status,
      unprunedDefaults: !options.pruned,
    };
    const holder = schema === null ? {} : { openAPIV3Schema: schema };
    expect(told(validateRootSchema(holder, ValidationPath.of('spec', 'validation'), root))).toEqual(lines(errors));
  });

  upstreamEach(source)(schemaTable.fieldPaths.map((row) => [key(row), row] as const))('%s', (_, row) => {
    const found = fieldAt(row.schema as JsonObject, row.path, true);
    expect(found.ok ? '' : found.message).toBe(row.error);
  });
});
