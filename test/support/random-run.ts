import fc from 'fast-check';
import { PROXY_MODES } from '../../src/simulator/kubeproxy/proxy-mode.ts';
import type { IpFamily } from '../../src/simulator/network/addresses.ts';
import { POD_NETWORKS } from '../../src/simulator/network/pod-network/pod-network.ts';
import type { RunNetwork } from '../../src/workspace/simulation/run-network.ts';
import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import { FAULTS } from '../../src/simulator/faults/faults.ts';
import type { FaultOrder } from '../../src/simulator/faults/fault.ts';
import { ETCD_MEMBERS } from '../../src/simulator/topology.ts';
import type { EtcdMembers } from '../../src/simulator/topology.ts';

/** Something done to a cluster at a moment after the one before. */
export type RandomStep = { readonly afterMs: number } & (
  | { readonly type: 'apply'; readonly objects: readonly KubernetesObject[] }
  | { readonly type: 'kubectl'; readonly line: string }
  /** For a fault of Pods, the how many-th of those that there are when it comes. */
  | { readonly type: 'fault'; readonly order: FaultOrder; readonly pod?: number }
);

export interface RandomRun {
  readonly seed: number;
  readonly workers: number;
  /** Undefined for an etcd of one latency. */
  readonly etcdMembers?: EtcdMembers;
  readonly steps: readonly RandomStep[];
  /** What its network is like; as by default where left out. */
  readonly network?: RunNetwork;
}

const NAMES = ['a', 'b', 'c'] as const;
const KINDS = [
  'deployment',
  'replicaset',
  'statefulset',
  'daemonset',
  'job',
  'pod',
  'service',
  'configmap',
  'poddisruptionbudget',
  'resourcequota',
  'namespace',
] as const;

const name = fc.constantFrom(...NAMES);
/** A CronJob seldom: where there is one, nothing ever rests. */
const anyKind = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...KINDS) },
  { weight: 1, arbitrary: fc.constant('cronjob' as const) },
);
const afterMs = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 90_000 }));

const template = fc.record({
  cpu: fc.constantFrom('10m', '500m', '2', '9'),
  image: fc.constantFrom('nginx:1.27', 'redis:7', 'busybox:1.36'),
  probe: fc.boolean(),
});

function podSpec({ cpu, image, probe }: { cpu: string; image: string; probe: boolean }, restartPolicy?: string) {
  return {
    ...(restartPolicy === undefined ? {} : { restartPolicy }),
    containers: [
      {
        name: 'main',
        image,
        resources: { requests: { cpu } },
        ...(probe ? { readinessProbe: { httpGet: { port: 80 }, periodSeconds: 3 } } : {}),
      },
    ],
  };
}

const object: fc.Arbitrary<KubernetesObject> = fc
  .record({ kind: anyKind, name, spec: template, count: fc.integer({ min: 0, max: 6 }) })
  .map(({ kind, name: own, spec, count }): KubernetesObject => {
    const metadata = { name: own, namespace: 'default', labels: { app: own } };
    const labels = { app: own, kind };
    const selector = { matchLabels: labels };
    const pods = { metadata: { labels }, spec: podSpec(spec) };
    switch (kind) {
      case 'deployment':
        return {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata,
          spec: { replicas: count, selector, template: pods },
        };
      case 'replicaset':
        return {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          metadata,
          spec: { replicas: count, selector, template: pods },
        };
      case 'daemonset':
        return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec: { selector, template: pods } };
      case 'job':
        return {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata,
          spec: { completions: Math.max(1, count), parallelism: 2, template: { spec: podSpec(spec, 'Never') } },
        };
      case 'statefulset':
        return {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          metadata,
          spec: {
            serviceName: own,
            replicas: count,
            podManagementPolicy: count > 3 ? 'Parallel' : 'OrderedReady',
            selector,
            template: pods,
            ...(count % 2 === 0 ? {} : { volumeClaimTemplates: [CLAIM] }),
          },
        };
      case 'cronjob':
        return {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          metadata,
          spec: {
            schedule: '*/2 * * * *',
            concurrencyPolicy: count > 3 ? 'Forbid' : count > 1 ? 'Replace' : 'Allow',
            jobTemplate: { spec: { template: { spec: podSpec(spec, 'OnFailure') } } },
          },
        };
      case 'poddisruptionbudget':
        return {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata,
          spec: {
            selector: { matchLabels: { app: own } },
            ...(count > 3 ? { maxUnavailable: count - 3 } : { minAvailable: count }),
          },
        };
      case 'resourcequota':
        return { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: { pods: String(4 + count) } } };
      case 'pod':
        return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, labels }, spec: podSpec(spec) };
      case 'service':
        return {
          apiVersion: 'v1',
          kind: 'Service',
          metadata,
          spec: { selector: { app: own }, ports: [{ port: 80 }], type: count > 4 ? 'NodePort' : 'ClusterIP' },
        };
      case 'configmap':
        return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { count: String(count) } };
      case 'namespace':
        return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: `n-${own}` } };
    }
  });

