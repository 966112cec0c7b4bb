import type { PatchSchema } from '../patch-schema.ts';
import type { FieldSet } from './field-set.ts';
import { EMPTY_SET, FieldSetBuilder, isEmptySet, recursiveDifference, union } from './field-set.ts';
import type { FieldPath, PathElement } from './path-element.ts';
import { isAtomic } from './typed-value.ts';

/**
 * What an owner of single fields owns after the schema made their parent atomic: the parent.
 * Source: typed/reconcile_schema.go of sigs.k8s.io/structured-merge-diff/v6.
 */
export function reconcileWithSchema(set: FieldSet, schema: PatchSchema): FieldSet {
  if (agrees.get(set) === schema) return set;
  const atomics = new FieldSetBuilder();
  visit(set, schema, [], false, atomics);
  const found = atomics.build();
  if (!isEmptySet(found)) return union(recursiveDifference(set, found), found);
  agrees.set(set, schema);
  return set;
}

/** Sets in which nothing is owned below what a schema makes atomic. */
const agrees = new WeakMap<FieldSet, PatchSchema>();

function visit(
  set: FieldSet,
  schema: PatchSchema,
  path: FieldPath,
  ownedWhole: boolean,
  atomics: FieldSetBuilder,
): void {
  if (schema.shape === 'scalar' || (schema.shape === 'any' && schema.mapType !== 'atomic')) return;
  const atom = schema.shape === 'list' ? 'list' : 'map';
  if (!ownedWhole && isAtomic(schema, atom)) {
    if (atom === 'list' || !isEmptySet(set)) atomics.insert(path);
    return;
  }
  const elements = new Map<string, PathElement>(set.members);
  for (const [id, { element }] of set.children) elements.set(id, element);
  for (const [id, element] of elements) {
    const inner = atom === 'list' ? schema.items() : mapSchemaAt(schema, element);
    const child = set.children.get(id);
    if (inner) visit(child?.set ?? EMPTY_SET, inner, [...path, element], set.members.has(id) && !child, atomics);
  }
}

function mapSchemaAt(schema: PatchSchema, element: PathElement): PatchSchema | undefined {
  return element.type === 'field' ? (schema.field(element.name) ?? schema.unknownFields) : schema.unknownFields;
}
