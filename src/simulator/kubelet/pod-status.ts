import type { JsonObject } from '../../base/json.ts';

/** The status of a Pod whose containers all run and are ready. Source: pkg/kubelet/status/generate.go, 1.36. */
export function runningStatus(
  containers: readonly { readonly name: string; readonly image: string }[],
  podIP: string,
  now: string,
): JsonObject {
  const condition = (type: string): JsonObject => ({ type, status: 'True', lastTransitionTime: now });
  return {
    phase: 'Running',
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: now,
    conditions: ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady'].map(condition),
    containerStatuses: containers.map(({ name, image }) => ({
      name,
      image,
      imageID: image,
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: now } },
    })),
  };
}
