import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import certificates from '../../kinds/certificatesigningrequest/testdata/upstream.cases.json' with { type: 'json' };
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, numberAt, stringAt } from '../../base/json.ts';
import type { ApiCall } from '../client/api-client.ts';
import { Cluster } from '../cluster.ts';
import type { ApiResponse, UserInfo } from '../messages.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const CONFIG_MAPS = { group: '', version: 'v1', plural: 'configmaps' };
const DEPLOYMENTS = { group: 'apps', version: 'v1', plural: 'deployments' };
const namespace = 'default';

/** A cluster that answers one request after another. */
function asking(): (call: ApiCall, user?: UserInfo) => ApiResponse {
  const cluster = Cluster.create({ seed: 3, kinds });
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

const REQUESTS = { group: 'certificates.k8s.io', version: 'v1', plural: 'certificatesigningrequests' };

describe('an API server', () => {
  it('takes a decision on a certificate by the approval of its request, and not by its status', () => {
    const ask = asking();
    const body = {
      apiVersion: 'certificates.k8s.io/v1',
      kind: 'CertificateSigningRequest',
      metadata: { name: 'web' },
      spec: { request: certificates.base.spec.request, signerName: 'example.com/web', usages: ['client auth'] },
    };
    expect(ask({ verb: 'create', resource: REQUESTS, body }).code).toBe(201);
    const conditions = [{ type: 'Approved', status: 'True', reason: 'Because' }];
    const decide = (subresource: string): ApiResponse =>
      ask({ verb: 'update', resource: REQUESTS, name: 'web', subresource, body: { ...body, status: { conditions } } });
    expect(decide('status').body?.['message']).toBe(
      'CertificateSigningRequest.certificates.k8s.io "web" is invalid: status.conditions: Forbidden: updates may not add a condition of type "Approved"',
    );
    const { code, body: approved } = decide('approval');
    expect(code).toBe(200);
    expect(arrayAt(approved, 'status', 'conditions')).toMatchObject([
      { ...conditions[0], lastTransitionTime: expect.stringMatching(/Z$/) },
    ]);
  });

  it('asks the authorizer who may give a claim its devices, and the namespace whether administrators have access', () => {
    const ask = asking();
    const resource = { group: 'resource.k8s.io', version: 'v1', plural: 'resourceclaims' };
    const claim = (name: string, more: JsonObject = {}): KubernetesObject => ({
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceClaim',
      metadata: { name },
      spec: { devices: { requests: [{ name: 'gpu', exactly: { deviceClassName: 'gpu.example.com', ...more } }] } },
    });
    const create = (body: KubernetesObject): ApiResponse => ask({ verb: 'create', resource, namespace, body });
    expect(create(claim('mine', { adminAccess: true })).body?.['message']).toBe(
      'ResourceClaim.resource.k8s.io "mine" is invalid: spec.devices.requests[0].adminAccess: Forbidden: admin access to devices requires the `resource.kubernetes.io/admin-access: true` label on the containing namespace',
    );
    expect(create(claim('ours')).code).toBe(201);
    const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'claims' };
    const rules = [{ apiGroups: ['resource.k8s.io'], resources: ['resourceclaims/status'], verbs: ['update'] }];
    const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1' };
    const head = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: 'claims' } };
    const roleBody = { ...head, kind: 'ClusterRole', rules };
    ask({ verb: 'create', resource: { ...rbac, plural: 'clusterroles' }, body: roleBody });
    const subjects = [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'jane' }];
    const bound = { ...head, kind: 'ClusterRoleBinding', roleRef: role, subjects };
    ask({ verb: 'create', resource: { ...rbac, plural: 'clusterrolebindings' }, body: bound });
    const results = [{ request: 'gpu', driver: 'gpu.example.com', pool: 'p', device: 'd' }];
    const body = { ...claim('ours'), status: { allocation: { devices: { results } } } };
    const write: ApiCall = { verb: 'update', resource, namespace, name: 'ours', subresource: 'status', body };
    expect(ask(write, { name: 'jane', groups: ['system:authenticated'] }).body?.['message']).toBe(
      'ResourceClaim.resource.k8s.io "ours" is invalid: status.allocation: Forbidden: changing status.allocation or status.reservedFor requires resource="resourceclaims/binding", verb="update" permission: resourceclaims.resource.k8s.io is forbidden: User "jane" cannot update resource "resourceclaims/binding" in API group "resource.k8s.io" at the cluster scope',
    );
    expect(ask(write).code).toBe(200);
  });

  it('warns of a status too', () => {
    const ask = asking();
    const resource = { group: '', version: 'v1', plural: 'services' };
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
    };
    expect(ask({ verb: 'create', resource, namespace, body: service }).code).toBe(201);
    const body = { ...service, status: { loadBalancer: { ingress: [{ ip: 'FD00::1' }] } } };
    const written = ask({ verb: 'update', resource, namespace, name: 'web', subresource: 'status', body });
    expect(arrayAt(written.body, 'status', 'loadBalancer', 'ingress')).toEqual([{ ip: 'FD00::1', ipMode: 'VIP' }]);
    expect(written.warnings).toEqual([
      'status.loadBalancer.ingress[0]: IPv6 address "FD00::1" should be in RFC 5952 canonical format ("fd00::1")',
    ]);
  });

  it('asks the admission plugins that are switched on: Events are limited, by virtual time', () => {
    const limited = { limits: [{ type: 'Namespace', qps: 1, burst: 1 }] };
    const cluster = Cluster.create({
      seed: 3,
      kinds,
      admission: { enable: ['EventRateLimit'], eventRateLimit: limited },
    });
    cluster.runUntil(1000);
    const create = (name: string): string =>
      cluster.request({
        verb: 'create',
        resource: { group: '', version: 'v1', plural: 'events' },
        namespace: 'kube-public',
        body: { apiVersion: 'v1', kind: 'Event', metadata: { name }, involvedObject: { namespace: 'kube-public' } },
      });
    const tokens = ['a', 'b'].map(create);
    cluster.runUntil(2500);
    const later = create('c');
    cluster.runUntil(4000);
    expect([...tokens, later].map((token) => cluster.answerTo(token)?.code).sort()).toEqual([201, 201, 429]);
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
