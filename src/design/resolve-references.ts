import { matchesLabels } from '../apimachinery/label-selector.ts';
import type { LabelSelector } from '../apimachinery/label-selector.ts';
import type { GroupKind } from '../apimachinery/group-version-kind.ts';
import { parseApiVersion } from '../apimachinery/group-version-kind.ts';
import { labelsOf, nameOf } from '../apimachinery/object.ts';
import { DEFAULT_NAMESPACE, objectIdentity } from '../apimachinery/object-identity.ts';
import { toleratesTaint } from '../apimachinery/taints.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../base/json.ts';
import { isClusterProvided } from '../kinds/cluster-provided.ts';
import type { KindSource, NameTarget, ObjectSelectorTarget, Reference } from '../kinds/reference.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import { declaredReferences } from './declared-references.ts';
import { ReferenceIndex, nearest } from './reference-index.ts';
import type { Design, DesignRecord, RecordId } from './design.ts';
import type { ReferenceGraph, ResolvedReference } from './graph.ts';

/**
 * Looks up everything that the records of a design point at. One reference for each object a selector selects; one
 * with `to: null` where it selects none. Time grows with records plus references, not with their product.
 */
export function resolveReferences(design: Design, registry: KindRegistry): ReferenceGraph {
  const index = new ReferenceIndex(design, registry);
  const references: ResolvedReference[] = [];
  for (const record of design.records.values())
    for (const found of resolveRecord(record, registry, index)) references.push({ index: references.length, ...found });
  return referenceGraph(references);
}

/** What one record points at, looked up. */
export function* resolveRecord(
  record: DesignRecord,
  registry: KindRegistry,
  index: ReferenceIndex,
): Iterable<Omit<ResolvedReference, 'index'>> {
  for (const declaration of declaredReferences(record, registry))
    for (const found of resolve(record, declaration, index)) yield { from: record.id, declaration, ...found };
}

type Found = Pick<ResolvedReference, 'to' | 'toIdentity' | 'resolved' | 'because' | 'maker'>;

const NOTHING: Found = { to: null, toIdentity: null, resolved: false };

function resolve(from: DesignRecord, { target }: Reference, index: ReferenceIndex): readonly Found[] {
  switch (target.by) {
    case 'name':
      return target.kindIn === undefined ? [byName(from, target, index)] : byKindOfAnother(from, target, index);
    case 'pods':
      return matched(from, index.podsMatching(target.namespaces, target.selector));
    case 'objects':
      return bySelector(from, target, index);
    case 'taint':
      return matched(
        from,
        index
          .ofKind({ group: '', kind: 'Node' })
          .filter((node) =>
            arrayAt(node.object, 'spec', 'taints').some((taint) => toleratesTaint(target.toleration, taint)),
          ),
      );
    case 'external':
      return [{ to: null, toIdentity: null, resolved: true, because: 'external' }];
  }
}

function byName(from: DesignRecord, target: NameTarget, index: ReferenceIndex): Found {
  const { name } = target;
  // A kind may have declared the namespace before a CustomResourceDefinition said that there is none.
  const namespace = index.scopeOf(target) === 'Cluster' ? '' : target.namespace;
  const identity = objectIdentity(target, namespace, name);
  const candidates = index.named(target, namespace, name).filter((record) => sameUid(target, record));
  const record = nearest(candidates, from);
  if (record) return { to: record.id, toIdentity: record.identity, resolved: true };
  const maker = nearest(index.makersOf(target, namespace, name), from);
  if (maker) return { to: null, toIdentity: identity, resolved: true, because: 'made', maker: maker.id };
  if (isClusterProvided({ ...target, namespace }))
    return { to: null, toIdentity: identity, resolved: true, because: 'provided' };
  return { to: null, toIdentity: identity, resolved: false };
}

/** The kind that another object says; undefined where it says none. */
function saidKind(
  from: DesignRecord,
  { path, name, ...kind }: KindSource,
  index: ReferenceIndex,
): GroupKind | undefined {
  // By the list of the kind: whoever read that looks again when one of them says something else.
  const holder = nearest(
    index.ofKind(kind).filter(({ object }) => nameOf(object) === name),
    from,
  );
  const said = holder && objectAt(holder.object, ...path);
  const own = nameAt(said, 'kind');
  return own === undefined
    ? undefined
    : { group: parseApiVersion(stringAt(said, 'apiVersion') ?? '').group, kind: own };
}

