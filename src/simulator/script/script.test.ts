import { expect, it } from 'vitest';
import { readScript } from './script.ts';
import { objectOfRun, scriptOfRun, sweepRuns } from './sweep.ts';

const head = { apiVersion: 'drydock.dev/v1', kind: 'Script' };

it('reads steps in order of their time', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
  const { script, problems } = readScript(
    {
      ...head,
      release: '1.36',
      seed: 7,
      topology: { nodes: 5, etcdMembers: 3 },
      steps: [
        { at: '2m', fault: 'node-failure', target: 'Node//w1', for: '30s' },
        { at: '30s', kubectl: 'scale deployment/web --replicas=5' },
        { at: '1s', apply: pod },
        { at: '3m', fault: 'scheduler-stop', how: 'power' },
        { at: '4m', request: { from: 'Pod/shop/cart-*', to: 'web', rate: 10, for: '30s' } },
      ],
    },
    '1.36',
  );
  expect(problems).toEqual([]);
  expect(script).toMatchObject({ seed: 7, nodes: 5, etcdMembers: 3 });
  expect(script.steps).toEqual([
    { atMs: 1000, type: 'apply', object: pod },
    { atMs: 30_000, type: 'kubectl', line: 'scale deployment/web --replicas=5', edits: [] },
    { atMs: 120_000, type: 'fault', order: { fault: 'node-failure', target: 'w1', forMs: 30_000, parameters: {} } },
    { atMs: 180_000, type: 'fault', order: { fault: 'scheduler-stop', parameters: { how: 'power' } } },
    {
      atMs: 240_000,
      type: 'request',
      order: {
        from: 'Pod/shop/cart-*',
        to: 'web',
        port: 80,
        protocol: 'tcp',
        path: '/',
        timeoutMs: 5000,
        rate: 10,
        forMs: 30_000,
      },
    },
  ]);
});

it.each([
  [{ release: '1.20' }, 'script.release', 'release'],
  [{ stepz: [] }, 'script.unknownField', 'stepz'],
  [{ sweep: [] }, 'script.type', 'sweep'],
  [{ sweep: { seeds: 3 } }, 'script.type', 'sweep.seeds'],
  [{ sweep: { parameters: [{ script: 'seed' }] } }, 'script.type', 'sweep.parameters[0].values'],
  [
    { sweep: { parameters: [{ object: 'web', field: 'spec.replicas', values: [1] }] } },
    'script.object',
    'sweep.parameters[0].object',
  ],
  [{ sweep: { parameters: [{ object: 'Pod//a', values: [1] }] } }, 'script.type', 'sweep.parameters[0].field'],
  [{ sweep: { plan: 1 } }, 'script.unknownField', 'sweep.plan'],
  [{ sweep: { seeds: { from: 1, count: 0 } } }, 'script.type', 'sweep.seeds'],
  [{ sweep: { leastNodes: { most: 0 } } }, 'script.number', 'sweep.leastNodes.most'],
  [{ sweep: { leastNodes: { sizes: ['huge'] } } }, 'script.parameter', 'sweep.leastNodes.sizes[0]'],
  [
    {
      sweep: {
        parameters: [
          { script: 'seed', values: [1] },
          { script: 'seed', values: [2] },
        ],
      },
    },
    'script.repeated',
    'sweep.parameters[1].name',
  ],
  [{ prices: { nodes: [{ name: 'a' }, { name: 'a' }] } }, 'script.repeated', 'prices.nodes[1].name'],
  [{ prices: { nodes: [{ name: 'a', perHour: 'dear' }] } }, 'script.type', 'prices.nodes[0].perHour'],
  [{ prices: { nodes: [{ cpu: '2' }] } }, 'script.type', 'prices.nodes[0].name'],
  [{ topology: { nodeSize: 'huge' } }, 'script.parameter', 'topology.nodeSize'],
  [{ topology: { pools: [{ name: 'a', size: 'huge' }] } }, 'script.parameter', 'topology.pools[0].size'],
  [{ topology: { pools: [{ name: 'A b', cpu: '2' }] } }, 'script.type', 'topology.pools[0].name'],
  [{ topology: { pools: [{ name: 'a', min: 3, max: 2 }] } }, 'script.refused', 'topology.pools[0].max'],
  [{ topology: { pools: [{ name: 'a', nodes: 99 }] } }, 'script.refused', 'topology.pools[0].nodes'],
  [{ topology: { pools: [{ name: 'a' }, { name: 'a' }] } }, 'script.repeated', 'topology.pools[1].name'],
  [{ options: { autoscaler: { expander: ['price'] } } }, 'script.parameter', 'options.autoscaler.expander[0]'],
  [{ options: { autoscaler: { scanInterval: '1ms' } } }, 'script.refused', 'options.autoscaler.scanInterval'],
  [{ options: { deviceDrivers: [{ devices: [] }] } }, 'script.type', 'options.deviceDrivers[0].name'],
  [{ seed: 1.5 }, 'script.type', 'seed'],
  [{ topology: [] }, 'script.type', 'topology'],
  [{ topology: { etcdMembers: 2 } }, 'script.parameter', 'topology.etcdMembers'],
  [{ steps: {} }, 'script.type', 'steps'],
  [{ steps: [3] }, 'script.type', 'steps[0]'],
  [{ steps: [{ at: 'soon', kubectl: 'get pods' }] }, 'script.duration', 'steps[0].at'],
  [{ steps: [{ at: '1s' }] }, 'script.oneAction', 'steps[0]'],
  [{ steps: [{ at: '1s', kubectl: 'get pods', fault: 'x' }] }, 'script.oneAction', 'steps[0]'],
  [{ steps: [{ at: '1s', kubectl: 3 }] }, 'script.type', 'steps[0].kubectl'],
  [{ steps: [{ at: '1s', apply: {} }] }, 'script.type', 'steps[0].apply'],
  [{ steps: [{ at: '1s', fault: 'flood' }] }, 'script.unknownFault', 'steps[0].fault'],
  [{ steps: [{ at: '1s', fault: 'node-failure' }] }, 'script.target', 'steps[0].target'],
  [{ steps: [{ at: '1s', fault: 'scheduler-stop', how: 'x' }] }, 'script.parameter', 'steps[0].how'],
  [{ steps: [{ at: '1s', request: 'web' }] }, 'script.type', 'steps[0].request'],
  [{ steps: [{ at: '1s', request: { from: 'cart', to: 'web' } }] }, 'script.sender', 'steps[0].request.from'],
  [{ steps: [{ at: '1s', request: { to: 'web', port: 0 } }] }, 'script.number', 'steps[0].request.port'],
  [{ steps: [{ at: '1s', request: { to: 'web', verb: 'GET' } }] }, 'script.unknownField', 'steps[0].request.verb'],
  [{ steps: [{ at: '1s', kubectl: 'get po', also: 1 }] }, 'script.unknownField', 'steps[0].also'],
])('refuses %j', (part, id, field) => {
  expect(readScript({ ...head, ...part }, '1.36').problems).toMatchObject([{ id, field }]);
});

