import { objectIdentity } from '../apimachinery/object-identity.ts';
import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import { nameOf } from '../apimachinery/object.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { Segment } from '../manifest/manifest.ts';
import { effectiveNamespace } from './records.ts';
import type { Design, RecordId } from './design.ts';

/** Stands for a record that is new; no record has this name. */
const NEW: RecordId = '';

/**
 * Which old record each object of a text continues, for each part of the text: by place when there are as many as
 * before, else by identity, in order. '' for one that is new.
 */
export function handOn(
  design: Design,
  old: readonly RecordId[],
  parts: readonly Segment[],
  registry: KindRegistry,
): readonly (readonly RecordId[])[] {
  const objects = parts.map((part) => (part.type === 'document' ? part.objects.map(({ object }) => object) : []));
  if (objects.flat().length === old.length) {
    let next = 0;
    return objects.map((list) => list.map(() => old[next++]!));
  }
  const free = new Map<string, RecordId[]>();
  for (const id of old) {
    const { identity } = design.records.get(id)!;
    free.set(identity, [...(free.get(identity) ?? []), id]);
  }
  return objects.map((list) => list.map((object) => free.get(identityOf(object, registry))?.shift() ?? NEW));
}

/**
 * The same for the text of many documents, of which some may have come, gone or moved: by identity first; an
 * object of another name continues the one that stood in its place, where that is not found elsewhere.
 */
export function handOnByIdentity(
  design: Design,
  old: readonly RecordId[],
  parts: readonly Segment[],
  registry: KindRegistry,
): readonly (readonly RecordId[])[] {
  const free = new Map<string, RecordId[]>();
  for (const id of old) {
    const { identity } = design.records.get(id)!;
    free.set(identity, [...(free.get(identity) ?? []), id]);
  }
  const found = parts.map((part) =>
    part.type === 'document'
      ? part.objects.map(({ object }) => free.get(identityOf(object, registry))?.shift() ?? NEW)
      : [],
  );
  const left = new Set([...free.values()].flat());
  let place = -1;
  return found.map((list) =>
    list.map((id) => {
      place++;
      const there = old[place];
      return id === NEW && there !== undefined && left.has(there) ? there : id;
    }),
  );
}

function identityOf(object: KubernetesObject, registry: KindRegistry): string {
  return objectIdentity(groupVersionKindOf(object), effectiveNamespace(object, registry), nameOf(object));
}
