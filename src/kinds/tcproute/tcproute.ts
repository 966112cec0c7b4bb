import type { KindDefinition } from '../kind.ts';
import { routeDefinition } from '../shared/gateway-api/route.ts';

export const tcpRoute: KindDefinition = routeDefinition({
  kind: 'TCPRoute',
  version: 'v1alpha2',
  backendsRequired: true,
  fields: ['spec.rules[*].name'],
});
