import { labelsOf } from '../apimachinery/object.ts';
import { jsonEqual, valueAt } from '../base/json.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import { declaredReferences } from './declared-references.ts';
import type { Design, DesignRecord, RecordId } from './design.ts';
import type { ReferenceGraph, ResolvedReference } from './graph.ts';
import { ReferenceIndex } from './reference-index.ts';
import { referenceGraph, resolveRecord } from './resolve-references.ts';

/** The references of a design, and what it takes to bring them up to date. */
interface Resolution {
  readonly design: Design;
  readonly registry: KindRegistry;
  readonly graph: ReferenceGraph;
  readonly index: ReferenceIndex;
  /** Where the references of each record begin in the graph, in the order of records. */
  readonly starts: ReadonlyMap<RecordId, number>;
  /** Kinds whose objects others choose by their labels or fields: any field of theirs may count. */
  readonly chosen: ReadonlySet<string>;
}

/**
 * Keeps the references of the newest design. After an edit that changes nothing that others can point at (names, labels,
 * Pod labels, what is made), only the references of the edited record are looked up anew: a keystroke in a field of a
 * container costs one record, not the design.
 */
export class ReferenceResolver {
  private known: Resolution | undefined;

  of(design: Design, registry: KindRegistry): ReferenceGraph {
    const { known } = this;
    if (known?.design === design && known.registry === registry) return known.graph;
    const changed = known?.registry === registry ? changedRecord(known, design) : undefined;
    this.known = known && changed ? withRecord(known, design, changed) : resolveAll(design, registry);
    return this.known.graph;
  }
}

function resolveAll(design: Design, registry: KindRegistry): Resolution {
  const index = new ReferenceIndex(design, registry);
  const references: ResolvedReference[] = [];
  const starts = new Map<RecordId, number>();
  const chosen = new Set<string>();
  for (const record of design.records.values()) {
    starts.set(record.id, references.length);
    for (const { target } of declaredReferences(record, registry)) {
      if (target.by === 'objects') chosen.add(registry.canonical(target));
      else if (target.by === 'taint') chosen.add(registry.canonical({ group: '', kind: 'Node' }));
    }
    for (const found of resolveRecord(record, registry, index)) references.push({ index: references.length, ...found });
  }
  return { design, registry, graph: referenceGraph(references), index, starts, chosen };
}

/** The one record that differs, where it looks the same to all that may point at it. */
function changedRecord({ design: before, registry, chosen }: Resolution, after: Design): DesignRecord | undefined {
  if (before.records.size !== after.records.size) return undefined;
  let changed: DesignRecord | undefined;
  const old = before.records.values();
  for (const record of after.records.values()) {
    const previous = old.next().value;
    if (previous === record) continue;
    if (changed !== undefined || previous?.id !== record.id) return undefined;
    if (!looksTheSame(previous, record, registry, chosen)) return undefined;
    changed = record;
  }
  return changed;
}

function looksTheSame(a: DesignRecord, b: DesignRecord, registry: KindRegistry, chosen: ReadonlySet<string>): boolean {
  const definition = registry.of(a.object);
  if (a.identity !== b.identity || a.file !== b.file || definition !== registry.of(b.object)) return false;
  if (chosen.has(registry.canonical(definition)) || definition.definesKinds !== undefined) return false;
  if (chooses(b, registry).some((kind) => !chosen.has(kind))) return false;
  return (
    sameMap(labelsOf(a.object), labelsOf(b.object)) &&
    jsonEqual(valueAt(a.object, 'metadata', 'uid'), valueAt(b.object, 'metadata', 'uid')) &&
    jsonEqual(valueAt(a.object, 'metadata', 'namespace'), valueAt(b.object, 'metadata', 'namespace')) &&
    sameMap(definition.podTemplate?.(a.object)?.labels, definition.podTemplate?.(b.object)?.labels) &&
    sameMaps(definition.podLabels?.(a.object), definition.podLabels?.(b.object)) &&
    jsonEqual(definition.makes?.(a.object), definition.makes?.(b.object))
  );
}

/** A record that begins to choose objects of a kind makes all their fields count from then on. */
function chooses(record: DesignRecord, registry: KindRegistry): readonly string[] {
  return declaredReferences(record, registry).flatMap(({ target }) => {
    if (target.by === 'objects') return [registry.canonical(target)];
    return target.by === 'taint' ? [registry.canonical({ group: '', kind: 'Node' })] : [];
  });
}

type Labels = ReadonlyMap<string, string>;

function sameMap(a: Labels | undefined, b: Labels | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.size !== b.size) return false;
  for (const [key, value] of a) if (b.get(key) !== value) return false;
  return true;
}

function sameMaps(a: readonly Labels[] | undefined, b: readonly Labels[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((map, at) => sameMap(map, b[at]));
}

function withRecord(known: Resolution, design: Design, record: DesignRecord): Resolution {
  const { registry, graph, index, starts, chosen } = known;
  const start = starts.get(record.id)!;
  const before = graph.outgoing(record.id).length;
  const found = [...resolveRecord(record, registry, index)];
  const own = found.map((reference, at): ResolvedReference => ({ index: start + at, ...reference }));
  const shift = own.length - before;
  const rest = graph.references.slice(start + before);
  const moved = shift === 0 ? rest : rest.map((reference) => ({ ...reference, index: reference.index + shift }));
  const references = [...graph.references.slice(0, start), ...own, ...moved];
  const begin = shift === 0 ? starts : new Map([...starts].map(([id, at]) => [id, at > start ? at + shift : at]));
  return { design, registry, graph: referenceGraph(references), index, starts: begin, chosen };
}
