import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { defaultTopology } from '../topology.ts';

beforeAll(preloadKinds);

const CORE = { group: '', version: 'v1' };
const RESOURCE = { group: 'resource.k8s.io', version: 'v1' };

function make(cluster: Cluster, group: typeof CORE, plural: string, body: JsonObject, namespace?: string): void {
  const at = namespace === undefined ? {} : { namespace };
  cluster.request({ verb: 'create', resource: { ...group, plural }, ...at, body: body as KubernetesObject });
}

function all(cluster: Cluster, kind: string): readonly KubernetesObject[] {
  return cluster.objects().filter((object) => object.kind === kind);
}

const nodeOf = (cluster: Cluster, pod: string): string | undefined =>
  nameAt(
    all(cluster, 'Pod').find((object) => nameOf(object) === pod),
    'spec',
    'nodeName',
  );

/** Two Nodes; a driver publishes two GPUs of one of them. */
function clusterWithDevices(): { readonly cluster: Cluster; readonly node: string } {
  const cluster = Cluster.create({ seed: 5, kinds, topology: defaultTopology(2) });
  cluster.runUntil(30_000);
  const workers = all(cluster, 'Node').filter((node) => arrayAt(node, 'spec', 'taints').length === 0);
  const node = nameOf(workers.at(-1)!);
  make(cluster, RESOURCE, 'deviceclasses', {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'DeviceClass',
    metadata: { name: 'gpu' },
    spec: { selectors: [{ cel: { expression: 'device.driver == "gpu.example.com"' } }] },
  });
  make(cluster, RESOURCE, 'resourceslices', {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceSlice',
    metadata: { name: 'gpus' },
    spec: {
      driver: 'gpu.example.com',
      nodeName: node,
      pool: { name: node, generation: 1, resourceSliceCount: 1 },
      devices: [
        { name: 'small', attributes: { model: { string: 'a' } }, capacity: { memory: { value: '8Gi' } } },
        { name: 'large', attributes: { model: { string: 'a' } }, capacity: { memory: { value: '80Gi' } } },
      ],
    },
  });
  make(
    cluster,
    RESOURCE,
    'resourceclaimtemplates',
    {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceClaimTemplate',
      metadata: { name: 'one-gpu' },
      spec: { spec: { devices: { requests: [{ name: 'gpu', exactly: { deviceClassName: 'gpu' } }] } } },
    },
    'default',
  );
  return { cluster, node };
}

function makePod(cluster: Cluster, name: string, claim: JsonObject): void {
  const spec = {
    containers: [{ name: 'c', image: 'nginx', resources: { claims: [{ name: 'gpu' }] } }],
    resourceClaims: [{ name: 'gpu', ...claim }],
    terminationGracePeriodSeconds: 1,
  };
  make(cluster, CORE, 'pods', { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec }, 'default');
}

/** The driver of the fabric says how the device is. */
function tellDevice(cluster: Cluster, type: string): void {
  const claim = all(cluster, 'ResourceClaim')[0]!;
  const conditions = [
    { type, status: 'True', reason: 'Told', message: 'by the fabric', lastTransitionTime: '2026-01-01T00:01:00Z' },
  ];
  const devices = [{ driver: 'fabric.example.com', pool: 'fabric', device: 'far', conditions }];
  cluster.request({
    verb: 'update',
    resource: { ...RESOURCE, plural: 'resourceclaims' },
    namespace: 'default',
    name: nameOf(claim),
    subresource: 'status',
    body: { ...claim, status: { ...objectAt(claim, 'status'), devices } },
  });
}

