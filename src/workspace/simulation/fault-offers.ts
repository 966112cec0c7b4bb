import type { FaultOrder } from '../../simulator/faults/fault.ts';
import type { LogEntry } from '../../simulator/story/log-entry.ts';
import { FAULTS } from '../../simulator/faults/faults.ts';

/**
 * Something that can be pointed at: `node/w1`, `kube-scheduler`, `etcd-0`, `pod/shop/web-0`, `container/shop/web-0/main`,
 * `edge/kube-scheduler/kube-apiserver-0`, or `cluster`.
 */
export type FaultTarget = string;

/** One thing that can go wrong with it; `words` names the sentence. */
export interface FaultOffer {
  readonly words: OfferWords;
  readonly order: FaultOrder;
  /** Whether it can be undone after a while: an end that is an end cannot. */
  readonly passes: boolean;
}

export const OFFER_WORDS = [
  'node-failure',
  'node-shutdown',
  'node-partition',
  'kubelet-stop',
  'scheduler-stop',
  'controller-manager-stop',
  'api-server-stop',
  'api-server-partition',
  'etcd-partition',
  'etcd-member-loss',
  'slow-disk',
  'container-kill',
  'container-oom',
  'container-freeze',
  'registry-down',
  'registry-slow',
  'image-unknown',
  'node-join',
  'node-leave',
  'link-cut',
  'disk-full',
  'cni-down',
  'zone-loss',
  'kubelet-certificate',
  'certificate-expiry',
  'clock-skew',
  'coredns-down',
  'webhook-down',
  'api-overload',
  'etcd-space',
  'load-spike',
  'chaos',
  'etcd-snapshot',
  'etcd-restore',
  'mend',
] as const;
export type OfferWords = (typeof OFFER_WORDS)[number];

/** Every fault that applies to what is pointed at. `image` is that of a Pod, `free` a name that no Node has. */
export function faultOffers(
  target: FaultTarget,
  { image, free }: { readonly image?: string; readonly free?: string } = {},
): readonly FaultOffer[] {
  const [kind = '', first = '', second = '', third] = target.split('/');
  switch (kind) {
    case 'node':
      return [
        offer('node-failure', { target: first }),
        offer('node-shutdown', { target: first }),
        offer('node-partition', { target: first }),
        offer('kubelet-stop', { target: first }),
        offer('link-cut', { target: first }),
        offer('registry-down', { fault: 'image-pull-error', parameters: { mode: 'down', node: first } }),
        offer('registry-slow', { fault: 'image-pull-error', parameters: { mode: 'slow', node: first } }),
        offer('disk-full', { target: first }),
        offer('cni-down', { target: first }),
        offer('kubelet-certificate', { fault: 'certificate-expiry', target: `kubelet/${first}` }),
        offer('zone-loss', { parameters: { node: first } }),
        offer('node-leave', { target: first }, false),
      ];
    case 'pod':
    case 'container': {
      const parameters: Readonly<Record<string, string>> =
        kind === 'container' && third !== undefined ? { container: third } : {};
      const pod = `${first}/${second}`;
      return [
        offer('container-kill', { target: pod, parameters }, false),
        offer(
          'container-oom',
          { fault: 'container-kill', target: pod, parameters: { ...parameters, reason: 'OOMKilled' } },
          false,
        ),
        offer('container-freeze', { target: pod, parameters }),
        offer('load-spike', { parameters: { to: `Pod/${pod}` } }),
        ...(image === undefined
          ? []
          : [offer('image-unknown', { fault: 'image-pull-error', parameters: { mode: 'unknown', image } })]),
      ];
    }
    case 'edge':
      return [offer('link-cut', { target: first, parameters: { to: second } })];
    case 'cluster':
    case 'kubectl':
      return [
        ...(free === undefined ? [] : [offer('node-join', { target: free }, false)]),
        offer('registry-down', { fault: 'image-pull-error', parameters: { mode: 'down' } }),
        offer('registry-slow', { fault: 'image-pull-error', parameters: { mode: 'slow' } }),
        offer('webhook-down', {}),
        offer('api-overload', {}),
        offer('etcd-space', {}),
        offer('chaos', {}),
      ];
    default:
      return ofComponent(target);
  }
}

/** What faults call the thing that is pointed at in the trace: `w1`, `shop/web-0`, `etcd-0`. */
export function placeOf(target: FaultTarget): string {
  const [kind = '', first = '', second = ''] = target.split('/');
  if (kind === 'node' || kind === 'edge') return first;
  return kind === 'pod' || kind === 'container' ? `${first}/${second}` : target;
}

/** To be offered where something is broken that has not ended. */
export function mendOffer(target: FaultTarget): FaultOffer {
  return offer('mend', { target: placeOf(target) }, false);
}

/** Whether something went wrong with it, up to a step, and has not ended. */
export function isBroken(target: FaultTarget, entries: readonly LogEntry[], seq: number): boolean {
  const place = placeOf(target);
  let broken = 0;
  for (const { class: kind, verb, object } of entries.slice(0, seq)) {
    if (kind !== 'fault' || object !== place || verb === 'mend') continue;
    broken += verb.endsWith(' ends') ? -1 : 1;
  }
  return broken > 0;
}

/** Faults of components say to which ids they apply. */
function ofComponent(target: string): readonly FaultOffer[] {
  const id = target === 'kube-controller-manager' ? 'deployment-controller' : target;
  const named = [...FAULTS.values()].flatMap(({ name, components, instances }) =>
    [components, instances].some((prefix) => prefix !== undefined && id.startsWith(prefix))
      ? [offer(name as OfferWords, target === 'kube-controller-manager' ? {} : { target })]
      : [],
  );
  const cut = target.startsWith('kube-apiserver') || named.length === 0 ? [] : [offer('link-cut', { target })];
  return [...named, ...(id.startsWith('etcd-') ? BACKUP : []), ...cut];
}

const BACKUP: readonly FaultOffer[] = [
  offer('etcd-snapshot', { fault: 'etcdctl', parameters: { line: 'snapshot save backup.db' } }, false),
  offer(
    'etcd-restore',
    {
      fault: 'etcdctl',
      parameters: { line: 'snapshot restore backup.db --bump-revision 1000000000 --mark-compacted' },
    },
    false,
  ),
];

function offer(words: OfferWords, order: Partial<FaultOrder>, passes = true): FaultOffer {
  return { words, order: { fault: words, ...order }, passes };
}
