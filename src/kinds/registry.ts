import { assert } from '../base/assert.ts';
import { compareStrings } from '../base/compare.ts';
import { formatGroupKind, parseApiVersion } from '../apimachinery/group-version-kind.ts';
import type { GroupKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { KindDefinition } from './kind.ts';

/**
 * Which kinds there are: a value, never a global. A design that brings CustomResourceDefinitions extends it; the
 * built-in registry stays as it is.
 */
export interface KindRegistry {
  /** All definitions, ordered by group and kind. */
  readonly definitions: readonly KindDefinition[];
  /** The definition of a group and kind, in any of its spellings; undefined where nobody knows it. */
  find(kind: GroupKind): KindDefinition | undefined;
  /** The definition of an object; a generic one where nobody knows its kind. */
  of(object: KubernetesObject): KindDefinition;
  /** The definition of a group and kind; a generic one where nobody knows it. */
  get(kind: GroupKind): KindDefinition;
  /** The group and kind under which an object is found whichever spelling it uses: `Deployment.apps` for `extensions`. */
  canonical(kind: GroupKind): string;
}

/** Makes a definition for a kind that nobody described. */
export type GenericDefinition = (kind: GroupKind, version: string) => KindDefinition;

/**
 * Joins definitions. Refuses at load what would make an answer depend on order: a kind given twice, an empty name,
 * a spelling claimed by two kinds.
 */
export function createKindRegistry(definitions: readonly KindDefinition[], generic: GenericDefinition): KindRegistry {
  const byName = new Map<string, KindDefinition>();
  for (const definition of definitions) {
    const name = formatGroupKind(definition);
    assert(
      definition.kind !== '' && definition.version !== '' && definition.resource !== '',
      `kind without a name: ${name}`,
    );
    assert(!byName.has(name), `kind given twice: ${name}`);
    byName.set(name, definition);
  }
  const spellings = new Map(byName);
  for (const definition of definitions) {
    for (const older of definition.olderVersions ?? []) {
      const name = formatGroupKind({ group: older.group, kind: definition.kind });
      const holder = spellings.get(name);
      assert(holder === undefined || holder === definition, `two kinds claim ${name}`);
      spellings.set(name, definition);
    }
  }
  // Generic definitions are made once each: objects of one unknown kind share theirs. The cache is not part of the value.
  const made = new Map<string, KindDefinition>();
  const get = (kind: GroupKind, version = 'v1'): KindDefinition => {
    const name = formatGroupKind(kind);
    const known = spellings.get(name) ?? made.get(name);
    if (known) return known;
    const definition = generic(kind, version);
    made.set(name, definition);
    return definition;
  };
  return {
    definitions: [...definitions].sort((a, b) => compareStrings(a.group, b.group) || compareStrings(a.kind, b.kind)),
    find: (kind) => spellings.get(formatGroupKind(kind)),
    of: (object) => {
      const { group, version } = parseApiVersion(object.apiVersion);
      return get({ group, kind: object.kind }, version);
    },
    get,
    canonical: (kind) => {
      const name = formatGroupKind(kind);
      const known = spellings.get(name);
      return known ? formatGroupKind(known) : name;
    },
  };
}

/** The registry with more kinds; a kind that is already known keeps its definition. */
export function extendKindRegistry(
  registry: KindRegistry,
  more: readonly KindDefinition[],
  generic: GenericDefinition,
): KindRegistry {
  const added = new Map<string, KindDefinition>();
  for (const definition of more) {
    const name = formatGroupKind(definition);
    if (!registry.find(definition) && !added.has(name)) added.set(name, definition);
  }
  return added.size === 0 ? registry : createKindRegistry([...registry.definitions, ...added.values()], generic);
}
