import { arrayAt, objectAt } from '../../base/json.ts';
import { formatLabelSelector, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { Lint } from './lint.ts';
import { selectsAny } from './selects-any.ts';
import { perObject } from './spots.ts';

/** A peer of a NetworkPolicy that selects no Pods of its own namespace. */
export const danglingNetworkpolicypeerPodselector: Lint = {
  id: 'dangling-networkpolicypeer-podselector',
  group: 'network',
  severity: 'warning',
  defaultOn: false,
  kubeLinter: 'dangling-networkpolicypeer-podselector',
  find: perObject('NetworkPolicy', ['networking.k8s.io/v1'], ({ namespace, object }, context) =>
    PEERS.flatMap(([rules, peers]) =>
      arrayAt(object, 'spec', rules).flatMap((rule, index) =>
        arrayAt(rule, peers).flatMap((peer, place) => {
          const pods = objectAt(peer, 'podSelector');
          if (!pods || objectAt(peer, 'namespaceSelector')) return [];
          const selector = parseLabelSelector(pods);
          if (selectsAny(selector, namespace, context)) return [];
          const at = ['spec', rules, index, peers, place, 'podSelector'];
          return [{ at, params: { selector: formatLabelSelector(selector) } }];
        }),
      ),
    ),
  ),
};

const PEERS = [
  ['ingress', 'from'],
  ['egress', 'to'],
] as const;
