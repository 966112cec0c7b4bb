import type { PatchSchema } from '../patch-schema.ts';
import { comparePathElements } from './path-element.ts';
import type { FieldPath, PathElement } from './path-element.ts';

/**
 * A set of field paths, as one entry of managedFields holds it: the elements that end a path here, and the sets below
 * each element, both by the element's id. Values are never changed.
 * Source: sigs.k8s.io/structured-merge-diff/v6 fieldpath/set.go, as vendored in 1.36.
 */
export interface FieldSet {
  readonly members: ReadonlyMap<string, PathElement>;
  readonly children: ReadonlyMap<string, Child>;
}

export interface Child {
  readonly element: PathElement;
  readonly set: FieldSet;
}

export const EMPTY_SET: FieldSet = { members: new Map(), children: new Map() };

export function fieldSetOf(...paths: readonly FieldPath[]): FieldSet {
  const builder = new FieldSetBuilder();
  for (const path of paths) builder.insert(path);
  return builder.build();
}

/** Collects paths; the sets it answers do not change any more. */
export class FieldSetBuilder {
  readonly #members = new Map<string, PathElement>();
  readonly #children = new Map<string, { element: PathElement; builder: FieldSetBuilder }>();

  /** The empty path is the object itself and is not recorded. */
  insert(path: FieldPath, from = 0): void {
    const element = path[from];
    if (element === undefined) return;
    if (from === path.length - 1) {
      this.#members.set(element.id, element);
      return;
    }
    let child = this.#children.get(element.id);
    if (!child) {
      child = { element, builder: new FieldSetBuilder() };
      this.#children.set(element.id, child);
    }
    child.builder.insert(path, from + 1);
  }

  build(): FieldSet {
    if (this.#members.size === 0 && this.#children.size === 0) return EMPTY_SET;
    const children = [...this.#children].map(
      ([id, { element, builder }]) => [id, { element, set: builder.build() }] as const,
    );
    return { members: new Map(this.#members), children: new Map(children) };
  }
}

export function isEmptySet(set: FieldSet): boolean {
  if (set.members.size > 0) return false;
  for (const child of set.children.values()) if (!isEmptySet(child.set)) return false;
  return true;
}

export function hasPath(set: FieldSet, path: FieldPath): boolean {
  const last = path.at(-1);
  if (!last) return false;
  let current: FieldSet | undefined = set;
  for (const element of path.slice(0, -1)) current = current?.children.get(element.id)?.set;
  return current?.members.has(last.id) ?? false;
}

/** The set below an element. */
export function below(set: FieldSet, element: PathElement): FieldSet {
  return set.children.get(element.id)?.set ?? EMPTY_SET;
}

/** The first set itself where the second adds nothing, so that what was worked out of it once still holds. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isEmptySet(b) || includes(a, b)) return a;
  if (isEmptySet(a)) return b;
  const children = new Map(a.children);
  for (const [id, child] of b.children) {
    const own = children.get(id);
    children.set(id, own ? { element: own.element, set: union(own.set, child.set) } : child);
  }
  return { members: new Map([...a.members, ...b.members]), children };
}

function includes(a: FieldSet, b: FieldSet): boolean {
  for (const id of b.members.keys()) if (!a.members.has(id)) return false;
  for (const [id, child] of b.children) {
    const own = a.children.get(id);
    if (own === undefined || !includes(own.set, child.set)) return false;
  }
  return true;
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isEmptySet(a)) return a;
  if (isEmptySet(b)) return EMPTY_SET;
  return changed(
    a,
    (id) => b.members.has(id),
    (child, id) => {
      const other = b.children.get(id);
      return other && intersection(child.set, other.set);
    },
  );
}

/** Removes the paths of `b`, not what lies below them. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(b)) return a;
  return changed(
    a,
    (id) => !b.members.has(id),
    (child, id) => {
      const other = b.children.get(id);
      return other ? difference(child.set, other.set) : child.set;
    },
  );
}

/** Removes the paths of `b` and everything below them. */
export function recursiveDifference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(b)) return a;
  return changed(
    a,
    (id) => !b.members.has(id),
    (child, id) => {
      if (b.members.has(id)) return undefined;
      const other = b.children.get(id);
      return other ? recursiveDifference(child.set, other.set) : child.set;
    },
  );
}

/** What is left of a set; the set itself where nothing goes, so that what was worked out of it once still holds. */
function changed(
  set: FieldSet,
  stays: (id: string) => boolean,
  change: (child: Child, id: string) => FieldSet | undefined,
): FieldSet {
  let differs = false;
  const members = new Map<string, PathElement>();
  for (const [id, element] of set.members) {
    if (stays(id)) members.set(id, element);
    else differs = true;
  }
  const children = new Map<string, Child>();
  for (const [id, child] of set.children) {
    const next = change(child, id);
    if (next === child.set) children.set(id, child);
    else {
      differs = true;
      if (next && !isEmptySet(next)) children.set(id, { element: child.element, set: next });
    }
  }
  return differs ? { members, children } : set;
}

/** All paths, in the order of managedFields: what ends here first, then what lies below. */
export function pathsOf(set: FieldSet, prefix: FieldPath = []): FieldPath[] {
  const members = [...set.members.values()].sort(comparePathElements).map((element) => [...prefix, element]);
  const children = [...set.children.values()].sort((a, b) => comparePathElements(a.element, b.element));
  return [...members, ...children.flatMap(({ element, set: inner }) => pathsOf(inner, [...prefix, element]))];
}

export function equalSets(a: FieldSet, b: FieldSet): boolean {
  return (
    a.members.size === b.members.size &&
    a.children.size === b.children.size &&
    [...a.members.keys()].every((id) => b.members.has(id)) &&
    [...a.children].every(([id, child]) => {
      const other = b.children.get(id);
      return other !== undefined && equalSets(child.set, other.set);
    })
  );
}

/** The set with every declared field that has children made a member: managedFields leave those out. */
export function withDeclaredFields(set: FieldSet, schema: PatchSchema | undefined): FieldSet {
  const members = new Map(set.members);
  const children = new Map<string, Child>();
  for (const [id, { element, set: inner }] of set.children) {
    const declared = element.type === 'field' && schema?.shape === 'struct' ? schema.field(element.name) : undefined;
    if (declared) members.set(id, element);
    children.set(id, { element, set: withDeclaredFields(inner, declared ?? schemaBelow(schema, element)) });
  }
  return { members, children };
}

/** The schema of what an element leads to. */
export function schemaBelow(schema: PatchSchema | undefined, element: PathElement): PatchSchema | undefined {
  if (element.type === 'field') return schema?.field(element.name) ?? schema?.unknownFields;
  return element.type === 'key' ? schema?.items() : undefined;
}
