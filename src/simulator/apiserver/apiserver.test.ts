import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, numberAt, stringAt } from '../../base/json.ts';
import type { ApiCall } from '../client/api-client.ts';
import { Cluster } from '../cluster.ts';
import type { ClusterOptions } from '../cluster.ts';
import type { ApiResponse, UserInfo } from '../messages.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const CONFIG_MAPS = { group: '', version: 'v1', plural: 'configmaps' };
const DEPLOYMENTS = { group: 'apps', version: 'v1', plural: 'deployments' };
const namespace = 'default';

/** A cluster that answers one request after another. */
function asking(options: Partial<ClusterOptions> = {}): (call: ApiCall, user?: UserInfo) => ApiResponse {
  const cluster = Cluster.create({ seed: 3, kinds, ...options });
  cluster.runUntil(1000);
  return (call, user) => {
    const token = cluster.request(call, user);
    cluster.runUntil(cluster.nowMs + 1000);
    return cluster.answerTo(token)!;
  };
}

const configMap = (name: string, labels: Record<string, string> = {}): ApiCall => ({
  verb: 'create',
  resource: CONFIG_MAPS,
  namespace,
  body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels }, data: { a: '1' } },
});

const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
  },
};

const names = ({ body }: ApiResponse): readonly (string | undefined)[] =>
  arrayAt(body, 'items').map((item) => stringAt(item, 'metadata', 'name'));

