import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { NO_FILTER, choicesOf, filteredSteps } from './trace-filter.ts';

const step = (seq: number, more: Partial<LogEntry>): LogEntry => ({
  seq,
  timeMs: seq * 10,
  from: 'kubectl',
  to: 'kube-apiserver-0',
  class: 'request',
  verb: 'POST',
  cause: 0,
  level: 0,
  ...more,
});

const STEPS = [
  step(1, { object: 'Deployment/shop/web' }),
  step(2, { object: 'Pod/shop/web-0', from: 'kube-apiserver-0', to: 'kube-scheduler', class: 'watch', verb: 'ADDED' }),
  step(3, { from: 'kube-apiserver-0', to: 'etcd-0', verb: 'Txn', fact: '/registry/pods/shop/web-0' }),
  step(4, { object: 'Pod/shop/web-0', from: 'kubelet/w1', to: 'containerd/w1', class: 'cri', verb: 'RunPodSandbox' }),
  step(5, { object: 'Pod/shop/web-1', from: 'kubelet/w1', to: 'containerd/w1', class: 'cri', verb: 'RunPodSandbox' }),
  step(6, { object: 'pods/shop/web-0', verb: 'PATCH', from: 'kubelet/w1', fact: 'status' }),
  step(7, { object: 'Pod/bank/web-0', from: 'kubelet/w2', class: 'request', verb: 'PUT' }),
];
const seqs = (filter: Partial<typeof NO_FILTER>): readonly number[] =>
  filteredSteps(STEPS, { ...NO_FILTER, ...filter }).map(({ seq }) => seq);

describe('filters of the trace', () => {
  it.each([
    ['everything', {}, [1, 2, 3, 4, 5, 6, 7]],
    ['the control plane only', { preset: 'controlPlane' as const }, [1, 2, 3, 6, 7]],
    ['the data plane only', { preset: 'dataPlane' as const }, [4, 5]],
    [
      'one Pod’s life, from its row in etcd to its container',
      { preset: 'pod' as const, object: 'Pod/shop/web-0' },
      [2, 3, 4, 6],
    ],
    ['a kind of step', { class: 'watch' }, [2]],
    ['a component, whether it sends or receives', { component: 'kubelet/w1' }, [4, 5, 6]],
    ['a namespace', { namespace: 'bank' }, [7]],
    ['an object', { object: 'Deployment/shop/web' }, [1]],
    ['a range', { range: [3, 5] as const }, [3, 4, 5]],
    ['several together', { namespace: 'shop', class: 'cri', range: [5, 9] as const }, [5]],
  ])('%s', (_, filter, expected) => {
    expect(seqs(filter)).toEqual(expected);
  });

  it('offers what there is', () => {
    expect(choicesOf(STEPS)).toEqual({
      classes: ['cri', 'request', 'watch'],
      components: [
        'containerd/w1',
        'etcd-0',
        'kube-apiserver-0',
        'kube-scheduler',
        'kubectl',
        'kubelet/w1',
        'kubelet/w2',
      ],
      namespaces: ['bank', 'shop'],
      objects: ['Deployment/shop/web', 'Pod/bank/web-0', 'Pod/shop/web-0', 'Pod/shop/web-1'],
      pods: ['Pod/bank/web-0', 'Pod/shop/web-0', 'Pod/shop/web-1'],
    });
  });
});
