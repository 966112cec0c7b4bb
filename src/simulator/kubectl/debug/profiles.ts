import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, isJsonObject, objectAt, stringAt } from '../../../base/json.ts';
import { CONTAINER_FIELDS } from '../../kubelet/pod-runtime.ts';

/** What is debugged: a Node, a copy of a Pod, or a Pod that gets a container more. */
export type DebugStyle = 'node' | 'podCopy' | 'ephemeral';

/** Which parts of a Pod its copy keeps. */
export interface KeepFlags {
  readonly labels: boolean;
  readonly annotations: boolean;
  readonly liveness: boolean;
  readonly readiness: boolean;
  readonly startup: boolean;
  readonly initContainers: boolean;
}

export const PROFILES = ['legacy', 'general', 'baseline', 'restricted', 'netadmin', 'sysadmin'] as const;
export type ProfileName = (typeof PROFILES)[number];

type Change = (pod: JsonObject, container: string) => JsonObject;

/**
 * The Pod with what a profile gives its debugging container, and takes from the copy of a Pod.
 * Source: staging/src/k8s.io/kubectl/pkg/cmd/debug/profiles.go, 1.36.2.
 */
export function withProfile(
  pod: JsonObject,
  container: string,
  style: DebugStyle,
  profile: ProfileName,
  keep: KeepFlags,
): JsonObject {
  const { always = [], ...byStyle } = CHANGES[profile];
  const reduced = style === 'podCopy' ? reducedCopy(pod, profile === 'legacy' ? { ...ALL, labels: false } : keep) : pod;
  const changed = [...always, ...(byStyle[style] ?? [])].reduce((made, change) => change(made, container), reduced);
  return style === 'podCopy' && profile !== 'legacy' ? sharingProcesses(changed) : changed;
}

const ALL: KeepFlags = {
  labels: true,
  annotations: true,
  liveness: true,
  readiness: true,
  startup: true,
  initContainers: true,
};

function reducedCopy(pod: JsonObject, keep: KeepFlags): JsonObject {
  const { labels, annotations, ...metadata } = objectAt(pod, 'metadata') ?? {};
  const { initContainers, ...spec } = objectAt(pod, 'spec') ?? {};
  const probes = [
    ...(keep.liveness ? [] : ['livenessProbe']),
    ...(keep.readiness ? [] : ['readinessProbe']),
    ...(keep.startup ? [] : ['startupProbe']),
  ];
  const containers = arrayAt(spec, 'containers').map((container) =>
    Object.fromEntries(Object.entries(container as JsonObject).filter(([key]) => !probes.includes(key))),
  );
  return {
    ...pod,
    metadata: {
      ...metadata,
      ...(keep.labels && labels !== undefined ? { labels } : {}),
      ...(keep.annotations && annotations !== undefined ? { annotations } : {}),
    },
    spec: {
      ...spec,
      ...(spec['containers'] === undefined ? {} : { containers }),
      ...(keep.initContainers && initContainers !== undefined ? { initContainers } : {}),
    },
  };
}

function sharingProcesses(pod: JsonObject): JsonObject {
  const spec = objectAt(pod, 'spec') ?? {};
  return spec['shareProcessNamespace'] === undefined ? { ...pod, spec: { ...spec, shareProcessNamespace: true } } : pod;
}

const useHostNamespaces: Change = (pod) => ({
  ...pod,
  spec: { ...objectAt(pod, 'spec'), hostNetwork: true, hostPID: true, hostIPC: true },
});

const HOST_ROOT = 'host-root';

const mountRootPartition: Change = (pod, name) => {
  const spec = objectAt(pod, 'spec') ?? {};
  const volumes = [...arrayAt(spec, 'volumes'), { name: HOST_ROOT, hostPath: { path: '/' } }];
  return changeContainer({ ...pod, spec: { ...spec, volumes } }, name, (container) => ({
    ...container,
    volumeMounts: [...arrayAt(container, 'volumeMounts'), { mountPath: '/host', name: HOST_ROOT }],
  }));
};

const clearSecurityContext: Change = (pod, name) =>
  changeContainer(pod, name, (container) => {
    const { securityContext: _, ...rest } = container;
    return rest;
  });

const secured =
  (more: JsonObject): Change =>
  (pod, name) =>
    changeContainer(pod, name, (container) => ({
      ...container,
      securityContext: { ...objectAt(container, 'securityContext'), ...more },
    }));

const allowing =
  (...added: readonly string[]): Change =>
  (pod, name) =>
    changeContainer(pod, name, (container) => {
      const securityContext = objectAt(container, 'securityContext') ?? {};
      const capabilities = objectAt(securityContext, 'capabilities') ?? {};
      const add = [...arrayAt(capabilities, 'add'), ...added];
      return { ...container, securityContext: { ...securityContext, capabilities: { ...capabilities, add } } };
    });

const restricted = secured({
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  allowPrivilegeEscalation: false,
  seccompProfile: { type: 'RuntimeDefault' },
});
const privileged = secured({ privileged: true });

const CHANGES: Readonly<
  Record<
    ProfileName,
    { readonly always?: readonly Change[] } & Readonly<Partial<Record<DebugStyle, readonly Change[]>>>
  >
> = {
  legacy: { node: [mountRootPartition, useHostNamespaces] },
  general: {
    node: [mountRootPartition, clearSecurityContext, useHostNamespaces],
    podCopy: [allowing('SYS_PTRACE')],
    ephemeral: [allowing('SYS_PTRACE')],
  },
  baseline: { always: [clearSecurityContext] },
  restricted: { always: [clearSecurityContext, restricted] },
  netadmin: { always: [allowing('NET_ADMIN', 'NET_RAW')], node: [useHostNamespaces] },
  sysadmin: { always: [privileged], node: [useHostNamespaces, mountRootPartition] },
};

/** The Pod with one of its containers, of whatever kind, changed. */
export function changeContainer(
  pod: JsonObject,
  name: string,
  change: (container: JsonObject) => JsonObject,
): JsonObject {
  const spec = objectAt(pod, 'spec') ?? {};
  const fields = Object.values(CONTAINER_FIELDS).flatMap((field) => {
    const list = arrayAt(spec, field);
    if (!list.some((container) => stringAt(container, 'name') === name)) return [];
    const changed = list.map((container): JsonValue =>
      isJsonObject(container) && stringAt(container, 'name') === name ? change(container) : container,
    );
    return [[field, changed] as const];
  });
  return { ...pod, spec: { ...spec, ...Object.fromEntries(fields) } };
}
