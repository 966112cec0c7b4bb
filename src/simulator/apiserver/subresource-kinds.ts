import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import type { JsonObject } from '../../base/json.ts';

interface Part {
  /** The parent's where left out. */
  readonly kind?: GroupVersionKind;
  readonly verbs: readonly string[];
}

const CHANGED = ['get', 'patch', 'update'];

function core(kind: string): GroupVersionKind {
  return { group: '', version: 'v1', kind };
}

/**
 * What a subresource takes and gives, and its verbs.
 * Source: pkg/registry/core/rest/storage_core.go and the storages' `GroupVersionKind`, 1.36, as discovery tells them.
 */
const PARTS: Readonly<Record<string, Part>> = {
  approval: { verbs: CHANGED },
  attach: { kind: core('PodAttachOptions'), verbs: ['create', 'get'] },
  binding: { kind: core('Binding'), verbs: ['create'] },
  ephemeralcontainers: { verbs: CHANGED },
  eviction: { kind: { group: 'policy', version: 'v1', kind: 'Eviction' }, verbs: ['create'] },
  exec: { kind: core('PodExecOptions'), verbs: ['create', 'get'] },
  finalize: { verbs: ['update'] },
  log: { verbs: ['get'] },
  portforward: { kind: core('PodPortForwardOptions'), verbs: ['create', 'get'] },
  resize: { verbs: CHANGED },
  scale: { kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' }, verbs: CHANGED },
  status: { verbs: CHANGED },
  token: { kind: { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' }, verbs: ['create'] },
};

const PROXY_VERBS = ['create', 'delete', 'get', 'patch', 'update'];

/** The entry of a subresource in discovery. */
export function partOf(subresource: string, parent: GroupVersionKind): JsonObject {
  if (subresource === 'proxy')
    return {
      subresource,
      responseKind: { ...core(`${parent.kind}ProxyOptions`) },
      verbs: PROXY_VERBS,
    };
  const part = Object.hasOwn(PARTS, subresource) ? PARTS[subresource]! : { verbs: CHANGED };
  return { subresource, responseKind: { ...(part.kind ?? parent) }, verbs: part.verbs };
}