it('reads behaviours and options', () => {
  const { script, problems } = readScript(
    {
      ...head,
      options: { authorization: 'AlwaysAllow', managedFields: false, admission: { enable: ['AlwaysPullImages'] } },
      behaviours: [
        {
          match: { image: 'web:*', labels: { app: 'web' } },
          readyAfter: '20s',
          notReady: [{ from: '1m', until: '90s' }],
          stop: 'never',
          memory: { steps: [{ from: '0s', value: '50Mi' }] },
          cpu: { steps: [{ from: '0s', value: '100m' }], perRequest: '2m' },
          image: { size: '300Mi', pullFailure: 'no', pullFailures: 2 },
          logs: [{ at: '1s', line: 'up' }],
          http: [{ path: '/', code: 503, until: '5s' }],
          exec: [{ command: 'check', exitCode: 1, takes: '2s' }],
        },
        { crashAfter: '3s', crashes: 2 },
      ],
      steps: [
        { at: '1s', fault: 'container-kill', target: 'Pod/shop/web-0', exitCode: 1 },
        { at: '2s', fault: 'image-pull-error', image: 'web:*', mode: 'slow' },
      ],
    },
    '1.36',
  );
  expect(problems).toEqual([]);
  expect(script.options).toEqual({
    authorization: 'AlwaysAllow',
    managedFields: false,
    admission: { enable: ['AlwaysPullImages'] },
  });
  expect(script.behaviours).toEqual([
    {
      match: { image: 'web:*', labels: { app: 'web' } },
      readyAfterMs: 20_000,
      notReady: [{ fromMs: 60_000, untilMs: 90_000 }],
      stopMs: Infinity,
      memoryBytes: { steps: [{ fromMs: 0, value: 52_428_800 }] },
      cpuMillicores: { steps: [{ fromMs: 0, value: 100 }], perRequest: 2 },
      image: { sizeBytes: 314_572_800, pullFailure: 'no', pullFailures: 2 },
      logs: [{ atMs: 1000, line: 'up' }],
      http: [{ path: '/', code: 503, untilMs: 5000 }],
      exec: [{ command: 'check', exitCode: 1, takesMs: 2000 }],
    },
    { match: {}, crashAfterMs: 3000, crashes: 2 },
  ]);
  expect(script.steps.map((step) => (step.type === 'fault' ? step.order : undefined))).toEqual([
    { fault: 'container-kill', target: 'shop/web-0', parameters: { exitCode: '1' } },
    { fault: 'image-pull-error', parameters: { image: 'web:*', mode: 'slow' } },
  ]);
});