describe('devices', () => {
  it('makes a claim from the template, allocates a device and runs the Pod on the Node that has it', () => {
    const { cluster, node } = clusterWithDevices();
    makePod(cluster, 'train', { resourceClaimTemplateName: 'one-gpu' });
    cluster.runUntil(60_000);
    expect(nodeOf(cluster, 'train')).toBe(node);
    const [claim] = all(cluster, 'ResourceClaim');
    expect(nameOf(claim!)).toMatch(/^train-gpu-[a-z0-9]{5}$/);
    expect(arrayAt(claim, 'status', 'allocation', 'devices', 'results')).toEqual([
      { request: 'gpu', driver: 'gpu.example.com', pool: node, device: 'small' },
    ]);
    expect(arrayAt(claim, 'status', 'reservedFor').map((consumer) => stringAt(consumer, 'name'))).toEqual(['train']);
  });

  it('lets a third Pod wait for two devices, and gives it the device of the Pod that goes', () => {
    const { cluster, node } = clusterWithDevices();
    for (const name of ['p1', 'p2', 'p3']) makePod(cluster, name, { resourceClaimTemplateName: 'one-gpu' });
    cluster.runUntil(60_000);
    const placed = ['p1', 'p2', 'p3'].filter((name) => nodeOf(cluster, name) !== undefined);
    expect(placed).toHaveLength(2);
    const waiting = ['p1', 'p2', 'p3'].find((name) => !placed.includes(name))!;
    const devices = all(cluster, 'ResourceClaim').flatMap((claim) =>
      arrayAt(claim, 'status', 'allocation', 'devices', 'results').map((result) => stringAt(result, 'device')),
    );
    expect(devices.toSorted()).toEqual(['large', 'small']);
    const messages = all(cluster, 'Event').map((event) => stringAt(event, 'message') ?? stringAt(event, 'note') ?? '');
    expect(messages.some((message) => message.includes('cannot allocate all claims'))).toBe(true);
    cluster.request({ verb: 'delete', resource: { ...CORE, plural: 'pods' }, namespace: 'default', name: placed[0]! });
    cluster.runUntil(180_000);
    expect(nodeOf(cluster, waiting)).toBe(node);
    expect(all(cluster, 'ResourceClaim')).toHaveLength(2);
  });

  it('gives a Pod that asks for an extended resource a device of the class that stands behind it', () => {
    const { cluster, node } = clusterWithDevices();
    make(cluster, RESOURCE, 'deviceclasses', {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'DeviceClass',
      metadata: { name: 'old-gpu' },
      spec: {
        extendedResourceName: 'example.com/gpu',
        selectors: [{ cel: { expression: 'device.driver == "gpu.example.com"' } }],
      },
    });
    const spec = {
      containers: [
        {
          name: 'c',
          image: 'nginx',
          resources: { requests: { 'example.com/gpu': '1' }, limits: { 'example.com/gpu': '1' } },
        },
      ],
      terminationGracePeriodSeconds: 1,
    };
    for (const name of ['p1', 'p2', 'p3'])
      make(cluster, CORE, 'pods', { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec }, 'default');
    cluster.runUntil(90_000);
    const placed = ['p1', 'p2', 'p3'].filter((name) => nodeOf(cluster, name) !== undefined);
    expect(placed.map((name) => nodeOf(cluster, name))).toEqual([node, node]);
    const claims = all(cluster, 'ResourceClaim');
    expect(claims.map((claim) => nameOf(claim).replace(/[a-z0-9]{5}$/, '?')).toSorted()).toEqual(
      placed.map((name) => `${name}-extended-resources-?`),
    );
    const told = all(cluster, 'Pod').flatMap((pod) => objectAt(pod, 'status', 'extendedResourceClaimStatus') ?? []);
    expect(told).toContainEqual({
      requestMappings: [{ containerName: 'c', resourceName: 'example.com/gpu', requestName: 'container-0-request-0' }],
      resourceClaimName: nameOf(claims[0]!),
    });
    const running = all(cluster, 'Pod').filter((pod) => stringAt(pod, 'status', 'phase') === 'Running');
    expect(running.map(nameOf)).toEqual(expect.arrayContaining(placed));
    const waiting = ['p1', 'p2', 'p3'].find((name) => !placed.includes(name))!;
    cluster.request({ verb: 'delete', resource: { ...CORE, plural: 'pods' }, namespace: 'default', name: placed[0]! });
    cluster.runUntil(240_000);
    expect(nodeOf(cluster, waiting)).toBe(node);
    expect(all(cluster, 'ResourceClaim')).toHaveLength(2);
  });

  it('binds a Pod once its device is ready, and looks for another device where it cannot be made ready', () => {
    const { cluster } = clusterWithDevices();
    const workers = all(cluster, 'Node').filter((node) => arrayAt(node, 'spec', 'taints').length === 0);
    make(cluster, RESOURCE, 'deviceclasses', {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'DeviceClass',
      metadata: { name: 'fabric' },
      spec: { selectors: [{ cel: { expression: 'device.driver == "fabric.example.com"' } }] },
    });
    make(cluster, RESOURCE, 'resourceslices', {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceSlice',
      metadata: { name: 'fabric' },
      spec: {
        driver: 'fabric.example.com',
        allNodes: true,
        pool: { name: 'fabric', generation: 1, resourceSliceCount: 1 },
        devices: [
          {
            name: 'far',
            bindsToNode: true,
            bindingConditions: ['example.com/attached'],
            bindingFailureConditions: ['example.com/broken'],
          },
        ],
      },
    });
    const claim = {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceClaim',
      metadata: { name: 'far' },
      spec: { devices: { requests: [{ name: 'gpu', exactly: { deviceClassName: 'fabric' } }] } },
    };
    make(cluster, RESOURCE, 'resourceclaims', claim, 'default');
    makePod(cluster, 'attached', { resourceClaimName: 'far' });
    cluster.runUntil(60_000);
    expect(nodeOf(cluster, 'attached')).toBeUndefined();
    const allocated = all(cluster, 'ResourceClaim')[0]!;
    const [chosen] = arrayAt(allocated, 'status', 'allocation', 'nodeSelector', 'nodeSelectorTerms');
    expect(workers.map(nameOf)).toContain(arrayAt(arrayAt(chosen, 'matchFields')[0], 'values')[0]);
    const waits = all(cluster, 'Event').filter((event) => stringAt(event, 'reason') === 'BindingConditionsPending');
    expect(waits).toHaveLength(1);

    tellDevice(cluster, 'example.com/broken');
    cluster.runUntil(90_000);
    const messages = all(cluster, 'Event').map((event) => stringAt(event, 'message') ?? '');
    expect(messages.filter((message) => message.includes('device binding failed: claim=far'))).not.toEqual([]);
    expect(nodeOf(cluster, 'attached')).toBeUndefined();

    tellDevice(cluster, 'example.com/attached');
    cluster.runUntil(240_000);
    expect(nodeOf(cluster, 'attached')).toBeDefined();
  });

  it('shares one claim between Pods, and takes it back when none is left', () => {
    const { cluster, node } = clusterWithDevices();
    make(
      cluster,
      RESOURCE,
      'resourceclaims',
      {
        apiVersion: 'resource.k8s.io/v1',
        kind: 'ResourceClaim',
        metadata: { name: 'big' },
        spec: {
          devices: {
            requests: [
              {
                name: 'gpu',
                firstAvailable: [
                  {
                    name: 'huge',
                    deviceClassName: 'gpu',
                    selectors: [
                      {
                        cel: {
                          expression: 'device.capacity["gpu.example.com"].memory.compareTo(quantity("100Gi")) >= 0',
                        },
                      },
                    ],
                  },
                  {
                    name: 'large',
                    deviceClassName: 'gpu',
                    selectors: [
                      {
                        cel: {
                          expression: 'device.capacity["gpu.example.com"].memory.compareTo(quantity("40Gi")) >= 0',
                        },
                      },
                    ],
                  },
                ],
              },
            ],
          },
        },
      },
      'default',
    );
    makePod(cluster, 'p1', { resourceClaimName: 'big' });
    makePod(cluster, 'p2', { resourceClaimName: 'big' });
    cluster.runUntil(90_000);
    expect([nodeOf(cluster, 'p1'), nodeOf(cluster, 'p2')]).toEqual([node, node]);
    const [claim] = all(cluster, 'ResourceClaim');
    expect(arrayAt(claim, 'status', 'allocation', 'devices', 'results').map((one) => stringAt(one, 'device'))).toEqual([
      'large',
    ]);
    expect(stringAt(arrayAt(claim, 'status', 'allocation', 'devices', 'results')[0], 'request')).toBe('gpu/large');
    expect(arrayAt(claim, 'status', 'reservedFor')).toHaveLength(2);
    for (const name of ['p1', 'p2'])
      cluster.request({ verb: 'delete', resource: { ...CORE, plural: 'pods' }, namespace: 'default', name });
    cluster.runUntil(180_000);
    const [left] = all(cluster, 'ResourceClaim');
    expect(objectAt(left, 'status', 'allocation')).toBeUndefined();
    expect(arrayAt(left, 'metadata', 'finalizers')).toEqual([]);
  });
});
