import type { KindDefinition } from '../kind.ts';
import { listenerSetDefinition } from '../shared/gateway-api/listener-set.ts';

export const xListenerSet: KindDefinition = listenerSetDefinition({
  group: 'gateway.networking.x-k8s.io',
  version: 'v1alpha1',
  kind: 'XListenerSet',
  resource: 'xlistenersets',
  shortNames: ['lset'],
});
