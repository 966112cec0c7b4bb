import type { KindDefinition } from '../kind.ts';
import { routeDefinition } from '../shared/gateway-api/route.ts';

export const httpRoute: KindDefinition = routeDefinition({
  kind: 'HTTPRoute',
  version: 'v1',
  olderVersions: ['v1beta1', 'v1alpha2'],
  backendsRequired: false,
  newSpec: () => ({ rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }] }),
  fields: [
    'spec.hostnames',
    'spec.rules[*].matches[*].path',
    'spec.rules[*].matches[*].method',
    'spec.rules[*].filters',
    'spec.rules[*].timeouts',
  ],
});
