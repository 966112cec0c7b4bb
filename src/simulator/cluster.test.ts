import { beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../base/json.ts';
import { Cluster } from './cluster.ts';
import type { ApiCall } from './client/api-client.ts';
import { kinds, preloadKinds } from './testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const PODS = { group: '', version: 'v1', plural: 'pods' };

const createReplicaSet: ApiCall = {
  verb: 'create',
  resource: { group: 'apps', version: 'v1', plural: 'replicasets' },
  namespace: 'default',
  body: {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
    },
  },
};

function inNamespace(namespace: string): NonNullable<ApiCall['body']> {
  return { ...(createReplicaSet.body as KubernetesObject), metadata: { name: 'web', namespace } };
}

function ran(seed: number): Cluster {
  const cluster = Cluster.create({ seed, kinds });
  cluster.runUntil(100);
  cluster.request(createReplicaSet);
  cluster.runUntil(3000);
  return cluster;
}

it('makes the Pods of a ReplicaSet run, each for a reason that leads back to the request', () => {
  const cluster = ran(1);
  const listed = cluster.request({ verb: 'list', resource: PODS, namespace: 'default' });
  cluster.runUntil(4000);
  const pods = arrayAt(cluster.answerTo(listed)?.body, 'items');
  expect(pods.map((pod) => stringAt(pod, 'status', 'phase'))).toEqual(['Running', 'Running', 'Running']);
  const { trace } = cluster;
  const request = trace.after(0).find(({ verb, object }) => verb === 'POST' && object === 'ReplicaSet/default/web')!;
  for (const added of trace.after(0).filter(({ verb, object }) => verb === 'ADDED' && object?.startsWith('Pod/'))) {
    let entry = added;
    while (entry.cause > request.seq) entry = trace.at(entry.cause)!;
    expect(entry.cause).toBe(request.seq);
  }
});

it('refuses in the words of the server', () => {
  const cluster = Cluster.create({ seed: 1, kinds });
  cluster.runUntil(100);
  const refused = cluster.request({
    ...createReplicaSet,
    body: { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'Web' } },
  });
  const missing = cluster.request({ verb: 'get', resource: PODS, namespace: 'default', name: 'nobody' });
  const nowhere = cluster.request({ ...createReplicaSet, namespace: 'nope', body: inNamespace('nope') });
  cluster.runUntil(1000);
  expect(cluster.answerTo(nowhere)).toMatchObject({ code: 404, body: { message: 'namespaces "nope" not found' } });
  expect(cluster.answerTo(refused)).toMatchObject({ code: 422, body: { reason: 'Invalid' } });
  expect(cluster.answerTo(missing)).toMatchObject({ code: 404, body: { message: 'pods "nobody" not found' } });
});

it('goes back and forward again on the same way', () => {
  const cluster = ran(4);
  const digest = cluster.trace.digest;
  const end = cluster.steps;
  cluster.seekSteps(Math.floor(end / 2));
  const half = cluster.trace.digest;
  cluster.seekSteps(end);
  expect(cluster.trace.digest).toBe(digest);
  cluster.seekSteps(0);
  cluster.seekSteps(Math.floor(end / 2));
  expect(cluster.trace.digest).toBe(half);
  expect(ran(4).trace.digest).toBe(digest);
});

it('gives a Service an address and a Node port, and takes them back', () => {
  const cluster = Cluster.create({ seed: 2, kinds });
  cluster.runUntil(100);
  const resource = { group: '', version: 'v1', plural: 'services' };
  const service = (name: string, port = {}): ApiCall => ({
    verb: 'create',
    resource,
    namespace: 'default',
    body: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80, ...port }] },
    },
  });
  const held = () => cluster.objects().filter(({ kind }) => kind === 'IPAddress').length;
  const before = held();
  const made = cluster.request(service('web'));
  cluster.runUntil(1000);
  const spec = objectAt(cluster.answerTo(made)?.body, 'spec')!;
  expect(spec['clusterIP']).toMatch(/^10\.(?:9[6-9]|10\d|11[01])\./);
  const nodePort = numberAt(arrayAt(spec, 'ports')[0], 'nodePort')!;
  expect(nodePort).toBeGreaterThanOrEqual(30_086);
  expect(held()).toBe(before + 1);
  const taken = cluster.request(service('other', { nodePort }));
  cluster.runUntil(2000);
  expect(cluster.answerTo(taken)).toMatchObject({ code: 422 });
  cluster.request({ verb: 'delete', resource, namespace: 'default', name: 'web' });
  cluster.runUntil(3000);
  expect(held()).toBe(before);
});

it('goes another way from where somebody went back to, as a fork from there does', () => {
  const cluster = ran(5);
  const half = Math.floor(cluster.steps / 2);
  cluster.seekSteps(half);
  const fork = cluster.fork();
  for (const run of [cluster, fork]) {
    run.request({ verb: 'deletecollection', resource: PODS, namespace: 'default' });
    run.runUntil(60_000);
  }
  expect(cluster.trace.digest).toBe(fork.trace.digest);
  const { steps } = cluster;
  cluster.seekSteps(10);
  cluster.seekSteps(steps);
  expect(cluster.trace.digest).toBe(fork.trace.digest);
});
