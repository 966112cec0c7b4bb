import { arrayAt, valueAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { perObject } from './spots.ts';

/** Listeners of one Gateway with the same port and host. */
export const gatewayListenerConflict: Lint = {
  id: 'gateway-listener-conflict',
  group: 'network',
  severity: 'warning',
  defaultOn: true,
  find: perObject('Gateway', ['gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1beta1'], ({ object }) => {
    const seen = new Set<string>();
    return arrayAt(object, 'spec', 'listeners').flatMap((listener, index) => {
      const [port = '', protocol = '', host = ''] = ['port', 'protocol', 'hostname'].map((key) => {
        const value = valueAt(listener, key);
        return typeof value === 'object' ? '' : String(value ?? '');
      });
      const isStream = protocol === 'TCP' || protocol === 'UDP';
      const group = protocol === 'HTTPS' || protocol === 'TLS' ? 'TLS' : protocol;
      const key = JSON.stringify([port, group, isStream ? '' : host]);
      if (!seen.has(key)) {
        seen.add(key);
        return [];
      }
      return [{ at: ['spec', 'listeners', index], params: { port, host } }];
    });
  }),
};
