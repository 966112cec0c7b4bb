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
  if (last?.segments === design.segments && last.file === file) return last.text;
  const text = file.segments.map((id) => segmentOf(design, id).text).join('');
  knowFileText(design, file, text);
  return text;
}

/** Texts from this length on are worth keeping. */
const LONG = 100_000;
/** The last long text: joining megabytes takes longer than a letter may, and so does comparing two texts that are equal. */
let last: { readonly segments: Design['segments']; readonly file: DesignFile; readonly text: string } | undefined;

/** Says what the text of a file is to who knows it without joining it. */
export function knowFileText({ segments }: Design, file: DesignFile, text: string): void {
  if (text.length >= LONG) last = { segments, file, text };
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

const counted = new WeakMap<DesignSegment, number>();

function linesOf(segment: DesignSegment): number {
  const known = counted.get(segment) ?? countLines(segment.text);
  counted.set(segment, known);
  return known;
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
      line += linesOf(segment);
    }
  }
  return lines;
}
