import { beforeAll, describe, expect } from 'vitest';
import type { FieldError } from '../../../apimachinery/field-error.ts';
import { formatFieldError } from '../../../apimachinery/field-error.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../../base/testing/upstream-table.ts';
import type { LeftOut } from '../../../base/testing/upstream-table.ts';
import { validateRules } from '../../../cel/validate-rules.ts';
import { preloadSchemas } from '../../../openapi/built-in-schemas.ts';
import { setSchemaDefaults } from './defaults.ts';
import { coerceEmbedded, validateEmbedded } from './embedded-resources.ts';
import { validateListTypes } from './list-types.ts';
import { prune, pruneNulls } from './prune.ts';
import type { StructuralSchema } from './structural-schema.ts';
import { structuralSchema } from './structural-schema.ts';
import tables from './testdata/schema.upstream.json' with { type: 'json' };
import { LEFT_OUT } from './testdata/schema.left-out.ts';
import { validateValue } from './value-validation.ts';

interface Row {
  readonly test: string;
  readonly name: string;
  readonly schema?: JsonObject;
  readonly json?: JsonValue;
  readonly object?: JsonValue;
  readonly old?: JsonValue;
  readonly expected?: JsonValue;
  readonly root?: boolean;
  readonly drop?: boolean;
  readonly error?: boolean;
  readonly pruned?: readonly string[];
  readonly unknown?: readonly string[];
  /** Path, reason and detail. */
  readonly errors?: readonly (readonly string[])[];
}

beforeAll(() => preloadSchemas(['']));

type Name = keyof typeof tables;

const keyOf = ({ test, name }: Row): string => `${test}/${name}`;

function each(table: Name, run: (row: Row) => void): void {
  describe(table, () => {
    const { source, cases } = tables[table];
    const upstream = upstreamSource('validation', source);
    const leftOut: LeftOut = LEFT_OUT[table] ?? {};
    const rows = (cases as readonly Row[]).filter((row) => !Object.hasOwn(leftOut, keyOf(row)));
    upstreamLeftOut(upstream, leftOut);
    upstreamEach(upstream)(rows.map((row) => [keyOf(row), row] as const))('%s', (_, row) => run(row));
  });
}

const schemaOf = ({ schema }: Row): StructuralSchema | undefined =>
  schema === undefined ? undefined : structuralSchema(schema);

const told = (errors: readonly FieldError[]): readonly string[] =>
  [...new Set(errors.map(({ path, reason, detail }) => [path.toString(), reason, detail].join(' | ')))].sort();
const wanted = ({ errors = [] }: Row): readonly string[] => [...new Set(errors.map((one) => one.join(' | ')))].sort();

each('defaulting', (row) => expect(setSchemaDefaults(row.json ?? null, schemaOf(row))).toEqual(row.expected ?? null));

each('nulls', (row) => expect(pruneNulls(row.json ?? null, schemaOf(row))).toEqual(row.expected ?? null));

each('pruning', (row) => {
  const { value, unknown } = prune(row.json ?? null, structuralSchema(row.schema ?? {}), row.root === true);
  expect(value).toEqual(row.expected ?? null);
  expect(unknown.map(({ field }) => field)).toEqual(row.pruned ?? []);
});

each('lists', (row) =>
  expect(told(validateListTypes(row.object ?? null, schemaOf(row), ValidationPath.of('root')))).toEqual(wanted(row)),
);

each('coercing', (row) => {
  const schema = structuralSchema(row.schema ?? {});
  const coerced = coerceEmbedded(row.json ?? null, row.root ? { ...schema, isEmbeddedResource: true } : schema);
  expect(coerced.error !== undefined).toBe(row.error === true);
  if (row.error === true) return;
  expect(coerced.value).toEqual(row.expected ?? null);
  expect(coerced.unknown.map(({ field }) => field)).toEqual(row.unknown ?? []);
});

each('embedded', (row) => {
  const schema = structuralSchema(row.schema ?? {});
  const root = row.root ? { ...schema, isEmbeddedResource: true } : schema;
  expect(told(validateEmbedded(row.object ?? null, root))).toEqual(wanted(row));
});

each('values', (row) => {
  const schema = row.schema ?? {};
  const object = row.object ?? null;
  const errors = [
    ...validateValue(object, structuralSchema(schema)),
    ...validateRules(schema, object, row.old, { isRoot: false }),
  ];
  expect(told(errors), errors.map(formatFieldError).join('\n')).toEqual(wanted(row));
});
