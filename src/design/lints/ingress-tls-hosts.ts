import { arrayAt, asString, stringAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Hosts of an Ingress that TLS and rules do not agree on. */
export const ingressTlsHosts: Lint = {
  id: 'ingress-tls-hosts',
  group: 'network',
  severity: 'warning',
  defaultOn: true,
  find: perObject('Ingress', ['networking.k8s.io/v1'], ({ object }) => {
    const rules = arrayAt(object, 'spec', 'rules').map((rule) => stringAt(rule, 'host') ?? '');
    const tls = arrayAt(object, 'spec', 'tls').flatMap((entry, index) =>
      arrayAt(entry, 'hosts').map((host, place) => ({
        host: asString(host) ?? '',
        at: ['spec', 'tls', index, 'hosts', place],
      })),
    );
    // A certificate without hosts is for all of them.
    if (tls.length === 0 || rules.includes('')) return NO_SPOTS;
    const idle = tls.filter(({ host }) => !rules.some((rule) => covers(host, rule) || covers(rule, host)));
    const isOpen = arrayAt(object, 'spec', 'tls').some((entry) => arrayAt(entry, 'hosts').length === 0);
    const bare = isOpen
      ? []
      : rules.flatMap((rule, index) =>
          tls.some(({ host }) => covers(host, rule)) ? [] : [{ host: rule, at: ['spec', 'rules', index, 'host'] }],
        );
    return [...idle, ...bare].map(({ host, at }) => ({ at, params: { host } }));
  }),
};

/** Whether a host, or a wildcard of one label, covers another. */
function covers(host: string, other: string): boolean {
  return host === other || (host.startsWith('*.') && other.slice(other.indexOf('.')) === host.slice(1));
}
