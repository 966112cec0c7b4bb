/**
 * Rules of an API server that rest on what else is there, numbered as in `validity-rules.test.ts`: asked of the simulated
 * server, for each a request that it refuses and one like it that it takes.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../src/apimachinery/object.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { asObject, stringAt } from '../../src/base/json.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import type { ApiCall } from '../../src/simulator/client/api-client.ts';
import { Cluster } from '../../src/simulator/cluster.ts';
import type { ApiResponse } from '../../src/simulator/messages.ts';
import { kinds, preloadKinds } from '../../src/simulator/testing/built-in-kinds.ts';
import { CREATE_RULES, UPDATE_RULES } from './testdata/validity-rules.ts';

beforeAll(preloadKinds);

type Ask = (call: ApiCall) => ApiResponse;

function asking(before: readonly KubernetesObject[]): Ask {
  const cluster = Cluster.create({ seed: 7, kinds });
  const ask: Ask = (call) => {
    const token = cluster.request(call);
    cluster.runUntil(cluster.nowMs + 1500);
    const answer = cluster.answerTo(token);
    if (answer === undefined) throw new Error('the server says nothing');
    return answer;
  };
  cluster.runUntil(3000);
  for (const object of before) {
    const { code, body } = ask(call('create', object));
    if (code !== 201) throw new Error(JSON.stringify(body));
  }
  return ask;
}

function call(verb: ApiCall['verb'], object: KubernetesObject, given: Partial<ApiCall> = {}): ApiCall {
  const { group, version, resource, scope } = BUILT_IN_KINDS.of(object);
  return {
    verb,
    resource: { group, version, plural: resource },
    ...(scope === 'Namespaced' ? { namespace: namespaceOf(object) ?? 'shop' } : {}),
    ...(verb === 'create' ? {} : { name: nameOf(object) }),
    ...(verb === 'delete' ? {} : { body: object }),
    ...given,
  };
}

const of = (
  apiVersion: string,
  kind: string,
  name: string,
  rest: JsonObject = {},
  namespace = 'shop',
): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === '' ? {} : { namespace }) },
  ...rest,
});

const SHOP = of('v1', 'Namespace', 'shop', {}, '');
const configMap = (name: string, namespace = 'shop'): KubernetesObject =>
  of('v1', 'ConfigMap', name, { data: { a: 'b' } }, namespace);
const service = (name: string, spec: JsonObject): KubernetesObject =>
  of('v1', 'Service', name, { spec: { ports: [{ port: 80 }], ...spec } });
const nodePort = (name: string, port: number): KubernetesObject =>
  service(name, { type: 'NodePort', ports: [{ port: 80, nodePort: port }] });
const pod = (name: string, spec: JsonObject = {}, resources: JsonObject = {}): KubernetesObject =>
  of('v1', 'Pod', name, { spec: { containers: [{ name: 'c', image: 'a:1', resources }], ...spec } });
const quota = (hard: JsonObject): KubernetesObject => of('v1', 'ResourceQuota', 'q', { spec: { hard } });
const limits = (...list: readonly JsonObject[]): KubernetesObject =>
  of('v1', 'LimitRange', 'l', { spec: { limits: list } });
const both = (cpu: string): JsonObject => ({ requests: { cpu }, limits: { cpu } });
const priorityClass = (name: string, globalDefault: boolean): KubernetesObject =>
  of('scheduling.k8s.io/v1', 'PriorityClass', name, { value: 5, globalDefault }, '');

interface ServerRule {
  readonly number: number;
  readonly id: string;
  readonly before: readonly KubernetesObject[];
  readonly accepted: ApiCall | ((ask: Ask) => ApiCall);
  readonly refused: ApiCall | ((ask: Ask) => ApiCall);
  readonly code: number;
  readonly words: string;
}

const create = (object: KubernetesObject): ApiCall => call('create', object);

/** An update of what is there, and of what was there before another changed it. */
const update =
  (isStale: boolean) =>
  (ask: Ask): ApiCall => {
    const old = asObject(
      ask(call('get', configMap('cm'), { body: undefined } as Partial<ApiCall>)).body,
    ) as unknown as KubernetesObject;
    if (isStale) ask(call('update', { ...configMap('cm'), data: { a: 'other' } }));
    return call('update', { ...old, data: { a: 'mine' } });
  };

