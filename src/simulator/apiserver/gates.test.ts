import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../apimachinery/object.ts';
import { arrayAt, stringAt } from '../../base/json.ts';
import { preloadKinds } from '../testing/built-in-kinds.ts';
import { AskedServer } from './testing/asked-server.ts';

beforeAll(preloadKinds);

const core = (plural: string) => ({ resource: { group: '', version: 'v1', plural } }) as const;
const configMap = (data: KubernetesObject[string], more: object = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a' },
  data: data!,
  ...more,
});

describe('the gates of a request', () => {
  it.each([
    ['decode', configMap({}, { extra: 1 }), 400],
    ['validate', configMap({ 'no key': '' }), 422],
  ])('%s says in the trace what it refuses', (verb, body, code) => {
    const server = new AskedServer('alone');
    const before = server.cluster.trace.length;
    const options = { fieldValidation: 'Strict' } as const;
    const answer = server.ask({ ...core('configmaps'), namespace: 'default', verb: 'create', body, options });
    expect(answer.code).toBe(code);
    const gate = server.cluster.trace.after(before).find((entry) => entry.verb === verb);
    expect(gate?.detail).toMatchObject({ code, message: stringAt(answer.body, 'message') });
  });

  it('know which verbs a resource has', () => {
    const server = new AskedServer('alone');
    const answer = server.ask({ ...core('namespaces'), verb: 'deletecollection' });
    expect(answer).toMatchObject({ code: 405, body: { reason: 'MethodNotAllowed' } });
  });

  it('let a kubelet write of its own Node alone, and no label that would bring Pods to it', () => {
    const server = new AskedServer();
    const kubelet = { name: 'system:node:w1', groups: ['system:nodes', 'system:authenticated'] };
    const label = (name: string, key: string) =>
      stringAt(
        server.ask(
          {
            ...core('nodes'),
            verb: 'patch',
            name,
            options: { patchType: 'merge' },
            body: { apiVersion: 'v1', kind: 'Node', metadata: { labels: { [key]: 'x' } } },
          },
          kubelet,
        ).body,
        'message',
      );
    expect(label('w2', 'a')).toBe('nodes "w2" is forbidden: node "w1" is not allowed to modify node "w2"');
    expect(label('w1', 'node-restriction.kubernetes.io/a')).toBe(
      'nodes "w1" is forbidden: is not allowed to modify labels: node-restriction.kubernetes.io/a',
    );
    expect(label('w1', 'example.com/a')).toBeUndefined();
    const role = 'node-role.kubernetes.io/control-plane';
    const marked = server.cluster.objects().filter((object) => object.kind === 'Node' && labelsOf(object).has(role));
    expect(marked.map(nameOf)).toEqual(['cp-1']);
    const secret = server.ask({ ...core('secrets'), namespace: 'default', verb: 'get', name: 'a' }, kubelet);
    expect(stringAt(secret.body, 'message')).toBe(
      `secrets "a" is forbidden: User "system:node:w1" cannot get resource "secrets" in API group "" in the namespace "default": no relationship found between node 'w1' and this object`,
    );
  });
});

it('a collection is deleted as far as nobody says no', () => {
  const server = new AskedServer('alone');
  const pods = { ...core('pods'), namespace: 'default' } as const;
  for (const name of ['a', 'b', 'c']) {
    const spec = { nodeName: 'nowhere', containers: [{ name: 'c', image: 'nginx' }] };
    server.ask({ ...pods, verb: 'create', body: { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec } });
  }
  const kubelet = { name: 'system:node:w1', groups: ['system:nodes', 'system:authenticated', 'system:masters'] };
  const refused = server.ask({ ...pods, verb: 'deletecollection', options: { limit: 1 } }, kubelet);
  expect(stringAt(refused.body, 'message')).toBe(
    'pods "a" is forbidden: node "w1" can only delete pods with spec.nodeName set to itself',
  );
  const deleted = server.ask({ ...pods, verb: 'deletecollection', options: { limit: 1, gracePeriodSeconds: 0 } });
  expect(arrayAt(deleted.body, 'items').map((item) => stringAt(item, 'metadata', 'name'))).toEqual(['a', 'b', 'c']);
  expect(arrayAt(server.ask({ ...pods, verb: 'list' }).body, 'items')).toEqual([]);
});

it('every API server has a Lease, which it renews', () => {
  const server = new AskedServer('alone');
  const lease = () =>
    server.cluster.objects().find((object) => object.kind === 'Lease' && nameOf(object).startsWith('apiserver-'));
  expect(labelsOf(lease()!).get('apiserver.kubernetes.io/identity')).toBe('kube-apiserver');
  expect(lease()).toMatchObject({ metadata: { namespace: 'kube-system' }, spec: { leaseDurationSeconds: 3600 } });
  const before = stringAt(lease(), 'spec', 'renewTime');
  const holder = stringAt(lease(), 'spec', 'holderIdentity');
  server.cluster.runUntil(server.cluster.nowMs + 15_000);
  expect(stringAt(lease(), 'spec', 'renewTime')).not.toBe(before);
  server.cluster.setRunning('kube-apiserver', false);
  server.cluster.setRunning('kube-apiserver', true);
  server.cluster.runUntil(server.cluster.nowMs + 30_000);
  expect(stringAt(lease(), 'spec', 'holderIdentity')).not.toBe(holder);
});
