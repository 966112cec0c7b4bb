import type { KindDefinition } from '../kind.ts';
import { listenerSetDefinition } from '../shared/gateway-api/listener-set.ts';
import { GATEWAY_API } from '../shared/gateway-api/object-reference.ts';

export const listenerSet: KindDefinition = listenerSetDefinition({
  group: GATEWAY_API,
  version: 'v1',
  kind: 'ListenerSet',
  resource: 'listenersets',
  shortNames: ['lset'],
});
