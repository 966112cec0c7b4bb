import { expect, it } from 'vitest';
import { readScript } from './script.ts';

const head = { apiVersion: 'drydock.dev/v1', kind: 'Script' };

it('reads steps in order of their time', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
  const { script, problems } = readScript(
    {
      ...head,
      release: '1.36',
      seed: 7,
      topology: { nodes: 5 },
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
  expect(script).toMatchObject({ seed: 7, nodes: 5 });
  expect(script.steps).toEqual([
    { atMs: 1000, type: 'apply', object: pod },
    { atMs: 30_000, type: 'kubectl', line: 'scale deployment/web --replicas=5' },
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
  [{ sweep: {} }, 'script.unsupported', 'sweep'],
  [{ seed: 1.5 }, 'script.type', 'seed'],
  [{ topology: [] }, 'script.type', 'topology'],
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
