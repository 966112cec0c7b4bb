import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import { nameAt, stringAt } from '../../base/json.ts';
import type { Connection } from '../kind.ts';
import type { Reference, ReferenceType } from '../reference.ts';
import { scopeOfKind } from './kind-scope.ts';
import { nameReference } from './name-reference.ts';
import { ALREADY, refuseOtherNamespace } from './same-namespace.ts';

/**
 * The reference of a `{apiVersion, kind, name}`, which is in the namespace of the object or cluster-scoped.
 * Source: autoscaling/v2 CrossVersionObjectReference, 1.36.
 */
export function crossVersionReference(
  object: JsonObject,
  type: ReferenceType,
  path: Path,
  namespace: string,
): readonly Reference[] {
  const kind = nameAt(object, ...path, 'kind');
  if (kind === undefined) return [];
  const { group } = parseApiVersion(stringAt(object, ...path, 'apiVersion') ?? '');
  const target = { group, kind, namespace: scopeOfKind(group, kind) === 'Cluster' ? '' : namespace };
  return nameReference(object, type, [...path, 'name'], target);
}

/** The arrows that write such a reference, one for each kind it may end at. */
export function scaleConnections(path: Path, kinds: readonly GroupKind[]): readonly Connection[] {
  return kinds.map((to) => ({
    id: 'scale',
    to,
    connect(source, target) {
      const refusal = refuseOtherNamespace(source, target);
      if (refusal) return refusal;
      const name = nameOf(target);
      if (name === '') return { refused: 'connect.noMeaning' };
      const { group } = parseApiVersion(stringAt(source, ...path, 'apiVersion') ?? '');
      const same =
        group === parseApiVersion(target.apiVersion).group &&
        stringAt(source, ...path, 'kind') === target.kind &&
        stringAt(source, ...path, 'name') === name;
      if (same) return ALREADY;
      const value = { apiVersion: target.apiVersion, kind: target.kind, name };
      return { source: [{ op: 'set', path, value }] };
    },
  }));
}