describe('an API server', () => {
  it('asks the admission plugins that are switched on: Events are limited, by virtual time', () => {
    const limits = [{ type: 'Namespace', qps: 1, burst: 2 }];
    const ask = asking({ admission: { enable: ['EventRateLimit'], eventRateLimit: { limits } } });
    const event = (name: string, namespace: string): ApiCall => ({
      verb: 'create',
      resource: { group: '', version: 'v1', plural: 'events' },
      namespace,
      body: { apiVersion: 'v1', kind: 'Event', metadata: { name }, involvedObject: { namespace } },
    });
    // One second passes with every answer, and brings one token.
    const burst = (namespace: string, count: number): readonly number[] =>
      Array.from({ length: count }, (_, index) => ask(event(`e${index}`, namespace)).code);
    expect(burst('kube-public', 4)).toEqual([201, 201, 201, 201]);
    const strict = { enable: ['EventRateLimit'], eventRateLimit: { limits: [{ ...limits[0], qps: 1, burst: 1 }] } };
    const cluster = Cluster.create({ seed: 3, kinds, admission: strict });
    cluster.runUntil(1000);
    const tokens = ['a', 'b'].map((name) => cluster.request(event(name, 'kube-public')));
    cluster.runUntil(2000);
    expect(tokens.map((token) => cluster.answerTo(token)?.body?.['message'])).toContain(
      'Too many requests: limit reached on type Namespace for key kube-public',
    );
  });

  it('lists by label and field, in pages, and deletes what is selected', () => {
    const ask = asking();
    for (const [name, tier] of [
      ['a', 'x'],
      ['b', 'y'],
      ['c', 'x'],
      ['d', 'x'],
    ] as const)
      ask(configMap(name, { tier }));
    const list = (options: ApiCall['options']) => ask({ verb: 'list', resource: CONFIG_MAPS, namespace, options });
    expect(names(list({ labelSelector: 'tier=x' }))).toEqual(['a', 'c', 'd']);
    expect(names(list({ fieldSelector: 'metadata.name!=a', labelSelector: 'tier in (x)' }))).toEqual(['c', 'd']);
    const first = list({ labelSelector: 'tier', limit: 3 });
    expect(names(first)).toEqual(['a', 'b', 'c']);
    expect(numberAt(first.body, 'metadata', 'remainingItemCount')).toBeUndefined();
    expect(numberAt(list({ limit: 3 }).body, 'metadata', 'remainingItemCount')).toBe(2);
    const token = stringAt(first.body, 'metadata', 'continue')!;
    expect(names(list({ labelSelector: 'tier', limit: 3, continue: token }))).toEqual(['d']);
    const deleted = ask({
      verb: 'deletecollection',
      resource: CONFIG_MAPS,
      namespace,
      options: { labelSelector: 'tier=x' },
    });
    expect(names(deleted)).toEqual(['a', 'c', 'd']);
    expect(names(list({ labelSelector: 'tier' }))).toEqual(['b']);
  });

  it('patches in four ways, and says no to a stale update', () => {
    const ask = asking();
    const made = ask(configMap('a')).body!;
    const patch = (patchType: 'json' | 'merge' | 'strategic' | 'apply', body: ApiCall['body']) =>
      ask({
        verb: 'patch',
        resource: CONFIG_MAPS,
        namespace,
        name: 'a',
        body,
        options: { patchType, fieldManager: 'me' },
      });
    const data = { apiVersion: 'v1', kind: 'ConfigMap', data: { b: '2' } };
    expect(patch('merge', data).body?.['data']).toEqual({ a: '1', b: '2' });
    expect(patch('json', [{ op: 'remove', path: '/data/a' }]).body?.['data']).toEqual({ b: '2' });
    expect(patch('strategic', { ...data, data: { c: '3' } }).body?.['data']).toEqual({ b: '2', c: '3' });
    const applied = patch('apply', { ...data, metadata: { name: 'a', namespace }, data: { d: '4' } });
    expect(applied.body?.['data']).toEqual({ b: '2', c: '3', d: '4' });
    const stale = ask({ verb: 'update', resource: CONFIG_MAPS, namespace, name: 'a', body: made });
    expect(stale).toMatchObject({ code: 409, body: { reason: 'Conflict' } });
  });

  it('scales through a subresource and counts generations', () => {
    const ask = asking();
    ask({ verb: 'create', resource: DEPLOYMENTS, namespace, body: deployment });
    const scale: ApiCall = { verb: 'get', resource: DEPLOYMENTS, namespace, name: 'web', subresource: 'scale' };
    expect(ask(scale).body).toMatchObject({ kind: 'Scale', spec: { replicas: 2 }, status: { selector: 'app=web' } });
    const body = { apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: 5 } };
    expect(ask({ ...scale, verb: 'patch', options: { patchType: 'merge' }, body }).body).toMatchObject({
      spec: { replicas: 5 },
    });
    const after = ask({ verb: 'get', resource: DEPLOYMENTS, namespace, name: 'web' }).body;
    expect(after).toMatchObject({ metadata: { generation: 2 }, spec: { replicas: 5 } });
  });

  it('lets people do what their roles allow, and kubelets what is theirs', () => {
    const ask = asking();
    const jane = { name: 'jane', groups: ['system:authenticated'] };
    expect(ask(configMap('a'), jane)).toMatchObject({
      code: 403,
      body: {
        message:
          'configmaps is forbidden: User "jane" cannot create resource "configmaps" in API group "" in the namespace "default"',
      },
    });
    ask({
      verb: 'create',
      resource: { group: 'rbac.authorization.k8s.io', version: 'v1', plural: 'rolebindings' },
      namespace,
      body: {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'jane' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'jane' }],
      },
    });
    expect(ask(configMap('a'), jane).code).toBe(201);
    expect(ask({ ...configMap('b'), namespace: 'kube-public' }, jane).code).toBe(403);
    const kubelet = { name: 'system:node:w1', groups: ['system:nodes', 'system:authenticated'] };
    expect(ask({ verb: 'get', resource: CONFIG_MAPS, namespace, name: 'a' }, kubelet).code).toBe(403);
  });

  it('changes nothing on a dry run', () => {
    const ask = asking();
    expect(ask({ ...configMap('a'), options: { dryRun: true } }).code).toBe(201);
    expect(ask({ verb: 'get', resource: CONFIG_MAPS, namespace, name: 'a' }).code).toBe(404);
  });

  it('keeps an object until its finalizers are gone', () => {
    const ask = asking();
    const held = configMap('a');
    ask({
      ...held,
      body: { ...(held.body as KubernetesObject), metadata: { name: 'a', finalizers: ['example.com/hold'] } },
    });
    const object: ApiCall = { verb: 'delete', resource: CONFIG_MAPS, namespace, name: 'a' };
    expect(stringAt(ask(object).body, 'metadata', 'deletionTimestamp')).toBeDefined();
    const release = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { finalizers: null } };
    ask({ ...object, verb: 'patch', options: { patchType: 'merge' }, body: release });
    expect(ask({ ...object, verb: 'get' }).code).toBe(404);
  });
});
