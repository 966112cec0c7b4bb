import { answeredByHttp } from '../client/http-call.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { ComponentId, Context } from '../component.ts';
import type { AnswerMessage, CallMessage } from '../messages.ts';
import type { ContainerStats } from './runtime/container-stats.ts';
import type { KubeletState } from './state.ts';
import { callRuntime } from './state.ts';

/**
 * What metrics-server asks a kubelet for: what the containers of its Node have used.
 * Source: pkg/kubelet/metrics/collectors/resource_metrics.go, 1.36.
 */
export const RESOURCE_METRICS = 'GET /metrics/resource';

/** What one container has used since its start. */
export interface ContainerPoint {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly startedAtMs: number;
  readonly cpuUs: number;
  readonly memoryBytes: number;
  /** Requests that it was sent, which it would tell of itself. */
  readonly requests: number;
}

/** What a Node says of itself at a moment. */
export interface NodePoints {
  readonly atMs: number;
  readonly containers: readonly ContainerPoint[];
}

export function serveResourceMetrics(
  state: KubeletState,
  from: ComponentId,
  { id, method }: CallMessage,
  context: Context,
): void {
  callRuntime(state, { uid: '', exec: { to: from, id, method } }, 'ListContainerStats', {}, context);
}

/** The runtime has told what its containers used. */
export function statsListed(
  state: KubeletState,
  asked: { readonly to: ComponentId; readonly id: number; readonly method: string },
  { result }: AnswerMessage,
  context: Context,
): void {
  const containers = (result['stats'] as readonly ContainerStats[]).flatMap(
    ({ podUid, name, startedAtMs, cpuUs, memoryBytes, requests }): readonly ContainerPoint[] => {
      const record = state.records.get(podUid);
      if (record === undefined) return [];
      const { pod } = record;
      const place = { namespace: namespaceOf(pod) ?? '', pod: nameOf(pod), container: name };
      return [Object.freeze({ ...place, startedAtMs, cpuUs, memoryBytes, requests })];
    },
  );
  const points: NodePoints = Object.freeze({ atMs: context.nowMs, containers: Object.freeze(containers) });
  const { to, id, method } = asked;
  context.send(
    to,
    { type: 'answer', id, method, ok: true, result: Object.freeze({ points }) },
    answeredByHttp(200, { containers: containers.length }),
  );
}
