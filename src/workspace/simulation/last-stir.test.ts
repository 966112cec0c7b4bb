import { expect, it } from 'vitest';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import { lastStir } from './last-stir.ts';

type Told = Partial<TraceEntry> & Pick<TraceEntry, 'class' | 'verb' | 'from' | 'to'>;

const NEWS: Told = {
  class: 'watch',
  verb: 'MODIFIED',
  from: 'kube-apiserver-0',
  to: 'kube-controller-manager',
  object: 'Deployment/shop/web',
};
const entriesOf = (...told: readonly Told[]): readonly TraceEntry[] =>
  told.map((one, at) => ({ seq: at + 1, timeMs: at, cause: 0, ...one }));

/** What goes on for ever, and makes nobody wait for the end of a run. */
const STEADY: readonly (readonly [string, Told])[] = [
  ['an autoscaler asks for metrics', { class: 'request', verb: 'GET', from: 'kube-apiserver-0', to: 'metrics-server' }],
  ['metrics-server asks a kubelet', { class: 'request', verb: 'GET', from: 'metrics-server', to: 'kubelet/w1' }],
  [
    'a kubelet asks for an image that is there',
    { class: 'cri', verb: 'ImageStatus', from: 'kubelet/w1', to: 'containerd/w1' },
  ],
  [
    'a watch is opened anew',
    {
      class: 'watch',
      verb: 'WATCH',
      from: 'kube-apiserver-0',
      to: 'kube-controller-manager',
      object: 'runtimeclasses.node.k8s.io',
    },
  ],
  [
    'machines are told policies again',
    {
      class: 'cni',
      verb: 'policies',
      from: 'network-policy-controller',
      to: 'linux/w1',
      detail: { policies: 1, repeated: true },
    },
  ],
  ['a container is probed', { class: 'probe', verb: 'readiness', from: 'kubelet/w1', to: 'containerd/w1' }],
];

it.each(STEADY)('after the last news %s', (_, steady) => {
  expect(lastStir(entriesOf(NEWS, steady))).toMatchObject(NEWS);
});

it.each([
  [
    'machines are told policies',
    { class: 'cni', verb: 'policies', from: 'network-policy-controller', to: 'linux/w1', detail: { policies: 1 } },
  ],
  ['a container is started', { class: 'cri', verb: 'StartContainer', from: 'kubelet/w1', to: 'containerd/w1' }],
] as const)('%s: that is news', (_, news) => {
  expect(lastStir(entriesOf(NEWS, news))).toMatchObject(news);
});
