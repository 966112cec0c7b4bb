import { ipWarnings } from '../../apimachinery/ip-validation.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf } from '../../apimachinery/object.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { fillIn, updateItems } from '../shared/defaults/fill-in.ts';
import { omit } from '../shared/defaults/omit.ts';
import { textAt, textsAt } from '../shared/validation/fields.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateEndpointSlice } from './endpointslice.validation.ts';

/** Source: pkg/registry/discovery/endpointslice/strategy.go and pkg/apis/discovery/v1/defaults.go, 1.36. */
export const endpointSliceStrategy: KindStrategy = {
  group: 'discovery.k8s.io',
  kind: 'EndpointSlice',
  hasStatus: false,
  hasGeneration: true,
  setDefaults: (object) => updateItems(object, 'ports', (port) => fillIn(port, { name: '', protocol: 'TCP' })),
  prepareForCreate: withoutTopology,
  prepareForUpdate: (object, old) =>
    semanticEqual(valueAt(object, 'endpoints'), valueAt(old, 'endpoints')) ? object : withoutTopology(object),
  validate: validateEndpointSlice,
  warnings: (object, old) => [
    ...(old === undefined && textAt(object, 'addressType') === 'FQDN'
      ? ['spec.addressType: FQDN endpoints are deprecated']
      : []),
    ...addressWarnings(object),
  ],
};

/** A field that v1 only keeps. */
function withoutTopology(object: KubernetesObject): KubernetesObject {
  return updateItems(object, 'endpoints', (endpoint) => omit(endpoint, 'deprecatedTopology'));
}

const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const CONTROLLERS: ReadonlySet<string> = new Set([
  'endpointslice-controller.k8s.io',
  'endpointslicemirroring-controller.k8s.io',
]);

function addressWarnings(object: KubernetesObject): readonly string[] {
  if (CONTROLLERS.has(labelsOf(object).get(MANAGED_BY) ?? '')) return [];
  return arrayAt(object, 'endpoints').flatMap((endpoint, index) =>
    textsAt(endpoint, 'addresses').flatMap((address, at) =>
      ipWarnings(`endpoints[${index}].addresses[${at}]`, address),
    ),
  );
}
