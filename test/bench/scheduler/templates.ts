import type { KubernetesObject } from '../../../src/apimachinery/object.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import { PART } from './stand-in-server.ts';

/** Objects as test/integration/scheduler_perf/templates has them, 1.36. */
export interface PodTemplate {
  readonly labels?: Readonly<Record<string, string>>;
  readonly cpu?: string;
  readonly memory?: string;
  readonly spec?: JsonObject;
}

const NODE_SIZE = { pods: '110', cpu: '4', memory: '32Gi' };

export function nodeNamed(name: string, labels: Readonly<Record<string, string>>, size = NODE_SIZE): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec: {},
    status: { capacity: size, allocatable: size, conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

export function podNamed(
  name: string,
  namespace: string,
  part: string,
  index: number,
  { labels = {}, cpu = '100m', memory = '500Mi', spec = {} }: PodTemplate,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: `${part}-${index}`,
      labels: { ...labels, [PART]: part },
      creationTimestamp: '2026-01-01T00:00:00Z',
      generation: 1,
    },
    spec: {
      schedulerName: 'default-scheduler',
      containers: [{ name: 'pause', image: 'registry.k8s.io/pause:3.10.2', resources: { requests: { cpu, memory } } }],
      tolerations: [
        { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
        { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
      ],
      priority: 0,
      terminationGracePeriodSeconds: 0,
      ...spec,
    },
    status: { phase: 'Pending', qosClass: 'Burstable' },
  };
}

const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

function affinity(kind: 'podAffinity' | 'podAntiAffinity', color: string, topologyKey: string, required: boolean) {
  const term = { labelSelector: { matchLabels: { color } }, topologyKey, namespaces: ['sched-1', 'sched-0'] };
  return {
    labels: { color },
    spec: {
      affinity: {
        [kind]: required
          ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
          : { preferredDuringSchedulingIgnoredDuringExecution: [{ podAffinityTerm: term, weight: 1 }] },
      },
    },
  } satisfies PodTemplate;
}

function spreading(whenUnsatisfiable: string): PodTemplate {
  const labelSelector = { matchLabels: { color: 'blue' } };
  return {
    labels: { color: 'blue' },
    spec: { topologySpreadConstraints: [{ maxSkew: 5, topologyKey: ZONE, whenUnsatisfiable, labelSelector }] },
  };
}

export const POD_TEMPLATES = {
  default: {},
  light: { cpu: '0', memory: '0' },
  gated: { cpu: '0', memory: '0', spec: { schedulingGates: [{ name: 'test.k8s.io/hold' }] } },
  lowPriority: { cpu: '900m' },
  highPriority: { cpu: '3000m', spec: { priority: 10 } },
  highPriorityLargeCpu: { cpu: '9', spec: { priority: 10 } },
  antiAffinity: affinity('podAntiAffinity', 'green', HOSTNAME, true),
  antiAffinityLabel: { labels: { color: 'green' } },
  affinity: affinity('podAffinity', 'blue', ZONE, true),
  preferredAffinity: affinity('podAffinity', 'red', HOSTNAME, false),
  preferredAntiAffinity: affinity('podAntiAffinity', 'yellow', HOSTNAME, false),
  nodeAffinity: {
    spec: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: ZONE, operator: 'In', values: ['zone1', 'zone2'] }] }],
          },
        },
      },
    },
  },
  spreading: spreading('DoNotSchedule'),
  preferredSpreading: spreading('ScheduleAnyway'),
  daemonset: {
    cpu: '0',
    memory: '0',
    spec: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['scheduler-perf-node'] }] },
            ],
          },
        },
      },
    },
  },
  secret: { spec: { volumes: [{ name: 'secret', secret: { secretName: 'secret' } }] } },
} satisfies Record<string, PodTemplate>;
