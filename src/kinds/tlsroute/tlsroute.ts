import type { KindDefinition } from '../kind.ts';
import { routeDefinition } from '../shared/gateway-api/route.ts';

export const tlsRoute: KindDefinition = routeDefinition({
  kind: 'TLSRoute',
  version: 'v1',
  olderVersions: ['v1alpha3', 'v1alpha2'],
  backendsRequired: true,
  newSpec: () => ({ hostnames: ['example.com'] }),
  fields: ['spec.hostnames'],
});