it.each([
  [{ behaviours: {} }, 'script.type', 'behaviours'],
  [{ behaviours: [{ start: 5 }] }, 'script.duration', 'behaviours[0].start'],
  [{ behaviours: [{ mach: {} }] }, 'script.unknownField', 'behaviours[0].mach'],
  [{ behaviours: [{ image: { size: 'big' } }] }, 'script.type', 'behaviours[0].image.size'],
  [{ behaviours: [{ http: [{ code: 'x' }] }] }, 'script.type', 'behaviours[0].http[0].code'],
  [{ options: { authorization: 'ABAC' } }, 'script.parameter', 'options.authorization'],
  [{ options: { admission: { enable: ['ImagePolicyWebhook'] } } }, 'script.parameter', 'options.admission.enable[0]'],
  [{ options: { admission: { enable: ['EventRateLimit'] } } }, 'script.refused', 'options.admission.eventRateLimit'],
  [{ options: { serviceNetworks: ['10.96.0.0/12', '10.1.0.0/16'] } }, 'script.refused', 'options.serviceNetworks'],
  [{ options: { serviceNetworks: ['10.96.0.0/29'] } }, 'script.refused', 'options.serviceNetworks'],
  [{ options: { ipFamilies: ['IPv5'] } }, 'script.parameter', 'options.ipFamilies[0]'],
  [{ options: { ipFamilies: ['IPv4', 'IPv4'] } }, 'script.refused', 'options.ipFamilies'],
  [{ options: { ipFamilies: ['IPv6'], serviceNetworks: ['10.96.0.0/12'] } }, 'script.refused', 'options.ipFamilies'],
  [{ steps: [{ at: '1s', request: { to: 'web', ipFamily: '6' } }] }, 'script.parameter', 'steps[0].request.ipFamily'],
  [{ options: { detail: true } }, 'script.unknownField', 'options.detail'],
  [{ options: { clientLimits: { kubelet: { qps: 0 } } } }, 'script.refused', 'options.clientLimits.kubelet.qps'],
  [{ options: { clientLimits: { etcd: { qps: 5 } } } }, 'script.unknownField', 'options.clientLimits.etcd'],
  [{ steps: [{ at: '1s', fault: 'container-kill', target: 'web' }] }, 'script.target', 'steps[0].target'],
])('refuses %j too', (part, id, field) => {
  expect(readScript({ ...head, ...part }, '1.36').problems).toMatchObject([{ id, field }]);
});

it('runs each seed with each combination of values, and changes the script and the objects so', () => {
  const object = { ...head, sweep: { seeds: [3, 4], parameters: [{ script: 'topology.nodes', values: [1, 2] }] } };
  const sweep = readScript(object, '1.36').script.sweep!;
  const runs = sweepRuns(sweep);
  expect(runs).toEqual([1, 2].flatMap((nodes) => [3, 4].map((seed) => ({ seed, values: [nodes] }))));
  expect(scriptOfRun(object, sweep, runs[3]!)).toEqual({ ...head, seed: 4, topology: { nodes: 2 } });
  const field = ['spec', 'containers', 0, 'image'];
  const parameters = [{ name: 'image', object: 'Pod/default/a', field, values: ['b'] }];
  const other = { seeds: [1], parameters, leastNodes: undefined };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: { containers: [{ name: 'c', image: 'a' }] },
  };
  expect(objectOfRun(pod, other, { seed: 1, values: ['b'] })).toEqual({
    ...pod,
    spec: { containers: [{ name: 'c', image: 'b' }] },
  });
  expect(objectOfRun({ ...pod, metadata: { name: 'x' } }, other, { seed: 1, values: ['b'] }).metadata).toEqual({
    name: 'x',
  });
});

it('reads pools of a size of the price list, or of a size of their own', () => {
  const prices = { nodes: [{ name: 'small', cpu: '2', memory: '8Gi', perHour: 0.1 }] };
  const pools = [
    { name: 'web', size: 'small', min: 2, max: 5, boot: '45s' },
    { name: 'gpu', cpu: '8', capacity: { 'nvidia.com/gpu': '1' }, nodes: 1, stock: 2 },
  ];
  const { script, problems } = readScript({ ...head, prices, topology: { pools } }, '1.36');
  expect(problems).toEqual([]);
  expect(script.pools).toMatchObject([
    { name: 'web', min: 2, max: 5, nodes: 2, bootMs: 45_000, size: { name: 'small', capacity: { cpu: '2' } } },
    { name: 'gpu', min: 0, max: 10, nodes: 1, stock: 2, size: { name: 'gpu', capacity: { 'nvidia.com/gpu': '1' } } },
  ]);
});
