import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../simulator/faults/faults.ts';
import { faultOffers, isBroken, mendOffer } from './fault-offers.ts';
import { scriptText } from './keep/script-text.ts';
import { readKeptRun } from './keep/kept-run.ts';

const TARGETS = [
  'cluster',
  'kubectl',
  'node/w1',
  'kube-apiserver-0',
  'kube-scheduler',
  'kube-controller-manager',
  'etcd-0',
  'coredns-0',
  'kube-scheduler-1',
  'pod/shop/web-0',
  'container/shop/web-0/main',
  'edge/kube-scheduler/kube-apiserver-0',
];
const MORE = { image: 'web:1', free: 'w4' };
const all = TARGETS.flatMap((target) => [...faultOffers(target, MORE), mendOffer(target)]);

describe('what can go wrong with what is pointed at', () => {
  it('is every fault that there is, somewhere', () => {
    expect(new Set(all.map(({ order }) => order.fault))).toEqual(new Set(FAULTS.keys()));
  });

  it.each([
    ['etcd-0', ['etcd-partition', 'etcd-member-loss', 'slow-disk', 'etcd-snapshot', 'etcd-restore', 'link-cut']],
    ['kube-apiserver-0', ['api-server-stop', 'api-server-partition', 'certificate-expiry']],
    ['kube-controller-manager', ['controller-manager-stop', 'link-cut']],
    ['kube-controller-manager-1', ['controller-manager-stop', 'link-cut']],
    ['kube-scheduler-1', ['scheduler-stop', 'clock-skew', 'link-cut']],
    ['coredns-0', ['coredns-down', 'link-cut']],
    ['pod/shop/web-0', ['container-kill', 'container-oom', 'container-freeze', 'load-spike', 'image-unknown']],
    [
      'node/w1',
      [
        'node-failure',
        'node-shutdown',
        'node-partition',
        'kubelet-stop',
        'link-cut',
        'registry-down',
        'registry-slow',
        'disk-full',
        'cni-down',
        'kubelet-certificate',
        'zone-loss',
        'node-leave',
      ],
    ],
    ['kubectl', ['node-join', 'registry-down', 'registry-slow', 'webhook-down', 'api-overload', 'etcd-space', 'chaos']],
    ['nothing', []],
  ])('for %s: %j', (target, words) => {
    expect(faultOffers(target, MORE).map((one) => one.words)).toEqual(words);
  });

  it('can be mended while it is broken', () => {
    const fault = (seq: number, verb: string, object: string) =>
      ({ seq, timeMs: 0, from: 'faults', to: 'faults', class: 'fault', verb, object, cause: 0, level: 0 }) as const;
    const entries = [fault(1, 'node-failure', 'w1'), fault(2, 'mend', 'w1'), fault(3, 'node-failure ends', 'w1')];
    expect([0, 1, 2, 3].map((seq) => isBroken('node/w1', entries, seq))).toEqual([false, true, true, false]);
    expect(isBroken('node/w2', entries, 1)).toBe(false);
    expect(mendOffer('node/w1').order).toEqual({ fault: 'mend', target: 'w1' });
  });

  it('can stand in a script and be read again as it was ordered', () => {
    const deeds = all.map(
      ({ order }, at) => ({ type: 'fault', atMs: at, order: { forMs: 30_000, ...order } }) as const,
    );
    const more = { name: 'x', release: '1.36', seed: 1, workers: 3, untilMs: 1, hash: '', cluster: {}, design: [] };
    const { steps } = readKeptRun(scriptText({ ...more, deeds })).script;
    expect(steps).toEqual(deeds.map((deed) => ({ ...deed, order: { parameters: {}, ...deed.order } })));
  });
});
