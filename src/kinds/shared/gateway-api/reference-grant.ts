import type { GroupKind } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt, stringAt } from '../../../base/json.ts';
import type { Path } from '../../../base/json.ts';
import { namespaceOrDefault } from '../name-reference.ts';

/** Who may point into the namespace of a ReferenceGrant. */
export interface GrantedSource extends GroupKind {
  readonly path: Path;
  readonly namespace: string;
}

/** What they may point at; every object of the kind where there is no name. */
export interface GrantedTarget extends GroupKind {
  readonly path: Path;
  readonly name?: string;
}

export function grantedSources(grant: KubernetesObject): readonly GrantedSource[] {
  return arrayAt(grant, 'spec', 'from').flatMap((entry, index) => {
    const group = stringAt(entry, 'group');
    const kind = nameAt(entry, 'kind');
    const namespace = nameAt(entry, 'namespace');
    if (group === undefined || kind === undefined || namespace === undefined) return [];
    return [{ path: ['spec', 'from', index], group, kind, namespace }];
  });
}

export function grantedTargets(grant: KubernetesObject): readonly GrantedTarget[] {
  return arrayAt(grant, 'spec', 'to').flatMap((entry, index) => {
    const group = stringAt(entry, 'group');
    const kind = nameAt(entry, 'kind');
    const name = nameAt(entry, 'name');
    if (group === undefined || kind === undefined) return [];
    return [{ path: ['spec', 'to', index], group, kind, ...(name !== undefined && { name }) }];
  });
}

/** Whether a grant allows a reference from a kind in one namespace to an object in the grant's own. */
export function isGranted(
  grant: KubernetesObject,
  from: GroupKind & { readonly namespace: string },
  to: GroupKind & { readonly namespace: string; readonly name: string },
): boolean {
  if (namespaceOrDefault(grant) !== to.namespace) return false;
  const sameKind = (a: GroupKind, b: GroupKind) => a.group === b.group && a.kind === b.kind;
  return (
    grantedSources(grant).some((source) => sameKind(source, from) && source.namespace === from.namespace) &&
    grantedTargets(grant).some((target) => sameKind(target, to) && (target.name ?? to.name) === to.name)
  );
}
