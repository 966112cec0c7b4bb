import { expect, test } from 'vitest';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject } from '../base/json.ts';
import { admissionChain, admit, validate } from './admission-chain.ts';
import { clusterOf } from './testing/cluster-of.ts';
import { requestOf } from './testing/request-of.ts';

/**
 * Answers that an API server 1.20.2 gave with other objects there; what it says of them still holds in 1.36. Not told here
 * is what is not admission: names that exist or do not, and addresses of Services.
 */
const namespaces = ['st', 'lr', 'term', 'kube-system', 'default'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
  status: { phase: name === 'term' ? 'Terminating' : 'Active' },
}));
const accounts = ['st', 'lr'].map((namespace) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'default', namespace },
}));
const quota = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'q', namespace: 'st' },
  status: {
    hard: { pods: '1', 'requests.cpu': '1', configmaps: '2' },
    used: { pods: '1', 'requests.cpu': '0', configmaps: '2' },
  },
};
const limits = {
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name: 'l', namespace: 'lr' },
  spec: {
    limits: [
      { type: 'Container', max: { cpu: '1' }, default: { cpu: '500m' }, defaultRequest: { cpu: '250m' } },
      { type: 'Pod', max: { cpu: '1500m' } },
    ],
  },
};
const defaultClass = {
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name: 'd1' },
  value: 0,
  globalDefault: true,
};
const critical = {
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name: 'system-cluster-critical' },
  value: 2_000_000_000,
};

const pod = (namespace: string, name: string, spec: JsonObject = {}, resources: JsonObject = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace },
  spec: { containers: [{ name: 'c', image: 'a:1', resources }], ...spec },
});
const cpu = (amount: string): JsonObject => ({ limits: { cpu: amount }, requests: { cpu: amount } });
const configMap = (namespace: string, name: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
});

function answer(request: ReturnType<typeof requestOf>, others: readonly KubernetesObject[]): unknown {
  const cluster = clusterOf([...namespaces, ...accounts, critical, ...others]);
  const changed = admit(request, cluster, admissionChain());
  if ('refusal' in changed) return changed.refusal.message;
  const last = validate({ ...request, ...changed }, cluster, admissionChain());
  return 'refusal' in last ? last.refusal.message : 'admitted';
}

test.each<[string, ReturnType<typeof requestOf>, readonly KubernetesObject[], string]>([
  ['state.first', requestOf(configMap('st', 'cm')), [], 'admitted'],
  [
    'quota.exceeded.pods',
    requestOf(pod('st', 'q2', {}, cpu('1m'))),
    [quota],
    'pods "q2" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
  ],
  [
    'quota.exceeded.cpu',
    requestOf(pod('st', 'q3', {}, cpu('2'))),
    [quota],
    'pods "q3" is forbidden: exceeded quota: q, requested: pods=1,requests.cpu=2, used: pods=1,requests.cpu=0, limited: pods=1,requests.cpu=1',
  ],
  [
    'quota.exceeded.cm',
    requestOf(configMap('st', 'c3')),
    [quota],
    'configmaps "c3" is forbidden: exceeded quota: q, requested: configmaps=1, used: configmaps=2, limited: configmaps=2',
  ],
  ['limit.default.applied', requestOf(pod('lr', 'p')), [limits], 'admitted'],
  [
    'limit.max',
    requestOf(pod('lr', 'p', {}, cpu('2'))),
    [limits],
    'pods "p" is forbidden: [maximum cpu usage per Container is 1, but limit is 2, maximum cpu usage per Pod is 1500m, but limit is 2]',
  ],
  [
    'ns.terminating',
    requestOf(configMap('term', 'cm')),
    [],
    'configmaps "cm" is forbidden: unable to create new content in namespace term because it is being terminated',
  ],
  [
    'ns.delete.default',
    requestOf(namespaces[3]!, { operation: 'DELETE' }),
    [],
    'namespaces "kube-system" is forbidden: this namespace may not be deleted',
  ],
  [
    'ns.delete.kubepublic',
    requestOf(namespaces[4]!, { operation: 'DELETE' }),
    [],
    'namespaces "default" is forbidden: this namespace may not be deleted',
  ],
  [
    'pc.unknown',
    requestOf(pod('lr', 'p', { priorityClassName: 'nope' })),
    [],
    'pods "p" is forbidden: no PriorityClass with name nope was found',
  ],
  [
    'pc.critical.kubesystem',
    requestOf(pod('lr', 'p', { priorityClassName: 'system-cluster-critical' })),
    [],
    'admitted',
  ],
  [
    'pod.priority.set',
    requestOf(pod('lr', 'p', { priority: 5 })),
    [],
    'pods "p" is forbidden: the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
  ],
  [
    'pc.secondDefault',
    requestOf({ ...defaultClass, metadata: { name: 'd2' } }),
    [defaultClass],
    'priorityclasses.scheduling.k8s.io "d2" is forbidden: PriorityClass d1 is already marked as default. Only one default can exist',
  ],
])('%s', (_, request, others, expected) => {
  expect(answer(request, others)).toBe(expected);
});

test('quota.status.unknown: a quota without status counts nothing yet', () => {
  expect(answer(requestOf(pod('st', 'q1')), [{ ...quota, status: {} }])).toBe('admitted');
});
