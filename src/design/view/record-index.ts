import type { KindRegistry } from '../../kinds/registry.ts';
import type { DesignRecord, RecordId } from '../design.ts';
import type { ReferenceGraph } from '../graph.ts';
import { Source } from './source.ts';

/** Under which keys a record is found; depends on the record and on what it points at, and on nothing else. */
export type KeysOf = (record: DesignRecord, graph: ReferenceGraph, registry: KindRegistry) => readonly string[];

/** The newest state of a design, for its indexes. */
export interface Indexed {
  readonly records: ReadonlyMap<RecordId, DesignRecord>;
  readonly graph: ReferenceGraph;
  readonly registry: KindRegistry;
  /** The place of each record in the order of the design. */
  readonly places: ReadonlyMap<RecordId, number>;
}

const NONE: readonly DesignRecord[] = [];
const NO_KEYS: readonly string[] = [];

/** Records by keys, in the order of the design: brought up to date by what changed. */
export class RecordIndex extends Source {
  /** Keys that nobody had and somebody has, or the other way round. */
  readonly presence = new Source();
  private readonly keys = new Map<RecordId, readonly string[]>();
  private readonly ids = new Map<string, Set<RecordId>>();
  private readonly lists = new Map<string, readonly DesignRecord[]>();
  private readonly keysOf: KeysOf;

  constructor(keysOf: KeysOf) {
    super();
    this.keysOf = keysOf;
  }

  update(changed: Iterable<RecordId>, { records, graph, registry }: Indexed, revision: number): void {
    for (const id of changed) {
      const record = records.get(id);
      const before = this.keys.get(id);
      const now = record && this.keysOf(record, graph, registry);
      const keys = new Set([...(before ?? NO_KEYS), ...(now ?? NO_KEYS)]);
      for (const key of keys) this.put(key, id, now?.includes(key) === true, revision);
      if (now === undefined || now.length === 0) this.keys.delete(id);
      else this.keys.set(id, now);
    }
  }

  has(key: string): boolean {
    return (this.ids.get(key)?.size ?? 0) > 0;
  }

  /** The same list until it changes, so that much can be remembered by it. */
  members(key: string, { records, places }: Indexed): readonly DesignRecord[] {
    const known = this.lists.get(key);
    if (known) return known;
    const ids = this.ids.get(key);
    if (!ids || ids.size === 0) return NONE;
    const list = [...ids].sort((a, b) => places.get(a)! - places.get(b)!).map((id) => records.get(id)!);
    this.lists.set(key, list);
    return list;
  }

  private put(key: string, id: RecordId, isMember: boolean, revision: number): void {
    const wasThere = this.has(key);
    const ids = this.ids.get(key) ?? new Set();
    if (isMember) ids.add(id);
    else ids.delete(id);
    this.ids.set(key, ids);
    this.lists.delete(key);
    this.touch(key, revision);
    if (wasThere !== this.has(key)) this.presence.touch(key, revision);
  }
}
