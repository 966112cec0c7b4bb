import type { GroupVersionKind } from '../apimachinery/group-version-kind.ts';
import type { Path } from '../base/json.ts';
import { chunksOf, schemaOf } from './built-in-schemas.ts';
import { DESCRIPTIONS } from './generated/index.ts';
import type { Schema } from './schema.ts';
import { stepInto } from './schema.ts';
import type { DescriptionChunk } from './structure-chunk.ts';

const chunks = new Map<string, DescriptionChunk>();

/** Loads the texts about the fields of these groups' kinds; as large as six times the schemas, so loaded when shown. */
export async function preloadDescriptions(groups: Iterable<string>): Promise<void> {
  const wanted = new Set(['meta']);
  for (const group of groups) for (const chunk of chunksOf(group)) wanted.add(chunk);
  await Promise.all(
    [...wanted].map(async (name) => {
      if (!chunks.has(name)) {
        const module = await DESCRIPTIONS[name]?.();
        if (module !== undefined) chunks.set(name, module.default);
      }
    }),
  );
}

/** What the API reference says of a built-in kind's field, in English; '' where nothing is known or loaded. */
export function descriptionOf(gvk: GroupVersionKind, path: Path): string {
  const schema = schemaOf(gvk);
  return schema === undefined ? '' : fieldDescription(schema, path);
}

/** The same for any schema: a CRD's holds its texts itself. An item of a list is described by its type. */
export function fieldDescription(schema: Schema, path: Path): string {
  let current = schema;
  let text = ownDescription(schema);
  for (const key of path) {
    const next = stepInto(current, key);
    if (next === undefined) return '';
    text =
      typeof key === 'string' && current.properties.has(key) ? (next.description ?? textOfField(current, key)) : '';
    text ||= ownDescription(next);
    current = next;
  }
  return text;
}

/** What is said about a type itself; '' where nothing is known or loaded. */
export function ownDescription(schema: Schema): string {
  return schema.description ?? textsOf(schema)?.[0] ?? '';
}

/** What is said about a field of a built-in type; '' where nothing is known or loaded. */
export function textOfField(owner: Schema, field: string): string {
  const fields = textsOf(owner)?.[1];
  if (fields !== undefined && Object.hasOwn(fields, field)) return fields[field] ?? '';
  return field === 'apiVersion' || field === 'kind' ? (textsOfType('meta/v1.TypeMeta')?.[1][field] ?? '') : '';
}

function textsOf({ typeId }: Schema): DescriptionChunk[string] | undefined {
  return typeId === undefined ? undefined : textsOfType(typeId);
}

function textsOfType(typeId: string): DescriptionChunk[string] | undefined {
  for (const chunk of chunks.values()) if (Object.hasOwn(chunk, typeId)) return chunk[typeId];
  return undefined;
}
