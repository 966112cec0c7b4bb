import fc from 'fast-check';
import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import { FAULTS } from '../../src/simulator/faults/faults.ts';
import type { FaultOrder } from '../../src/simulator/faults/fault.ts';

/** Something done to a cluster at a moment after the one before. */
export type RandomStep = { readonly afterMs: number } & (
  | { readonly type: 'apply'; readonly objects: readonly KubernetesObject[] }
  | { readonly type: 'kubectl'; readonly line: string }
  | { readonly type: 'fault'; readonly order: FaultOrder }
);

export interface RandomRun {
  readonly seed: number;
  readonly workers: number;
  readonly steps: readonly RandomStep[];
}

const NAMES = ['a', 'b', 'c'] as const;
const KINDS = ['deployment', 'replicaset', 'daemonset', 'job', 'pod', 'service', 'configmap', 'namespace'] as const;

const name = fc.constantFrom(...NAMES);
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
  .record({ kind: fc.constantFrom(...KINDS), name, spec: template, count: fc.integer({ min: 0, max: 6 }) })
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

const node = fc.integer({ min: 1, max: 3 }).map((number) => `w${number}`);

const line = fc.oneof(
  fc.tuple(name, fc.integer({ min: 0, max: 8 })).map(([own, count]) => `scale deployment ${own} --replicas=${count}`),
  fc
    .tuple(name, fc.constantFrom('nginx:1.28', 'redis:8'))
    .map(([own, image]) => `set image deployment/${own} main=${image}`),
  name.map((own) => `rollout restart deployment ${own}`),
  name.map((own) => `rollout undo deployment ${own}`),
  fc
    .tuple(fc.constantFrom('deployment', 'replicaset', 'daemonset', 'job', 'service'), name)
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

const fault: fc.Arbitrary<FaultOrder> = fc
  .record({ at: fc.constantFrom(...FAULTS.keys()), target: node, forMs: fc.integer({ min: 500, max: 120_000 }) })
  .map(({ at, target, forMs }) => ({
    fault: at,
    ...(FAULTS.get(at)!.target === 'Node' ? { target } : {}),
    forMs,
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
  { weight: 2, arbitrary: fc.record({ type: fc.constant('fault' as const), afterMs, order: fault }) },
);

export const randomRun: fc.Arbitrary<RandomRun> = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  workers: fc.integer({ min: 1, max: 3 }),
  steps: fc.array(step, { minLength: 1, maxLength: 8 }),
});
