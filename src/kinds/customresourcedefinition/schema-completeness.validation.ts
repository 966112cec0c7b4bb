import type { FieldError } from '../../apimachinery/field-error.ts';
import { required } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt } from '../../base/json.ts';
import { schemaField, schemaList, schemaMap } from './json-schema.ts';

/** Where the outer schema must say what a nested one restricts. */
interface Structure {
  readonly schema: JsonObject | undefined;
  readonly path: ValidationPath;
}

/** Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/complete.go, 1.36. */
export function completenessErrors(schema: JsonObject, path: ValidationPath): readonly FieldError[] {
  return clauses(schema, { schema, path }, path);
}

function clauses(values: JsonObject, structure: Structure, path: ValidationPath): readonly FieldError[] {
  return [
    ...schemaField(values, 'not', path),
    ...['allOf', 'anyOf', 'oneOf'].flatMap((field) => schemaList(values, field, path)),
  ].flatMap((clause) => nested(clause.schema, structure, clause.path));
}

function nested(values: JsonObject, structure: Structure, path: ValidationPath): readonly FieldError[] {
  if (structure.schema === undefined) return [required(structure.path, `because it is defined in ${path.toString()}`)];
  const outer = structure.schema;
  return [
    ...clauses(values, structure, path),
    ...schemaField(values, 'items', path).flatMap((child) =>
      nested(child.schema, { schema: objectAt(outer, 'items'), path: structure.path.child('items') }, child.path),
    ),
    ...schemaMap(values, 'properties', path).flatMap((child) => {
      const schema = objectAt(outer, 'properties', child.name);
      return nested(child.schema, { schema, path: structure.path.child('properties').key(child.name) }, child.path);
    }),
  ];
}
