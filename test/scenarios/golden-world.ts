import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import { annotationsOf, isBeingDeleted, nameOf, namespaceOf } from '../../src/apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../src/base/json.ts';
import { arrayAt, nameAt, stringAt } from '../../src/base/json.ts';
import type { ApiCall } from '../../src/simulator/client/api-client.ts';
import { Cluster } from '../../src/simulator/cluster.ts';
import type { ApiResponse } from '../../src/simulator/messages.ts';
import { timeOf } from '../../src/simulator/kernel/clock.ts';
import { kinds } from '../../src/simulator/testing/built-in-kinds.ts';

/**
 * The world of the recorded runs: a control plane with three Nodes on which no kubelet runs. A stand-in looks at the Pods
 * every 150 ms: a Pod with a Node becomes Running (unless an image contains `bad`) and Ready unless annotated
 * `t/ready: "false"`; a Pod that is being deleted goes at once. It asks for one thing after another, each when the one
 * before is answered.
 */
export class GoldenWorld {
  readonly cluster: Cluster;
  readonly answers: ApiResponse[] = [];
  private readonly beganMs: number;

  constructor() {
    this.cluster = Cluster.create({ seed: 1, kinds, topology: { nodes: [] }, storage: 'none' });
    this.cluster.runUntil(5000);
    for (const node of NODES) this.ask({ verb: 'create', resource: resource('', 'v1', 'nodes'), body: node });
    this.runTo(this.cluster.nowMs + 1000);
    this.beganMs = this.cluster.nowMs;
  }

  /** Lets the run go on to a time after its beginning, in seconds. */
  runToSeconds(seconds: number): void {
    this.runTo(this.beganMs + Math.round(seconds * 1000));
  }

  /** Makes a request and waits for its answer. */
  ask(call: ApiCall): ApiResponse {
    const token = this.cluster.request(call);
    for (;;) {
      const answer = this.cluster.answerTo(token);
      if (answer !== undefined) return answer;
      if (!this.cluster.step()) throw new Error('nobody answers');
    }
  }

  private runTo(timeMs: number): void {
    while (this.cluster.nowMs < timeMs) {
      this.cluster.runUntil(Math.min(timeMs, this.cluster.nowMs + POLL_MS));
      this.poll();
    }
  }

  private poll(): void {
    for (const pod of this.cluster.objects()) {
      if (pod.kind !== 'Pod' || nameAt(pod, 'spec', 'nodeName') === undefined) continue;
      const at = { resource: resource('', 'v1', 'pods'), namespace: namespaceOf(pod)!, name: nameOf(pod) };
      if (isBeingDeleted(pod)) this.ask({ ...at, verb: 'delete', options: { gracePeriodSeconds: 0 } });
      else if (stringAt(pod, 'status', 'phase') === 'Pending' && !hasBadImage(pod))
        this.ask({
          ...at,
          verb: 'patch',
          subresource: 'status',
          options: { patchType: 'merge' },
          body: { apiVersion: 'v1', kind: 'Pod', status: runningStatus(pod, this.cluster.nowMs) },
        });
    }
  }
}

const POLL_MS = 150;

export function resource(group: string, version: string, plural: string): ApiCall['resource'] {
  return { group, version, plural };
}

function hasBadImage(pod: KubernetesObject): boolean {
  return arrayAt(pod, 'spec', 'containers').some((container) => stringAt(container, 'image')?.includes('bad') === true);
}

function runningStatus(pod: KubernetesObject, nowMs: number): JsonObject {
  const isReady = annotationsOf(pod).get('t/ready') !== 'false';
  const status = isReady ? 'True' : 'False';
  const time = timeOf(nowMs);
  const scheduled: JsonValue[] = arrayAt(pod, 'status', 'conditions').filter(
    (condition) => stringAt(condition, 'type') === 'PodScheduled',
  );
  return {
    phase: 'Running',
    startTime: time,
    conditions: [
      ...scheduled,
      ...['Initialized', 'Ready', 'ContainersReady'].map((type) => ({
        type,
        status: type === 'Initialized' ? 'True' : status,
        lastTransitionTime: time,
      })),
    ],
  };
}

const NODES: readonly KubernetesObject[] = [
  node('n1', 'a', { disk: 'ssd' }, []),
  node('n2', 'b', {}, []),
  node('n3', 'b', {}, [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }]),
];

function node(name: string, zone: string, labels: Readonly<Record<string, string>>, taints: JsonValue[]) {
  const size = { cpu: '4', memory: '8Gi', pods: '110' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': zone, ...labels },
    },
    spec: { taints },
    status: {
      capacity: size,
      allocatable: size,
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: '' }],
    },
  };
}
