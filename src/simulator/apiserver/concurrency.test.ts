import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../apimachinery/object.ts';
import { arrayAt, numberAt, objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { ApiCall } from '../client/api-client.ts';
import { Cluster } from '../cluster.ts';
import type { ApiResponse } from '../messages.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const namespace = 'default';
const core = (plural: string) => ({ group: '', version: 'v1', plural });
const BUDGETS = { group: 'policy', version: 'v1', plural: 'poddisruptionbudgets' };

function pod(name: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: 'web' } },
    spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu: '100m' } } }] },
  };
}

const createPod = (name: string): ApiCall => ({ verb: 'create', resource: core('pods'), namespace, body: pod(name) });

/** A cluster, and all answers to requests that are made in one instant. */
function together(): { cluster: Cluster; ask(calls: readonly ApiCall[], waitMs?: number): ApiResponse[] } {
  const cluster = Cluster.create({ seed: 7, kinds });
  cluster.runUntil(1000);
  return {
    cluster,
    ask(calls, waitMs = 3000) {
      const tokens = calls.map((call) => cluster.request(call));
      cluster.runUntil(cluster.nowMs + waitMs);
      return tokens.map((token) => cluster.answerTo(token)!);
    },
  };
}

const find = (cluster: Cluster, kind: string, name: string) =>
  cluster.objects().find((object) => object.kind === kind && nameOf(object) === name);
const words = ({ body }: ApiResponse) => stringAt(body, 'message');
const codes = (answers: readonly ApiResponse[]) => answers.map(({ code }) => code);

const quota = (hard: KubernetesObject[string]): ApiCall => ({
  verb: 'create',
  resource: core('resourcequotas'),
  namespace,
  body: { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q' }, spec: { hard: hard! } },
});

const evict = (name: string): ApiCall => ({
  verb: 'create',
  resource: core('pods'),
  namespace,
  name,
  subresource: 'eviction',
  body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } },
});

function guarded(minAvailable: number) {
  const world = together();
  const names = ['a', 'b', 'c', 'd', 'e'];
  world.ask(names.map(createPod), 20_000);
  const body = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web' },
    spec: { minAvailable, selector: { matchLabels: { app: 'web' } } },
  };
  world.ask([{ verb: 'create', resource: BUDGETS, namespace, body }]);
  return { ...world, names };
}

const service = (name: string, spec: KubernetesObject[string] & object): ApiCall => ({
  verb: 'create',
  resource: core('services'),
  namespace,
  body: { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports: [{ port: 80 }], ...spec } },
});

describe('a ResourceQuota, asked for much in one instant', () => {
  it('lets through what it has room for and no more, and counts what it lets through', () => {
    const { cluster, ask } = together();
    ask([quota({ pods: '3', 'requests.cpu': '1' })]);
    const answers = ask(Array.from({ length: 20 }, (_, index) => createPod(`p${index}`)));
    expect(answers.filter(({ code }) => code === 201)).toHaveLength(3);
    const refused = answers.filter(({ code }) => code === 403);
    expect(refused).toHaveLength(17);
    for (const answer of refused)
      expect(words(answer)).toContain(
        'is forbidden: exceeded quota: q, requested: pods=1, used: pods=3, limited: pods=3',
      );
    expect(objectAt(find(cluster, 'ResourceQuota', 'q'), 'status', 'used')).toEqual({
      pods: '3',
      'requests.cpu': '300m',
    });
  });

  it('counts those that came meanwhile together, by one write', () => {
    const { cluster, ask } = together();
    ask([quota({ pods: '50' })]);
    const before = cluster.trace.length;
    expect(
      codes(
        ask(
          Array.from({ length: 20 }, (_, index) => createPod(`p${index}`)),
          200,
        ),
      ),
    ).toEqual(Array.from({ length: 20 }, () => 201));
    const writes = cluster.trace
      .after(before)
      .filter(({ verb, from, detail }) => verb === 'PUT' && from === 'kube-apiserver-0' && detail !== undefined);
    expect(writes).toHaveLength(2);
    expect(writes.every(({ to }) => to === 'kube-apiserver-0')).toBe(true);
    expect(stringAt(find(cluster, 'ResourceQuota', 'q'), 'status', 'used', 'pods')).toBe('20');
  });

  it('is counted anew where somebody else wrote it meanwhile', () => {
    const { cluster, ask } = together();
    ask([quota({ pods: '2' })]);
    const label: ApiCall = {
      verb: 'patch',
      resource: core('resourcequotas'),
      namespace,
      name: 'q',
      options: { patchType: 'merge' },
      body: { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { labels: { seen: 'yes' } } },
    };
    expect(codes(ask([label, createPod('a'), createPod('b'), createPod('c')]))).toEqual([200, 201, 201, 403]);
    const after = find(cluster, 'ResourceQuota', 'q');
    expect(stringAt(after, 'metadata', 'labels', 'seen')).toBe('yes');
    expect(stringAt(after, 'status', 'used', 'pods')).toBe('2');
  });

  it('charges nothing on a dry run, and says no all the same', () => {
    const { cluster, ask } = together();
    ask([quota({ pods: '1' })]);
    const dry = (name: string): ApiCall => ({ ...createPod(name), options: { dryRun: true } });
    expect(codes(ask([dry('a'), dry('b')]))).toEqual([201, 201]);
    expect(stringAt(find(cluster, 'ResourceQuota', 'q'), 'status', 'used', 'pods')).toBe('0');
    ask([createPod('a')]);
    expect(codes(ask([dry('b')]))).toEqual([403]);
  });

  it('gives up after ten seconds where etcd does not answer', () => {
    const { cluster, ask } = together();
    ask([quota({ pods: '1' })]);
    cluster.setRunning('etcd-0', false);
    const [answer] = ask([createPod('a')], 11_000);
    expect(answer).toMatchObject({
      code: 500,
      body: { message: 'Internal error occurred: resource quota evaluation timed out' },
    });
  });
});

