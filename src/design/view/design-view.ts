import type { KindRegistry } from '../../kinds/registry.ts';
import type { CheckContext } from '../checks/check.ts';
import { EMPTY_DESIGN } from '../design.ts';
import type { Design, DesignFile, DesignRecord, DesignSegment, RecordId } from '../design.ts';
import type { ReferenceGraph, ResolvedReference } from '../graph.ts';
import { documentOf } from '../records.ts';
import { EMPTY_GRAPH } from '../resolve-references.ts';
import { changedOutgoing, changedRecords } from './changes.ts';
import { RecordIndex } from './record-index.ts';
import type { Indexed, KeysOf } from './record-index.ts';
import { Source } from './source.ts';
import type { Reads } from './source.ts';

interface RecordDocument {
  readonly text: string;
  readonly format: Extract<DesignSegment, { type: 'document' }>['format'];
  readonly problems: DesignFile['problems'];
}

/**
 * The newest state of a design as judges look at it. Whatever they look at beyond the record they are asked about is
 * noted, so that after a change only those are asked again that changed, or that looked at what changed.
 */
export class DesignView {
  /** Counts the states that were seen. */
  revision = 0;
  /** The last state before which nothing is known any more: the kinds changed, the release, or the order of records. */
  startedAt = 0;
  records: ReadonlyMap<RecordId, DesignRecord> = new Map();
  places: ReadonlyMap<RecordId, number> = new Map();
  registry: KindRegistry;
  release: number | undefined;
  /** Notes what is looked at. */
  readonly graph: ReferenceGraph;
  /** Records that are new, changed or gone, or point at something else than before. */
  private readonly own = new Source();
  private readonly recordsSeen = new Source();
  private readonly incomingSeen = new Source();
  private readonly documents = new Source();
  private readsDocuments = false;
  private design: Design = EMPTY_DESIGN;
  private indexes = new Map<KeysOf, RecordIndex>();
  private plain: ReferenceGraph = EMPTY_GRAPH;
  private reads: Reads | undefined;
  private self: RecordId | undefined;

  constructor(registry: KindRegistry) {
    this.registry = registry;
    this.graph = {
      get references(): never {
        throw new Error('judges look at the references of one record at a time');
      },
      at: (index) => this.plain.at(index),
      outgoing: (id) => this.outgoing(id),
      incoming: (id) => this.incoming(id),
    };
  }

  update({ design, graph, registry, release }: CheckContext): void {
    const { records, plain } = this;
    if (this.design === design && plain === graph && this.registry === registry && this.release === release) return;
    this.revision++;
    const isKnown = this.registry === registry && this.release === release;
    const changed = isKnown && this.revision > 1 ? changedRecords(records, design.records) : undefined;
    if (this.readsDocuments) this.touchDocuments(this.design, design);
    this.design = design;
    this.records = design.records;
    this.plain = graph;
    this.registry = registry;
    this.release = release;
    if (changed === undefined) {
      this.start(design);
      return;
    }
    if (changed.isMoved) this.places = placesOf(design);
    for (const id of changed.ids) this.recordsSeen.touch(id, this.revision);
    const pointing = changedOutgoing(plain, graph, design.records, changed.ids);
    for (const id of pointing) {
      for (const { to } of plain.outgoing(id)) if (to !== null) this.incomingSeen.touch(to, this.revision);
      for (const { to } of graph.outgoing(id)) if (to !== null) this.incomingSeen.touch(to, this.revision);
    }
    const all = new Set([...changed.ids, ...pointing]);
    for (const id of all) this.own.touch(id, this.revision);
    for (const index of this.indexes.values()) index.update(all, this.state(), this.revision);
  }

  /** Whether a record itself, or what it points at, changed after a revision. */
  isChanged(id: RecordId, revision: number): boolean {
    return this.own.isNewer(id, revision);
  }

  /** Notes in `reads`, for `self`, what is looked at until the next call; its own record and references go without saying. */
  note(self: RecordId | undefined, reads: Reads | undefined): void {
    this.self = self;
    this.reads = reads;
  }

  record(id: RecordId): DesignRecord | undefined {
    if (id !== this.self) this.reads?.push(this.recordsSeen, id);
    return this.records.get(id);
  }

  outgoing(id: RecordId): readonly ResolvedReference[] {
    if (id !== this.self) this.reads?.push(this.own, id);
    return this.plain.outgoing(id);
  }

  incoming(id: RecordId): readonly ResolvedReference[] {
    this.reads?.push(this.incomingSeen, id);
    return this.plain.incoming(id);
  }

  /** The records that have a key, in the order of the design. */
  members(keysOf: KeysOf, key: string): readonly DesignRecord[] {
    const index = this.index(keysOf);
    this.reads?.push(index, key);
    return index.members(key, this.state());
  }

  /** Whether any record has a key; who they are does not matter. */
  has(keysOf: KeysOf, key: string): boolean {
    const index = this.index(keysOf);
    this.reads?.push(index.presence, key);
    return index.has(key);
  }

  /** The text that a record stands in, and what is wrong with its file. */
  document(record: DesignRecord): RecordDocument {
    this.readsDocuments = true;
    this.reads?.push(this.documents, record.id);
    const { text, format } = documentOf(this.design, record);
    return { text, format, problems: this.design.files.get(record.file)?.problems ?? [] };
  }

  private index(keysOf: KeysOf): RecordIndex {
    let index = this.indexes.get(keysOf);
    if (!index) {
      index = new RecordIndex(keysOf);
      index.update(this.records.keys(), this.state(), 0);
      this.indexes.set(keysOf, index);
    }
    return index;
  }

  private touchDocuments(before: Design, after: Design): void {
    for (const { id, segment, file } of after.records.values()) {
      const isSame =
        before.segments.get(segment) === after.segments.get(segment) &&
        before.files.get(file)?.problems === after.files.get(file)?.problems;
      if (!isSame) this.documents.touch(id, this.revision);
    }
  }

  private start(design: Design): void {
    this.startedAt = this.revision;
    this.places = placesOf(design);
    this.indexes = new Map();
  }

  private state(): Indexed {
    return { records: this.records, places: this.places, graph: this.plain, registry: this.registry };
  }
}

function placesOf({ records }: Design): ReadonlyMap<RecordId, number> {
  return new Map([...records.keys()].map((id, index) => [id, index]));
}
