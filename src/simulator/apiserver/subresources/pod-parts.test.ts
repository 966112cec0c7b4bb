import { beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';
import type { ApiCall } from '../../client/api-client.ts';
import { Cluster } from '../../cluster.ts';
import type { ApiResponse } from '../../messages.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const PODS = { group: '', version: 'v1', plural: 'pods' };
const container = {
  name: 'c',
  image: 'nginx',
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
};
const pod: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { nodeName: 'w1', containers: [container] },
};

/** A Pod on a Node, and patches of a part of it. */
function patching(): (subresource: string, spec: KubernetesObject[string]) => ApiResponse {
  const cluster = Cluster.create({ seed: 3, kinds });
  const ask = (call: ApiCall): ApiResponse => {
    const token = cluster.request(call);
    cluster.runUntil(cluster.nowMs + 1000);
    return cluster.answerTo(token)!;
  };
  cluster.runUntil(5000);
  // No container runs: whether the Node can resize is not known yet.
  cluster.setRunning('kubelet/w1', false);
  const place = { resource: PODS, namespace: 'default' } as const;
  ask({ ...place, verb: 'create', body: pod });
  cluster.runUntil(20_000);
  return (subresource, spec) =>
    ask({
      ...place,
      verb: 'patch',
      name: 'web',
      subresource,
      options: { patchType: 'strategic' },
      body: { apiVersion: 'v1', kind: 'Pod', spec: spec! },
    });
}

const words = (response: ApiResponse) => stringAt(response.body, 'message');

const resources = (cpu: string | null) => ({ containers: [{ name: 'c', resources: { requests: { cpu } } }] });

it('resizes a Pod: cpu and memory only, nothing removed, no more than its Node has', () => {
  const patch = patching();
  expect(patch('resize', resources('200m')).body).toMatchObject({
    metadata: { generation: 2 },
    spec: { containers: [{ image: 'nginx', resources: { requests: { cpu: '200m', memory: '64Mi' } } }] },
  });
  const image = patch('resize', {
    containers: [{ name: 'c', image: 'other', resources: { requests: { cpu: '300m' } } }],
  });
  expect(image.body).toMatchObject({ spec: { containers: [{ image: 'nginx' }] } });
  expect(words(patch('resize', resources(null)))).toContain(
    'spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed',
  );
  expect(words(patch('resize', { containers: [{ name: 'd', image: 'x' }] }))).toContain(
    'spec.containers: Forbidden: containers may not be added or removed on resize',
  );
  expect(
    words(
      patch('resize', {
        containers: [{ name: 'c', resources: { limits: { cpu: '1' }, requests: { cpu: '1', memory: '128Mi' } } }],
      }),
    ),
  ).toContain('Pod QOS Class may not change as a result of resizing');
  expect(words(patch('resize', resources('64')))).toBe(
    'pods "web" is forbidden: node didn\'t have enough allocatable resources: cpu, requested: 64000, allocatable: 4000',
  );
});

it('adds ephemeral containers and takes none away', () => {
  const patch = patching();
  const debug = { name: 'debug', image: 'busybox', targetContainerName: 'c' };
  expect(patch('ephemeralcontainers', { ephemeralContainers: [debug] }).body).toMatchObject({
    metadata: { generation: 2 },
    spec: { ephemeralContainers: [{ name: 'debug', imagePullPolicy: 'Always' }] },
  });
  const removed = patch('ephemeralcontainers', { ephemeralContainers: [{ name: 'debug', $patch: 'delete' }] });
  expect(stringAt(removed.body, 'message')).toContain('existing ephemeral containers "debug" may not be removed');
  const changed = patch('ephemeralcontainers', { ephemeralContainers: [{ name: 'debug', image: 'alpine' }] });
  expect(stringAt(changed.body, 'message')).toContain('existing ephemeral containers "debug" may not be changed');
});
