import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import { stringAt, valueAt } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import type { ApiResponse } from '../../messages.ts';
import { preloadKinds } from '../../testing/built-in-kinds.ts';
import { AskedServer } from '../testing/asked-server.ts';

beforeAll(preloadKinds);

const source = {
  area: 'kube-apiserver',
  file: 'pkg/registry/core/pod/storage/storage_test.go',
  release: '1.36.2',
} as const;

let server: AskedServer;
let pods = 0;
beforeAll(() => {
  server = new AskedServer('alone');
});

const AT = { resource: { group: '', version: 'v1', plural: 'pods' }, namespace: 'default' } as const;

function made(spec: JsonObject = {}): { readonly name: string; readonly pod: JsonObject } {
  const name = `foo${pods++}`;
  const containers = [{ name: 'foo', image: 'test' }];
  const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers, ...spec } };
  const answer = server.ask({ ...AT, verb: 'create', body });
  expect(answer.code).toBe(201);
  return { name, pod: answer.body! };
}

function bind(name: string, target: JsonObject, metadata: JsonObject = {}, url = name): ApiResponse {
  const body = { apiVersion: 'v1', kind: 'Binding', metadata: { name, namespace: 'default', ...metadata }, target };
  return server.ask({ ...AT, verb: 'create', name: url, subresource: 'binding', body });
}

const get = (name: string) => server.ask({ ...AT, verb: 'get', name }).body;
const words = ({ body }: ApiResponse) => stringAt(body, 'message');
const machine = { name: 'machine' };

describe('a binding', () => {
  upstreamEach(source)([['TestEtcdCreate'], ['TestEtcdCreateWithExistingContainers']] as const)('%s', () => {
    const { name } = made();
    expect(bind(name, machine).code).toBe(201);
    expect(stringAt(get(name), 'spec', 'nodeName')).toBe('machine');
  });

  upstreamEach(source)([['TestEtcdCreateClearsNominatedNodeName/FeatureGate=true']] as const)('%s', () => {
    const { name } = made();
    const body = { apiVersion: 'v1', kind: 'Pod', status: { nominatedNodeName: 'nominated-node' } };
    server.ask({ ...AT, verb: 'patch', name, subresource: 'status', options: { patchType: 'merge' }, body });
    expect(stringAt(get(name), 'status', 'nominatedNodeName')).toBe('nominated-node');
    bind(name, machine);
    expect(valueAt(get(name), 'status', 'nominatedNodeName')).toBeUndefined();
  });

  upstreamEach(source)([['TestEtcdCreateBindingNoPod']] as const)('%s', () => {
    expect(bind('nobody', machine)).toMatchObject({ code: 404, body: { reason: 'NotFound' } });
  });

  upstreamEach(source)([['TestEtcdCreateWithContainersNotFound']] as const)('%s', () => {
    const { name } = made();
    bind(name, machine, { annotations: { annotation1: 'value1' }, labels: { label1: 'label-value1' } });
    expect(get(name)).toMatchObject({
      metadata: { annotations: { annotation1: 'value1' }, labels: { label1: 'label-value1' } },
    });
  });

  upstreamEach(source)([['TestEtcdCreateWithConflict']] as const)('%s', () => {
    const { name } = made();
    expect(bind(name, machine).code).toBe(201);
    expect(words(bind(name, machine))).toBe(
      `Operation cannot be fulfilled on pods/binding "${name}": pod ${name} is already assigned to node "machine"`,
    );
  });

  upstreamEach(
    source,
    'TestEtcdCreateWithSchedulingGates',
  )([
    ['pod with non-nil schedulingGates', [{ name: 'foo' }, { name: 'bar' }]],
    ['pod with nil schedulingGates', undefined],
  ] as const)('%s', (_, schedulingGates) => {
    const { name } = made(schedulingGates === undefined ? {} : { schedulingGates });
    expect(words(bind(name, machine))).toBe(
      schedulingGates &&
        `Operation cannot be fulfilled on pods/binding "${name}": pod ${name} has non-empty .spec.schedulingGates`,
    );
  });

  upstreamEach(
    source,
    'TestEtcdCreateBindingWithUIDAndResourceVersion',
  )(
    ['origin', 'empty', 'changed'].flatMap((uid) =>
      ['origin', 'empty', 'changed'].map((version) => [`${uid}UID-${version}ResourceVersion`, uid, version] as const),
    ),
  )('%s', (_, uid, version) => {
    const { name, pod } = made();
    const of = (how: string, field: string) =>
      how === 'empty' ? '' : `${stringAt(pod, 'metadata', field) ?? ''}${how === 'changed' ? '-changed' : ''}`;
    const answer = bind(name, machine, { uid: of(uid, 'uid'), resourceVersion: of(version, 'resourceVersion') });
    const isConflict = uid === 'changed' || version === 'changed';
    expect(answer.code).toBe(isConflict ? 409 : 201);
    expect(stringAt(get(name), 'spec', 'nodeName')).toBe(isConflict ? undefined : 'machine');
    if (isConflict) expect(words(answer)).toContain(`Key: /registry/pods/default/${name}, ResourceVersion: 0`);
  });

  upstreamEach(
    source,
    'TestEtcdCreateBinding',
  )([
    ['noName', {}, 'target.name: Required value'],
    ['badNameInURL', {}, 'name in URL does not match name in Binding object'],
    [
      'badKind',
      { name: 'machine1', kind: 'unknown' },
      'target.kind: Unsupported value: "unknown": supported values: "Node", "<empty>"',
    ],
    ['emptyKind', { name: 'machine2' }, undefined],
    ['kindNode', { name: 'machine3', kind: 'Node' }, undefined],
  ] as const)('%s', (kind, target, error) => {
    const { name } = made();
    const answer = bind(name, target, {}, kind === 'badNameInURL' ? `${name}badNameInURL` : name);
    expect(words(answer)).toBe(error);
    if (error === undefined) expect(stringAt(get(name), 'spec', 'nodeName')).toBe(stringAt(target, 'name'));
  });

  upstreamLeftOut(source, {
    'TestEtcdCreateClearsNominatedNodeName/FeatureGate=false': 'the gate is on in 1.36',
    TestEtcdCreateFailsWithoutNamespace: 'a URL of Pods names a namespace',
    'TestCreate, TestUpdate, TestGet, TestList, TestWatch and others of the generic registry tester': {
      count: 14,
      reason: 'they test the store through an interface of Go; src/simulator/apiserver asks the same over the API',
    },
  });

  it('gives the Pod the zone and the region of its Node', () => {
    const { name } = made();
    const labels = { 'topology.kubernetes.io/zone': 'z1', 'topology.kubernetes.io/region': 'r1', other: 'x' };
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'zoned', labels } };
    server.ask({ verb: 'create', resource: { group: '', version: 'v1', plural: 'nodes' }, body: node });
    expect(bind(name, { kind: 'Node', name: 'zoned' }).code).toBe(201);
    const { other: _, ...zone } = labels;
    expect(valueAt(get(name), 'metadata', 'labels')).toEqual(zone);
  });
});
