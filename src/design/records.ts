import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import { DEFAULT_NAMESPACE, objectIdentity } from '../apimachinery/object-identity.ts';
import { nameOf, namespaceOf } from '../apimachinery/object.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { Design, DesignFile, DesignRecord, DesignSegment, RecordId, SegmentId } from './design.ts';

/** Where an object lives: '' for a cluster-scoped kind, whatever its metadata says. */
export function effectiveNamespace(object: KubernetesObject, registry: KindRegistry): string {
  return registry.of(object).scope === 'Cluster' ? '' : (namespaceOf(object) ?? DEFAULT_NAMESPACE);
}

export function makeRecord(
  id: RecordId,
  place: { readonly file: string; readonly segment: SegmentId },
  found: ManifestObject,
  registry: KindRegistry,
): DesignRecord {
  const namespace = effectiveNamespace(found.object, registry);
  const identity = objectIdentity(groupVersionKindOf(found.object), namespace, nameOf(found.object));
  return { id, ...place, path: found.path, line: found.line, object: found.object, identity, namespace };
}

/** The text of a file as it stands in the design, without its byte order mark. */
export function fileText(design: Design, file: DesignFile): string {
  return file.segments.map((id) => segmentOf(design, id).text).join('');
}

export function segmentOf(design: Design, id: SegmentId): DesignSegment {
  const segment = design.segments.get(id);
  if (!segment) throw new Error(`no segment ${id}`);
  return segment;
}

/** The text a record stands in; for an item of a List that is the whole List. */
export function documentOf(design: Design, record: DesignRecord): Extract<DesignSegment, { type: 'document' }> {
  const segment = segmentOf(design, record.segment);
  if (segment.type !== 'document') throw new Error(`record ${record.id} stands in no document`);
  return segment;
}

/** How many line ends a text holds. */
export function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** First line of every record, counted from 1, in the file as it would be exported. */
export function recordLines(design: Design): ReadonlyMap<RecordId, number> {
  const lines = new Map<RecordId, number>();
  for (const file of design.files.values()) {
    let line = 1;
    for (const id of file.segments) {
      const segment = segmentOf(design, id);
      if (segment.type === 'document') {
        for (const record of segment.records) lines.set(record, line + design.records.get(record)!.line);
      }
      line += countLines(segment.text);
    }
  }
  return lines;
}
