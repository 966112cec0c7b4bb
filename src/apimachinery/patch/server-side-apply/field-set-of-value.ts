import type { JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { entriesOf } from '../json-edit.ts';
import type { PatchSchema } from '../patch-schema.ts';
import type { FieldSet } from './field-set.ts';
import { FieldSetBuilder } from './field-set.ts';
import { fieldElement } from './path-element.ts';
import type { FieldPath } from './path-element.ts';
import {
  atomOf,
  fieldSchema,
  isAtomic,
  isDeclared,
  isEmptyMap,
  itemElements,
  itemSchema,
  listOf,
  mapOf,
} from './typed-value.ts';
import type { TypedValue } from './typed-value.ts';

/**
 * The fields that a value sets, which are those its applier owns.
 * Source: typed/tofieldset.go of sigs.k8s.io/structured-merge-diff/v6.
 */
export function fieldSetOfValue({ value, schema }: TypedValue): FieldSet {
  const builder = new FieldSetBuilder();
  collect(value, schema, [], builder);
  return builder.build();
}

function collect(value: JsonValue | undefined, schema: PatchSchema, path: FieldPath, builder: FieldSetBuilder): void {
  const atom = atomOf(schema, value) ?? 'map';
  if (atom === 'scalar' || isAtomic(schema, atom)) builder.insert(path);
  else if (atom === 'list') collectItems(listOf(value) ?? [], schema, path, builder);
  else for (const [key, item] of entriesOf(mapOf(value) ?? {})) collectField(key, item, schema, path, builder);
}

function collectField(
  key: string,
  item: JsonValue,
  schema: PatchSchema,
  path: FieldPath,
  builder: FieldSetBuilder,
): void {
  const field = fieldSchema(schema, key);
  const inner = [...path, fieldElement(key)];
  if (field) collect(item, field, inner, builder);
  const isEmpty = item === null || (isJsonObject(item) && isEmptyMap(item));
  if (isEmpty || !isDeclared(schema, key)) builder.insert(inner);
}

/** Items that share a key are owned together, not field by field. */
function collectItems(
  list: readonly JsonValue[],
  schema: PatchSchema,
  path: FieldPath,
  builder: FieldSetBuilder,
): void {
  const elements = itemElements(schema, list);
  const counts = new Map<string, number>();
  for (const { id } of elements) counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const [index, element] of elements.entries()) {
    const inner = [...path, element];
    if (counts.get(element.id) === 1) collect(list[index], itemSchema(schema), inner, builder);
    builder.insert(inner);
  }
}
