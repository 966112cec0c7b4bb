import type { KindDefinition } from '../kind.ts';
import { routeDefinition } from '../shared/gateway-api/route.ts';

export const grpcRoute: KindDefinition = routeDefinition({
  kind: 'GRPCRoute',
  version: 'v1',
  olderVersions: ['v1alpha2'],
  backendsRequired: false,
  fields: ['spec.hostnames', 'spec.rules[*].matches[*].method', 'spec.rules[*].filters'],
});
