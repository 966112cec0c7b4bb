import type { KindDefinition } from '../kind.ts';
import { routeDefinition } from '../shared/gateway-api/route.ts';

export const udpRoute: KindDefinition = routeDefinition({
  kind: 'UDPRoute',
  version: 'v1alpha2',
  backendsRequired: true,
  fields: ['spec.rules[*].name'],
});
