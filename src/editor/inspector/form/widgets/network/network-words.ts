import { formatLabelSelector, isEmptySelector } from '../../../../../apimachinery/label-selector.ts';
import { isBlockPeer } from '../../../../../kinds/shared/network-policy.ts';
import type { PolicyPeer, PolicyPort, PolicyRule, PolicyType } from '../../../../../kinds/shared/network-policy.ts';
import type { Text } from '../../../../i18n.ts';
import { spaced } from '../parts/spaced.ts';

/** What a rule of a NetworkPolicy lets through, as a sentence. `own` is the namespace of the policy. */
export function ruleWords(
  { peers, ports }: PolicyRule,
  type: PolicyType,
  own: string,
  t: Text,
  language: string,
): string {
  const or = new Intl.ListFormat(language, { type: 'disjunction' });
  const who =
    peers === 'everyone'
      ? t(type === 'Ingress' ? 'fields:policy.anywhereFrom' : 'fields:policy.anywhereTo')
      : or.format(peers.map((peer) => peerWords(peer, own, t, or)));
  const what = ports === 'all' ? t('fields:policy.everyPort') : or.format(ports.map((port) => portWords(port, t)));
  return spaced(t(type === 'Ingress' ? 'fields:policy.ingress' : 'fields:policy.egress', { who, what }));
}

function peerWords(peer: PolicyPeer, own: string, t: Text, or: Intl.ListFormat): string {
  if (isBlockPeer(peer))
    return peer.except.length === 0
      ? t('fields:policy.range', { cidr: peer.cidr })
      : t('fields:policy.rangeExcept', { cidr: peer.cidr, except: peer.except.join(', ') });
  const pods = isEmptySelector(peer.selector)
    ? t('fields:policy.everyPod')
    : t('fields:pods.with', { labels: formatLabelSelector(peer.selector) });
  const { namespaces } = peer;
  if (namespaces === 'all') return t('fields:policy.inEveryNamespace', { pods });
  if ('selector' in namespaces)
    return t('fields:policy.inNamespaces', { pods, labels: formatLabelSelector(namespaces.selector) });
  return namespaces.names.length === 1 && namespaces.names[0] === own
    ? t('fields:policy.inOwnNamespace', { pods })
    : t('fields:policy.inNamespace', { pods, names: or.format(namespaces.names) });
}

function portWords({ protocol, port, endPort }: PolicyPort, t: Text): string {
  if (port === undefined) return t('fields:policy.everyPortOf', { protocol });
  return endPort === undefined ? `${protocol} ${port}` : `${protocol} ${port}–${endPort}`;
}