const RULES: readonly ServerRule[] = [
  {
    number: 15,
    id: 'meta.namespace.mismatch',
    before: [SHOP],
    accepted: create(configMap('cm')),
    refused: { ...create(configMap('cm')), namespace: 'default' },
    code: 400,
    words: 'the namespace of the provided object does not match the namespace sent on the request',
  },
  {
    number: 145,
    id: 'svc.nodePort.outOfRange',
    before: [SHOP],
    accepted: create(nodePort('a', 32_767)),
    refused: create(nodePort('svc', 80)),
    code: 422,
    words:
      'Service "svc" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
  },
  {
    number: 146,
    id: 'svc.nodePort.taken',
    before: [SHOP, nodePort('n1', 30_123)],
    accepted: create(nodePort('n3', 30_124)),
    refused: create(nodePort('n2', 30_123)),
    code: 422,
    words: 'Service "n2" is invalid: spec.ports[0].nodePort: Invalid value: 30123: provided port is already allocated',
  },
  {
    number: 147,
    id: 'svc.clusterIP.taken',
    before: [SHOP, service('n3', { clusterIP: '10.96.7.7' })],
    accepted: create(service('n5', { clusterIP: '10.96.7.8' })),
    refused: create(service('n4', { clusterIP: '10.96.7.7' })),
    code: 422,
    words: 'provided IP is already allocated',
  },
  {
    number: 234,
    id: 'upd.meta.name',
    before: [SHOP, configMap('cm')],
    accepted: call('update', { ...configMap('cm'), data: {} }),
    refused: call('update', configMap('other'), { name: 'cm' }),
    code: 400,
    words: 'the name of the object (other) does not match the name on the URL (cm)',
  },
  {
    number: 235,
    id: 'upd.meta.resourceVersion.stale',
    before: [SHOP, configMap('cm')],
    accepted: update(false),
    refused: update(true),
    code: 409,
    words: 'Operation cannot be fulfilled on configmaps "cm": the object has been modified',
  },
  {
    number: 236,
    id: 'state.exists',
    before: [SHOP, configMap('cm')],
    accepted: create(configMap('cm', 'default')),
    refused: create(configMap('cm')),
    code: 409,
    words: 'configmaps "cm" already exists',
  },
  {
    number: 237,
    id: 'state.ns.missing',
    before: [SHOP],
    accepted: create(configMap('cm')),
    refused: create(configMap('cm', 'nope')),
    code: 404,
    words: 'namespaces "nope" not found',
  },
  {
    number: 238,
    id: 'ns.terminating',
    before: [
      SHOP,
      of('v1', 'Namespace', 'term', {}, ''),
      { ...configMap('kept', 'term'), metadata: { name: 'kept', namespace: 'term', finalizers: ['a.b/c'] } },
    ],
    accepted: create(configMap('cm')),
    refused: (ask) => {
      ask(call('delete', of('v1', 'Namespace', 'term', {}, '')));
      return create(configMap('cm', 'term'));
    },
    code: 403,
    words:
      'configmaps "cm" is forbidden: unable to create new content in namespace term because it is being terminated',
  },
  {
    number: 239,
    id: 'ns.delete.default',
    before: [SHOP],
    accepted: call('delete', SHOP),
    refused: call('delete', of('v1', 'Namespace', 'kube-system', {}, '')),
    code: 403,
    words: 'namespaces "kube-system" is forbidden: this namespace may not be deleted',
  },
  {
    number: 240,
    id: 'pod.priorityClass.unknown',
    before: [SHOP, priorityClass('mine', false)],
    accepted: create(pod('p', { priorityClassName: 'mine' })),
    refused: create(pod('p', { priorityClassName: 'nope' })),
    code: 403,
    words: 'pods "p" is forbidden: no PriorityClass with name nope was found',
  },
  {
    number: 241,
    id: 'pod.runtimeClass.unknown',
    before: [SHOP, of('node.k8s.io/v1', 'RuntimeClass', 'mine', { handler: 'runc' }, '')],
    accepted: create(pod('p', { runtimeClassName: 'mine' })),
    refused: create(pod('p', { runtimeClassName: 'nope' })),
    code: 403,
    words: 'pods "p" is forbidden: pod rejected: RuntimeClass "nope" not found',
  },
  {
    number: 242,
    id: 'quota.exceeded.pods',
    before: [SHOP, quota({ pods: '1' }), pod('q1')],
    accepted: create(configMap('cm')),
    refused: create(pod('q2')),
    code: 403,
    words: 'pods "q2" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
  },
  {
    number: 243,
    id: 'quota.mustSpecify',
    before: [SHOP, quota({ 'requests.cpu': '1' })],
    accepted: create(pod('q2', {}, both('1'))),
    refused: create(pod('q1')),
    code: 403,
    words: 'pods "q1" is forbidden: failed quota: q: must specify requests.cpu',
  },
  {
    number: 244,
    id: 'limit.max',
    before: [SHOP, limits({ type: 'Container', max: { cpu: '1' } }, { type: 'Pod', max: { cpu: '1500m' } })],
    accepted: create(pod('p', {}, both('1'))),
    refused: create(pod('p', {}, both('2'))),
    code: 403,
    words:
      'pods "p" is forbidden: [maximum cpu usage per Container is 1, but limit is 2, maximum cpu usage per Pod is 1500m, but limit is 2]',
  },
  {
    number: 245,
    id: 'limit.min',
    before: [SHOP, limits({ type: 'Container', min: { cpu: '100m' } })],
    accepted: create(pod('p', {}, both('100m'))),
    refused: create(pod('p', {}, both('50m'))),
    code: 403,
    words: 'pods "p" is forbidden: minimum cpu usage per Container is 100m, but request is 50m',
  },
  {
    number: 246,
    id: 'limit.ratio',
    before: [SHOP, limits({ type: 'Container', maxLimitRequestRatio: { memory: '2' } })],
    accepted: create(pod('p', {}, { requests: { memory: '1Gi' }, limits: { memory: '2Gi' } })),
    refused: create(pod('p', {}, { requests: { memory: '1Gi' }, limits: { memory: '9Gi' } })),
    code: 403,
    words:
      'pods "p" is forbidden: memory max limit to request ratio per Container is 2, but provided ratio is 9.000000',
  },
  {
    number: 247,
    id: 'pc.secondDefault',
    before: [priorityClass('d1', true)],
    accepted: create(priorityClass('d2', false)),
    refused: create(priorityClass('d2', true)),
    code: 403,
    words:
      'priorityclasses.scheduling.k8s.io "d2" is forbidden: PriorityClass d1 is already marked as default. Only one default can exist',
  },
  {
    number: 248,
    id: 'state.conflict',
    before: [SHOP, configMap('cm')],
    accepted: call('update', configMap('cm')),
    refused: call('update', { ...configMap('cm'), metadata: { name: 'cm', namespace: 'shop', resourceVersion: '1' } }),
    code: 409,
    words: 'please apply your changes to the latest version and try again',
  },
];

describe.each(RULES)('$number $id', ({ before, accepted, refused, code, words }) => {
  it('accepts', () => {
    const ask = asking(before);
    const answer = ask(typeof accepted === 'function' ? accepted(ask) : accepted);
    expect({ code: answer.code, message: answer.code < 300 ? '' : stringAt(answer.body, 'message') }).toMatchObject({
      message: '',
    });
  });
  it('refuses', () => {
    const ask = asking(before);
    const answer = ask(typeof refused === 'function' ? refused(ask) : refused);
    expect(answer.code).toBe(code);
    expect(stringAt(answer.body, 'message')).toContain(words);
  });
});

it('has a case that is refused and one that is accepted for each of the 248 rules', () => {
  const numbers = [...CREATE_RULES, ...UPDATE_RULES, ...RULES].map(({ number }) => number).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 248 }, (_, index) => index + 1));
});