/** Of a namespaced kind and without a namespace all of the name are meant. */
function byKindOfAnother(from: DesignRecord, target: NameTarget, index: ReferenceIndex): readonly Found[] {
  const kind = target.kindIn && saidKind(from, target.kindIn, index);
  if (kind === undefined) return [];
  const named: NameTarget = { by: 'name', ...kind, namespace: target.namespace, name: target.name };
  if (target.namespace !== '' || index.scopeOf(kind) !== 'Namespaced') return [byName(from, named, index)];
  const all = index.ofKind(kind).filter(({ object }) => nameOf(object) === target.name);
  return all.length > 0 ? matched(from, all) : [byName(from, { ...named, namespace: DEFAULT_NAMESPACE }, index)];
}

function bySelector(from: DesignRecord, target: ObjectSelectorTarget, index: ReferenceIndex): readonly Found[] {
  if (target.kindIn === undefined) return matched(from, objectsMatching(target, index));
  const kind = saidKind(from, target.kindIn, index);
  return kind === undefined ? [] : matched(from, objectsMatching({ ...target, ...kind }, index));
}

/** Two objects of one name are different objects when both say who they are. */
function sameUid(target: NameTarget, record: DesignRecord): boolean {
  const uid = stringAt(record.object, 'metadata', 'uid');
  return target.uid === undefined || uid === undefined || uid === '' || uid === target.uid;
}

function objectsMatching(target: ObjectSelectorTarget, index: ReferenceIndex): readonly DesignRecord[] {
  const namespaces = target.namespaces === 'all' ? undefined : new Set(index.namespacesOf(target.namespaces));
  return index.ofKind(target).filter((record) => {
    if (namespaces && record.namespace !== '' && !namespaces.has(record.namespace)) return false;
    const labels = labelsOf(record.object);
    return target.anyOf.some((term) => matchesLabels(term.labels, labels) && matchesFields(term.fields, record));
  });
}

/** Fields are named by their path: `metadata.name`, `spec.signerName`. */
function matchesFields(fields: LabelSelector | undefined, { object }: DesignRecord): boolean {
  if (fields === undefined) return true;
  const values = fields.requirements.flatMap(({ key }): [string, string][] => {
    const value = stringAt(object, ...key.split('.'));
    return value === undefined ? [] : [[key, value]];
  });
  return matchesLabels(fields, new Map(values));
}

/**
 * One answer for each object that a selector selects. An arrow from an object to itself says nothing, so a Deployment
 * whose selector matches its own template, and nothing else, gives no answer at all; that is not a missing target.
 */
function matched(from: DesignRecord, records: readonly DesignRecord[]): readonly Found[] {
  if (records.length === 0) return [NOTHING];
  const others = records.filter((record) => record.identity !== from.identity);
  return nearestOfEach(others, from).map((record) => ({ to: record.id, toIdentity: record.identity, resolved: true }));
}

/** Each identity once: a folder may hold several versions of one object. */
function nearestOfEach(records: readonly DesignRecord[], from: DesignRecord): readonly DesignRecord[] {
  if (records.length < 2) return records;
  const groups = new Map<string, DesignRecord[]>();
  for (const record of records) {
    const group = groups.get(record.identity);
    if (group) group.push(record);
    else groups.set(record.identity, [record]);
  }
  return groups.size === records.length ? records : [...groups.values()].map((group) => nearest(group, from)!);
}

const NONE: readonly ResolvedReference[] = [];

/** A graph with both directions indexed, each only when somebody asks, if it is not given. */
export function referenceGraph(
  references: readonly ResolvedReference[],
  known?: ReadonlyMap<RecordId, readonly ResolvedReference[]>,
): ReferenceGraph {
  let outgoing = known;
  let incoming: Map<RecordId, ResolvedReference[]> | undefined;
  const group = (side: 'from' | 'to'): Map<RecordId, ResolvedReference[]> => {
    const map = new Map<RecordId, ResolvedReference[]>();
    for (const reference of references) {
      const id = reference[side];
      if (id === null) continue;
      const list = map.get(id);
      if (list) list.push(reference);
      else map.set(id, [reference]);
    }
    return map;
  };
  return {
    references,
    at: (index) => references[index],
    outgoing: (id) => (outgoing ??= group('from')).get(id) ?? NONE,
    incoming: (id) => (incoming ??= group('to')).get(id) ?? NONE,
  };
}

export const EMPTY_GRAPH: ReferenceGraph = referenceGraph([]);
