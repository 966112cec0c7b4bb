import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import { preloadKinds } from '../testing/built-in-kinds.ts';
import { OnePod } from './testing/one-pod.ts';

beforeAll(preloadKinds);

const asks = (requests: JsonObject, more: JsonObject = {}) => ({
  nodeName: 'w1',
  containers: [{ name: 'c', image: 'nginx', resources: { requests }, ...more }],
});

describe('a Node does not take a Pod', () => {
  it.each([
    [
      'that needs more CPU than there is',
      asks({ cpu: '5' }),
      'OutOfcpu',
      "Node didn't have enough resource: cpu, requested: 5000, used: 0, capacity: 4000",
    ],
    [
      'that needs more memory',
      asks({ memory: '17Gi' }),
      'OutOfmemory',
      "Node didn't have enough resource: memory, requested: 18253611008, used: 0, capacity: 17179869184",
    ],
    [
      'that is meant for other Nodes',
      { ...asks({}), nodeSelector: { disk: 'ssd' } },
      'NodeAffinity',
      "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    ],
  ])('%s', (_what, spec, reason, message) => {
    const one = new OnePod(spec).run(10);
    expect(one.pod()?.['status']).toMatchObject({ phase: 'Failed', reason, message: `Pod was rejected: ${message}` });
    expect(one.events().get(`${reason}: ${message}`)).toBe(1);
    expect(one.trace('cri').filter(({ verb }) => verb === 'RunPodSandbox')).toHaveLength(0);
    one.delete();
    expect(one.run(5).pod()).toBeUndefined();
  });

  it('beside those that it has, until one of them is gone', () => {
    const one = new OnePod(asks({ cpu: '3' })).run(5);
    one.make('q', asks({ cpu: '2' }));
    one.run(5);
    expect(stringAt(one.pod('q'), 'status', 'reason')).toBe('OutOfcpu');
    expect(stringAt(one.pod('q'), 'status', 'message')).toMatch(/requested: 2000, used: 3000, capacity: 4000$/);
    one.delete();
    one.run(10).make('r', asks({ cpu: '2' }));
    expect(stringAt(one.run(10).pod('r'), 'status', 'phase')).toBe('Running');
  });

  it('that does not tolerate what is said of the Node, or wants a port that is taken', () => {
    const port = { ports: [{ containerPort: 80, hostPort: 8080 }] };
    const one = new OnePod(asks({}, port)).run(5);
    one.make('q', asks({}, port));
    one.run(5);
    expect(stringAt(one.pod('q'), 'status', 'reason')).toBe('NodePorts');
    one.cluster.kubectl('taint nodes w1 a=b:NoExecute');
    one.run(5).make('r', asks({}));
    one.run(3);
    expect(one.cluster.objects().flatMap((object) => stringAt(object, 'message') ?? [])).toContain(
      "Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate",
    );
  });
});