describe('a PodDisruptionBudget, asked by many in one instant', () => {
  it('lets go as many as it allows, in the words of the server', () => {
    const { cluster, ask, names } = guarded(3);
    const answers = ask(names.map(evict), 1500);
    expect(answers.filter(({ code }) => code === 201)).toHaveLength(2);
    const refused = answers.filter(({ code }) => code === 429);
    expect(refused).toHaveLength(3);
    for (const answer of refused)
      expect(answer.body).toMatchObject({
        message: "Cannot evict pod as it would violate the pod's disruption budget.",
        details: { causes: [{ reason: 'DisruptionBudget' }] },
      });
    expect(cluster.objects().filter((object) => object.kind === 'Pod' && !isBeingDeleted(object))).toHaveLength(3);
    const status = objectAt(find(cluster, 'PodDisruptionBudget', 'web'), 'status');
    expect(numberAt(status, 'disruptionsAllowed')).toBe(0);
    expect(arrayAt(status, 'conditions').map((condition) => stringAt(condition, 'reason'))).toEqual([
      'InsufficientPods',
    ]);
  });

  it('marks a Pod with why it goes, then deletes it: two changes that everybody sees', () => {
    const { cluster, ask } = guarded(1);
    const before = cluster.trace.length;
    expect(codes(ask([evict('a')], 500))).toEqual([201]);
    const changes = cluster.trace
      .after(before)
      .filter(
        ({ verb, from, detail }) =>
          verb === 'Txn' && from === 'kube-apiserver-0' && String(detail?.['key']).endsWith('/pods/default/a'),
      )
      .slice(0, 2)
      .map(({ body }) => [
        arrayAt(body, 'status', 'conditions').some(
          (condition) => stringAt(condition, 'reason') === 'EvictionByEvictionAPI',
        ),
        valueAt(body, 'metadata', 'deletionTimestamp') !== undefined,
      ]);
    expect(changes).toEqual([
      [true, false],
      [true, true],
    ]);
  });

  it('takes nothing on a dry run', () => {
    const { cluster, ask, names } = guarded(4);
    const dry = names.map((name) => ({ ...evict(name), options: { dryRun: true } }));
    expect(new Set(codes(ask(dry)))).toEqual(new Set([201]));
    expect(numberAt(find(cluster, 'PodDisruptionBudget', 'web'), 'status', 'disruptionsAllowed')).toBe(1);
  });
});

describe('addresses of Services, asked for in one instant', () => {
  it('go to one of those who want the same', () => {
    const { cluster, ask } = together();
    const answers = ask(['a', 'b', 'c'].map((name) => service(name, { clusterIP: '10.96.0.77' })));
    expect(codes(answers).toSorted()).toEqual([201, 422, 422]);
    expect(words(answers.find(({ code }) => code === 422)!)).toMatch(
      /^Service "[bc]" is invalid: spec.clusterIPs: Invalid value: \["10.96.0.77"\]: failed to allocate IP 10.96.0.77: provided IP is already allocated$/,
    );
    expect(stringAt(find(cluster, 'IPAddress', '10.96.0.77'), 'spec', 'parentRef', 'name')).toBe('a');
  });

  it('are given back where the Service could not be made, and when it goes', () => {
    const { cluster, ask } = together();
    expect(codes(ask([service('a', { clusterIP: '10.96.0.78' })]))).toEqual([201]);
    expect(ask([service('a', { clusterIP: '10.96.0.79' })])).toMatchObject([
      { code: 409, body: { message: 'services "a" already exists' } },
    ]);
    expect(find(cluster, 'IPAddress', '10.96.0.79')).toBeUndefined();
    ask([{ verb: 'delete', resource: core('services'), namespace, name: 'a' }]);
    expect(find(cluster, 'IPAddress', '10.96.0.78')).toBeUndefined();
  });
});

describe('what is there already', () => {
  it('is said last, and whether it is going', () => {
    const { ask } = together();
    const held = (name: string, data: KubernetesObject[string]): ApiCall => ({
      verb: 'create',
      resource: core('configmaps'),
      namespace,
      body: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, finalizers: ['example.com/hold'] },
        data: data!,
      },
    });
    ask([held('a', {})]);
    expect(codes(ask([held('a', { 'no key': '' })]))).toEqual([422]);
    ask([{ verb: 'delete', resource: core('configmaps'), namespace, name: 'a' }]);
    expect(ask([held('a', {})])).toMatchObject([
      {
        code: 409,
        body: { reason: 'AlreadyExists', message: 'object is being deleted: configmaps "a" already exists' },
      },
    ]);
  });
});
