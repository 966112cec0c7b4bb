import { matchesLabels } from '../apimachinery/label-selector.ts';
import type { LabelSelector } from '../apimachinery/label-selector.ts';
import { labelsOf, nameOf, namespaceOf } from '../apimachinery/object.ts';
import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import { valueAt } from '../base/json.ts';
import type { GroupKind } from '../apimachinery/group-version-kind.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { NamespaceChoice } from '../kinds/reference.ts';
import type { Design, DesignRecord } from './design.ts';
import { LabelPostings, insertInOrder, pairsOfPods, pairsOfSelector } from './label-postings.ts';
import type { PlaceOf, PodsOfRecord } from './label-postings.ts';

/** Where a record is found. */
interface Places {
  /** By kind, by name, and by the names of what it makes: see `key`. */
  readonly keys: readonly string[];
  readonly pods: PodsOfRecord | undefined;
}

/** Stands for all namespaces, and for all pairs of labels. */
const ANY = '';

/**
 * Who is in a design, found by name or by labels without looking at everybody: each pair of label key and value has
 * its list per namespace, so that a selector reads the shortest list it can. What is looked at can be noted, so that
 * after a change of one record only those look again who looked at it.
 */
export class ReferenceIndex {
  private readonly lists = new Map<string, DesignRecord[]>();
  private readonly templates = new Map<string, LabelPostings>();
  private readonly namespaces = new Map<string, ReadonlyMap<string, string>>();
  private readonly registry: KindRegistry;
  private reads: Set<string> | undefined;

  constructor(design: Design, registry: KindRegistry) {
    this.registry = registry;
    for (const record of design.records.values()) {
      this.put(record, this.placesOf(record));
      if (record.namespace !== '' && !this.namespaces.has(record.namespace))
        this.addNamespace(record.namespace, new Map());
    }
    for (const record of this.lists.get(this.kindKey(NAMESPACE)) ?? [])
      this.addNamespace(nameOf(record.object), labelsOf(record.object));
  }

  /** Notes in `reads` what is looked at until the next call. */
  note(reads: Set<string> | undefined): void {
    this.reads = reads;
  }

  /** Records of a name; several when the design repeats an identity. */
  named(kind: GroupKind, namespace: string, name: string): readonly DesignRecord[] {
    return this.read(this.key('named', kind, namespace, name));
  }

  /** Records that will make an object of that name. */
  makersOf(kind: GroupKind, namespace: string, name: string): readonly DesignRecord[] {
    return this.read(this.key('made', kind, namespace, name));
  }

  /** The scope of a kind that is built in or defined in the design. */
  scopeOf(kind: GroupKind): KindDefinition['scope'] | undefined {
    return this.registry.find(kind)?.scope;
  }

  ofKind(kind: GroupKind): readonly DesignRecord[] {
    return this.read(this.kindKey(kind));
  }

  /** Pods, and objects whose Pod template matches, in the order of the design within each namespace. */
  podsMatching(namespaces: NamespaceChoice, selector: LabelSelector): readonly DesignRecord[] {
    const among = namespaces !== 'all' && !('selector' in namespaces) ? namespaces.names : [ANY];
    for (const pair of pairsOfSelector(selector) ?? [ANY])
      for (const namespace of among) this.reads?.add(podsKey(namespace, pair));
    const found: DesignRecord[] = [];
    for (const namespace of this.namespacesOf(namespaces)) {
      for (const { record } of this.templates.get(namespace)?.matching(selector) ?? []) found.push(record);
    }
    return found;
  }

  /** Names of the namespaces that a choice means; a namespace exists when an object of the design says so. */
  namespacesOf(choice: NamespaceChoice): readonly string[] {
    if (choice === 'all') return [...this.namespaces.keys()];
    if (!('selector' in choice)) return choice.names;
    const among = choice.names ?? [...this.namespaces.keys()];
    return among.filter((name) => {
      const labels = this.namespaces.get(name);
      return labels !== undefined && matchesLabels(choice.selector, labels);
    });
  }