const CLAIM = {
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

const node = fc.integer({ min: 1, max: 3 }).map((number) => `w${number}`);

const line = fc.oneof(
  fc.tuple(name, fc.integer({ min: 0, max: 8 })).map(([own, count]) => `scale deployment ${own} --replicas=${count}`),
  fc
    .tuple(name, fc.constantFrom('nginx:1.28', 'redis:8'))
    .map(([own, image]) => `set image deployment/${own} main=${image}`),
  fc.tuple(name, fc.integer({ min: 0, max: 4 })).map(([own, count]) => `scale statefulset ${own} --replicas=${count}`),
  name.map((own) => `rollout restart deployment ${own}`),
  name.map((own) => `rollout restart statefulset ${own}`),
  name.map((own) => `rollout undo deployment ${own}`),
  fc
    .tuple(fc.constantFrom(...KINDS.filter((kind) => kind !== 'namespace' && kind !== 'pod'), 'cronjob'), name)
    .map(([kind, own]) => `delete ${kind} ${own} --wait=false`),
  fc
    .tuple(fc.constantFrom('orphan', 'foreground', 'background'), name)
    .map(([policy, own]) => `delete deployment ${own} --cascade=${policy} --wait=false`),
  name.map((own) => `delete pods -l app=${own} --wait=false`),
  name.map((own) => `delete namespace n-${own} --wait=false`),
  node.map((own) => `cordon ${own}`),
  node.map((own) => `uncordon ${own}`),
  node.map((own) => `drain ${own} --ignore-daemonsets --force --delete-emptydir-data --timeout=60s`),
  node.map((own) => `taint node ${own} key=value:NoExecute --overwrite`),
  node.map((own) => `label node ${own} disk=ssd --overwrite`),
);

type FaultStep = RandomStep & { readonly type: 'fault' };

const fault: fc.Arbitrary<FaultStep> = fc
  .record({
    at: fc.constantFrom(...FAULTS.values()),
    target: node,
    pod: fc.nat({ max: 20 }),
    afterMs,
    forMs: fc.integer({ min: 500, max: 120_000 }),
  })
  .map(({ at, target, pod, ...when }): FaultStep => ({
    type: 'fault',
    afterMs: when.afterMs,
    order: { fault: at.name, ...(at.target === 'Node' ? { target } : {}), forMs: when.forMs },
    ...(at.target === 'Pod' ? { pod } : {}),
  }));

const step: fc.Arbitrary<RandomStep> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('apply' as const),
      afterMs,
      objects: fc.array(object, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('kubectl' as const), afterMs, line }) },
  { weight: 2, arbitrary: fault },
);

/** As by default in half of the runs. */
const network: fc.Arbitrary<RunNetwork> = fc.oneof(
  fc.constant({}),
  fc.record({
    proxyMode: fc.constantFrom(...PROXY_MODES),
    ipFamilies: fc.constantFrom<readonly IpFamily[]>(['IPv4'], ['IPv6'], ['IPv4', 'IPv6'], ['IPv6', 'IPv4']),
    podNetwork: fc.constantFrom(...POD_NETWORKS),
  }),
);

export const randomRun: fc.Arbitrary<RandomRun> = fc
  .record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    workers: fc.integer({ min: 1, max: 3 }),
    members: fc.oneof({ weight: 15, arbitrary: fc.constant(0) }, fc.constantFrom(...ETCD_MEMBERS)),
    steps: fc.array(step, { minLength: 1, maxLength: 8 }),
    network,
  })
  .map(({ members, ...run }) => (members === 0 ? run : { ...run, etcdMembers: members }));
