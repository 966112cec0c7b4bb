import { labelsOf } from '../apimachinery/object.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { Design, DesignRecord, RecordId } from './design.ts';
import type { ReferenceGraph, ResolvedReference } from './graph.ts';
import { ReferenceIndex } from './reference-index.ts';
import { referenceGraph, resolveRecord } from './resolve-references.ts';

/** More changed records than that are not followed one by one. */
const MOST_CHANGED = 16;

/** The references of a design, and what it takes to bring them up to date. */
interface Resolution {
  readonly design: Design;
  readonly registry: KindRegistry;
  readonly graph: ReferenceGraph;
  /** What each record that points at something points at. */
  readonly outgoing: ReadonlyMap<RecordId, readonly ResolvedReference[]>;
  /** Brought up to date in place. */
  readonly index: ReferenceIndex;
  /** The place of each record in the order of the design. */
  readonly places: ReadonlyMap<RecordId, number>;
  /** What was looked at for the references of each record, and the other way round. Brought up to date in place. */
  readonly reads: Map<RecordId, ReadonlySet<string>>;
  readonly readers: Map<string, Set<RecordId>>;
}

/**
 * Keeps the references of the newest design. After an edit of few records only their references are looked up anew, and
 * those of records that looked at what is no more as it was: a name, labels of Pods, a kind that is chosen by labels. A
 * keystroke costs the record and who looks at it, not the design. Records that come or go, and namespaces that change,
 * make all be looked up.
 */
export class ReferenceResolver {
  private known: Resolution | undefined;

  of(design: Design, registry: KindRegistry): ReferenceGraph {
    const { known } = this;
    if (known?.design === design && known.registry === registry) return known.graph;
    const changed = known?.registry === registry ? changedRecords(known, design) : undefined;
    this.known = known && changed ? withRecords(known, design, changed) : resolveAll(design, registry);
    return this.known.graph;
  }
}

function resolveAll(design: Design, registry: KindRegistry): Resolution {
  const index = new ReferenceIndex(design, registry);
  const places = new Map([...design.records.keys()].map((id, place) => [id, place]));
  const outgoing = new Map<RecordId, readonly ResolvedReference[]>();
  const resolution = { design, registry, index, places, outgoing, reads: new Map(), readers: new Map() };
  const references: ResolvedReference[] = [];
  for (const record of design.records.values()) {
    const own = lookUp(record, resolution, references.length);
    for (const reference of own) references.push(reference);
    if (own.length > 0) outgoing.set(record.id, own);
  }
  return { ...resolution, graph: referenceGraph(references, outgoing) };
}

/** What a record points at; remembers what was looked at for that. */
function lookUp(
  record: DesignRecord,
  { registry, index, reads, readers }: Pick<Resolution, 'registry' | 'index' | 'reads' | 'readers'>,
  start: number,
): readonly ResolvedReference[] {
  const noted = new Set<string>();
  index.note(noted);
  const own: ResolvedReference[] = [];
  for (const found of resolveRecord(record, registry, index)) own.push({ index: start + own.length, ...found });
  index.note(undefined);
  for (const key of reads.get(record.id) ?? []) if (!noted.has(key)) readers.get(key)?.delete(record.id);
  for (const key of noted) {
    const ids = readers.get(key);
    if (ids) ids.add(record.id);
    else readers.set(key, new Set([record.id]));
  }
  reads.set(record.id, noted);
  return own;
}

type Change = readonly [before: DesignRecord, after: DesignRecord];

/** The records that differ, where each stands for the same as before and defines no kinds; undefined where that is not so. */
function changedRecords({ design: before, registry }: Resolution, after: Design): readonly Change[] | undefined {
  if (before.records.size !== after.records.size) return undefined;
  const changes: Change[] = [];
  const old = before.records.values();
  for (const record of after.records.values()) {
    const previous = old.next().value;
    if (previous === record) continue;
    if (previous?.id !== record.id || !isFollowed(previous, record, registry)) return undefined;
    changes.push([previous, record]);
    if (changes.length > MOST_CHANGED) return undefined;
  }
  return changes;
}

function isFollowed(before: DesignRecord, after: DesignRecord, registry: KindRegistry): boolean {
  const definition = registry.of(before.object);
  if (definition !== registry.of(after.object) || before.namespace !== after.namespace) return false;
  if (definition.definesKinds !== undefined) return false;
  if (definition.kind !== 'Namespace' || definition.group !== '') return true;
  const [labels, old] = [labelsOf(after.object), labelsOf(before.object)];
  return (
    before.identity === after.identity &&
    labels.size === old.size &&
    [...labels].every(([key, value]) => old.get(key) === value)
  );
}

function withRecords(known: Resolution, design: Design, changes: readonly Change[]): Resolution {
  const { index, places, readers, graph, outgoing: old } = known;
  const outdated = new Set(changes.map(([{ id }]) => id));
  for (const [before, after] of changes)
    for (const key of index.replace(before, after, ({ id }) => places.get(id) ?? 0))
      for (const id of readers.get(key) ?? []) outdated.add(id);
  const changed = new Map<RecordId, readonly ResolvedReference[]>();
  let isMoved = false;
  for (const id of outdated) {
    const [record, before] = [design.records.get(id), graph.outgoing(id)];
    if (record === undefined) continue;
    const own = kept(before, lookUp(record, known, before[0]?.index ?? 0));
    isMoved ||= own.length !== before.length;
    if (own !== before) changed.set(id, own);
  }
  const outgoing = new Map(old);
  for (const [id, own] of changed)
    if (own.length > 0) outgoing.set(id, own);
    else outgoing.delete(id);
  const references = isMoved ? placed(design, outgoing) : [...graph.references];
  if (!isMoved)
    for (const own of changed.values()) for (const reference of own) references[reference.index] = reference;
  return { ...known, design, outgoing, graph: referenceGraph(references, outgoing) };
}

/** All references, each at its place; those that stood elsewhere are made anew. */
function placed(design: Design, outgoing: Map<RecordId, readonly ResolvedReference[]>): ResolvedReference[] {
  const references: ResolvedReference[] = [];
  for (const id of design.records.keys()) {
    const own = outgoing.get(id);
    if (own === undefined) continue;
    const now = moved(own, references.length);
    if (now !== own) outgoing.set(id, now);
    for (const reference of now) references.push(reference);
  }
  return references;
}

/** The same references at another place in the graph. */
function moved(own: readonly ResolvedReference[], start: number): readonly ResolvedReference[] {
  if (own[0]?.index === start) return own;
  return own.map((reference, at) => ({ ...reference, index: start + at }));
}

/** The old list where the new one says the same, so that nobody takes it for a change. */
function kept(before: readonly ResolvedReference[], now: readonly ResolvedReference[]): readonly ResolvedReference[] {
  const isSame = before.length === now.length && now.every((reference, at) => isEqual(reference, before[at]));
  return isSame ? before : now;
}

function isEqual(a: ResolvedReference, b: ResolvedReference | undefined): boolean {
  return (
    a.declaration === b?.declaration &&
    a.index === b.index &&
    a.to === b.to &&
    a.toIdentity === b.toIdentity &&
    a.resolved === b.resolved &&
    a.because === b.because &&
    a.maker === b.maker
  );
}
