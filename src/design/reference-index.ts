import { matchesLabels } from '../apimachinery/label-selector.ts';
import type { LabelSelector } from '../apimachinery/label-selector.ts';
import { labelsOf, nameOf, namespaceOf } from '../apimachinery/object.ts';
import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import type { GroupKind } from '../apimachinery/group-version-kind.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { NamespaceChoice } from '../kinds/reference.ts';
import type { Design, DesignRecord } from './design.ts';

/** Something a label selector can select. */
export interface Selectable {
  readonly record: DesignRecord;
  readonly labels: ReadonlyMap<string, string>;
}

/**
 * Who is in a design, found by name or by labels without looking at everybody: each pair of label key and value has
 * its list per namespace, so that a selector reads the shortest list it can.
 */
export class ReferenceIndex {
  private readonly byName = new Map<string, DesignRecord[]>();
  private readonly made = new Map<string, DesignRecord[]>();
  private readonly byKind = new Map<string, DesignRecord[]>();
  private readonly templates = new Map<string, LabelPostings>();
  private readonly namespaces = new Map<string, ReadonlyMap<string, string>>();
  private readonly registry: KindRegistry;

  constructor(design: Design, registry: KindRegistry) {
    this.registry = registry;
    for (const record of design.records.values()) this.add(record);
    for (const record of this.byKind.get('Namespace') ?? []) {
      this.addNamespace(nameOf(record.object), labelsOf(record.object));
    }
  }

  /** Records of a name; several when the design repeats an identity. */
  named(kind: GroupKind, namespace: string, name: string): readonly DesignRecord[] {
    return this.byName.get(this.key(kind, namespace, name)) ?? [];
  }

  /** Records that will make an object of that name. */
  makersOf(kind: GroupKind, namespace: string, name: string): readonly DesignRecord[] {
    return this.made.get(this.key(kind, namespace, name)) ?? [];
  }

  /** The scope of a kind that is built in or defined in the design. */
  scopeOf(kind: GroupKind): KindDefinition['scope'] | undefined {
    return this.registry.find(kind)?.scope;
  }

  ofKind(kind: GroupKind): readonly DesignRecord[] {
    return this.byKind.get(this.registry.canonical(kind)) ?? [];
  }

  /** Pods, and objects whose Pod template matches, in the order of the design within each namespace. */
  podsMatching(namespaces: NamespaceChoice, selector: LabelSelector): readonly DesignRecord[] {
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

  private add(record: DesignRecord): void {
    const definition = this.registry.of(record.object);
    const name = nameOf(record.object);
    const groupKind = groupVersionKindOf(record.object);
    push(this.byKind, this.registry.canonical(groupKind), record);
    if (name !== '') {
      push(this.byName, this.key(groupKind, record.namespace, name), record);
      // Of a kind that nobody described the scope is a guess: without a namespace it may be cluster-scoped after all.
      const guessed = this.registry.find(groupKind) === undefined && namespaceOf(record.object) === undefined;
      if (guessed && record.namespace !== '') push(this.byName, this.key(groupKind, '', name), record);
    }
    if (record.namespace !== '' && !this.namespaces.has(record.namespace))
      this.addNamespace(record.namespace, new Map());
    for (const made of definition.makes?.(record.object) ?? []) {
      push(this.made, this.key(made, made.namespace, made.name), record);
    }
    const template = definition.podTemplate?.(record.object);
    if (template) {
      const postings = this.templates.get(record.namespace) ?? new LabelPostings();
      this.templates.set(record.namespace, postings);
      postings.add({ record, labels: template.labels });
      for (const more of definition.podLabels?.(record.object) ?? []) postings.addPods(record, template.labels, more);
    }
  }

  /** Every namespace carries its name as a label (NamespaceDefaultLabelName, GA since 1.22). */
  private addNamespace(name: string, labels: ReadonlyMap<string, string>): void {
    this.namespaces.set(name, new Map([...labels, ['kubernetes.io/metadata.name', name]]));
  }

  private key(kind: GroupKind, namespace: string, name: string): string {
    return `${this.registry.canonical(kind)}/${namespace}/${name}`;
  }
}

class LabelPostings {
  private readonly all: Selectable[] = [];
  private readonly byPair = new Map<string, Selectable[]>();
  /** By labels that only a controller writes; a selector that names one of them looks nowhere else. */
  private readonly byAddedPair = new Map<string, Selectable[]>();

  /** Pods that a controller labels further, beyond the template. */
  addPods(record: DesignRecord, template: ReadonlyMap<string, string>, more: ReadonlyMap<string, string>): void {
    const labels = new Map([...template, ...more]);
    for (const [key, value] of more) push(this.byAddedPair, `${key}=${value}`, { record, labels });
  }

  add(selectable: Selectable): void {
    this.all.push(selectable);
    for (const [key, value] of selectable.labels) push(this.byPair, `${key}=${value}`, selectable);
  }

  matching(selector: LabelSelector): readonly Selectable[] {
    return this.candidates(selector).filter(({ labels }) => matchesLabels(selector, labels));
  }

  private candidates(selector: LabelSelector): readonly Selectable[] {
    let best: readonly Selectable[] = this.all;
    for (const { key, operator, values } of selector.requirements) {
      const added = operator === 'In' ? values.flatMap((value) => this.byAddedPair.get(`${key}=${value}`) ?? []) : [];
      // A Pod that stands in a manifest of its own bears such a label like any other.
      if (added.length > 0) return [...added, ...values.flatMap((value) => this.byPair.get(`${key}=${value}`) ?? [])];
      if (operator !== 'In' || values.length !== 1) continue;
      const list = this.byPair.get(`${key}=${values[0]!}`) ?? [];
      if (list.length < best.length) best = list;
    }
    return best;
  }
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
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