  /**
   * Puts a record in the place of another of the same id, kind and namespace. Gives what those looked at (see `note`) who
   * must look again. A Namespace cannot be replaced: who chooses namespaces notes nothing.
   */
  replace(before: DesignRecord, after: DesignRecord, placeOf: PlaceOf): ReadonlySet<string> {
    const [old, now] = [this.placesOf(before), this.placesOf(after)];
    for (const key of old.keys) removeRecord(this.lists.get(key), before);
    if (old.pods) this.templates.get(before.namespace)?.remove(before, old.pods);
    this.put(after, now, placeOf);
    // Others say who it is that they found: where that is told otherwise, all who found it look again.
    const isSame = before.identity === after.identity && before.file === after.file && uidOf(before) === uidOf(after);
    const touched = new Set<string>([this.kindKey(groupVersionKindOf(after.object))]);
    for (const key of isSame ? changedKeys(old.keys, now.keys) : [...old.keys, ...now.keys]) touched.add(key);
    if (isSame && samePods(old.pods, now.pods)) return touched;
    for (const pods of [old.pods, now.pods])
      for (const pair of pods ? [ANY, ...pairsOfPods(pods)] : [])
        for (const namespace of [ANY, after.namespace]) touched.add(podsKey(namespace, pair));
    return touched;
  }

  private read(key: string): readonly DesignRecord[] {
    this.reads?.add(key);
    return this.lists.get(key) ?? NONE;
  }

  private placesOf(record: DesignRecord): Places {
    const { object, namespace } = record;
    const definition = this.registry.of(object);
    const name = nameOf(object);
    const groupKind = groupVersionKindOf(object);
    const keys = [this.kindKey(groupKind)];
    if (name !== '') {
      keys.push(this.key('named', groupKind, namespace, name));
      // Of a kind that nobody described the scope is a guess: without a namespace it may be cluster-scoped after all.
      const guessed = this.registry.find(groupKind) === undefined && namespaceOf(object) === undefined;
      if (guessed && namespace !== '') keys.push(this.key('named', groupKind, '', name));
    }
    for (const made of definition.makes?.(object) ?? []) keys.push(this.key('made', made, made.namespace, made.name));
    const template = definition.podTemplate?.(object);
    return {
      keys,
      pods: template && { labels: template.labels, added: definition.podLabels?.(object) ?? [] },
    };
  }

  private put(record: DesignRecord, { keys, pods }: Places, placeOf?: PlaceOf): void {
    for (const key of keys) {
      const list = this.lists.get(key);
      if (list) insertInOrder(list, record, placeOf);
      else this.lists.set(key, [record]);
    }
    if (pods === undefined) return;
    const postings = this.templates.get(record.namespace) ?? new LabelPostings();
    this.templates.set(record.namespace, postings);
    postings.add(record, pods, placeOf);
  }

  /** Every namespace carries its name as a label (NamespaceDefaultLabelName, GA since 1.22). */
  private addNamespace(name: string, labels: ReadonlyMap<string, string>): void {
    this.namespaces.set(name, new Map([...labels, ['kubernetes.io/metadata.name', name]]));
  }

  private kindKey(kind: GroupKind): string {
    return `kind ${this.registry.canonical(kind)}`;
  }

  private key(what: 'named' | 'made', kind: GroupKind, namespace: string, name: string): string {
    return `${what} ${this.registry.canonical(kind)}/${namespace}/${name}`;
  }
}

const NAMESPACE: GroupKind = { group: '', kind: 'Namespace' };
const NONE: readonly DesignRecord[] = [];

function podsKey(namespace: string, pair: string): string {
  return `pods ${namespace}/${pair}`;
}

function uidOf({ object }: DesignRecord): unknown {
  return valueAt(object, 'metadata', 'uid');
}

function removeRecord(list: DesignRecord[] | undefined, { id }: DesignRecord): void {
  const at = list?.findIndex((record) => record.id === id) ?? -1;
  if (at >= 0) list?.splice(at, 1);
}

function changedKeys(old: readonly string[], now: readonly string[]): readonly string[] {
  if (old.length === now.length && old.every((key, at) => key === now[at])) return [];
  return [...old.filter((key) => !now.includes(key)), ...now.filter((key) => !old.includes(key))];
}

function samePods(old: PodsOfRecord | undefined, now: PodsOfRecord | undefined): boolean {
  if (old === undefined || now === undefined) return old === now;
  return (
    sameMap(old.labels, now.labels) &&
    old.added.length === now.added.length &&
    old.added.every((labels, at) => sameMap(labels, now.added[at] ?? new Map()))
  );
}

function sameMap(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (b.get(key) !== value) return false;
  return true;
}

/** The record nearest to the one that asks, when a name stands for several: same file, same folder, first. */
export function nearest(records: readonly DesignRecord[], asking: DesignRecord): DesignRecord | undefined {
  if (records.length < 2) return records[0];
  const folder = asking.file.slice(0, asking.file.lastIndexOf('/') + 1);
  return (
    records.find((record) => record.file === asking.file) ??
    records.find((record) => record.file.slice(0, record.file.lastIndexOf('/') + 1) === folder) ??
    records[0]
  );
}
