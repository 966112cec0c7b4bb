import { formatGroupKind, parseGroupKind } from './group-version-kind.ts';
import type { GroupKind } from './group-version-kind.ts';

/** The namespace of a namespaced object that names none. */
export const DEFAULT_NAMESPACE = 'default';

/**
 * Which object this is, as one string: `Deployment.apps/shop/web`, `Service/shop/web`, cluster-scoped `Node//w1`.
 * The version is left out: `apps/v1` and `apps/v1beta1` of one name are one object.
 */
export type ObjectIdentity = string;

/** `namespace` is '' for cluster-scoped kinds. */
export function objectIdentity(kind: GroupKind, namespace: string, name: string): ObjectIdentity {
  return `${formatGroupKind(kind)}/${namespace}/${name}`;
}

export interface IdentityParts extends GroupKind {
  readonly namespace: string;
  readonly name: string;
}

/** Reads an identity; names never hold a slash, RBAC names may, so only the first two slashes count. */
export function parseObjectIdentity(identity: ObjectIdentity): IdentityParts {
  const first = identity.indexOf('/');
  const second = identity.indexOf('/', first + 1);
  return {
    ...parseGroupKind(identity.slice(0, first)),
    namespace: identity.slice(first + 1, second),
    name: identity.slice(second + 1),
  };
}
