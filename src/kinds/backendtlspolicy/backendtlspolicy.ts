import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, nameAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { CONFIG_MAP } from '../shared/core-kinds.ts';
import { authorityReferences } from '../shared/gateway-api/listener.references.ts';
import { GATEWAY_API, objectReference } from '../shared/gateway-api/object-reference.ts';
import { applyToService, policyTargetReferences } from '../shared/gateway-api/policy-target.ts';
import { removeListItem } from '../shared/list-edit.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** Gateway API 1.0 (v1alpha2) wrote `spec.tls.caCertRefs`. */
const OLD_AUTHORITIES = ['spec', 'tls', 'caCertRefs'];

export const backendTLSPolicy: KindDefinition = {
  group: GATEWAY_API,
  version: 'v1',
  kind: 'BackendTLSPolicy',
  resource: 'backendtlspolicies',
  shortNames: ['btlspolicy'],
  scope: 'Namespaced',
  category: 'network',
  olderVersions: [
    { group: GATEWAY_API, version: 'v1alpha3' },
    { group: GATEWAY_API, version: 'v1alpha2' },
  ],
  // A target is required; it stands for nothing yet and is named as the policy.
  newObject: (name, namespace) => ({
    apiVersion: `${GATEWAY_API}/v1`,
    kind: 'BackendTLSPolicy',
    metadata: newMetadata(name, namespace),
    spec: {
      targetRefs: [{ group: '', kind: 'Service', name }],
      validation: { hostname: 'example.com', wellKnownCACertificates: 'System' },
    },
  }),
  references: (object) => [
    ...policyTargetReferences(object),
    ...authorityReferences(object, ['spec', 'validation']),
    ...arrayAt(object, ...OLD_AUTHORITIES).flatMap((_, index) =>
      objectReference(object, 'tls', [...OLD_AUTHORITIES, index], CONFIG_MAP),
    ),
  ],
  connections: [applyToService],
  disconnect,
  summary: (object) => {
    const fact = nameAt(object, 'spec', 'validation', 'hostname') ?? nameAt(object, 'spec', 'tls', 'hostname');
    return fact === undefined ? {} : { fact };
  },
  fields: [
    'spec.targetRefs[*].name',
    'spec.targetRefs[*].sectionName',
    'spec.validation.hostname',
    'spec.validation.caCertificateRefs',
    'spec.validation.wellKnownCACertificates',
    'spec.validation.subjectAltNames',
  ],
};

/** The last target and the last authority are required. */
function disconnect(object: KubernetesObject, { field }: Reference): readonly FieldEdit[] | Refusal {
  const item = field.slice(0, -1);
  const single = typeof item.at(-1) !== 'number' || arrayAt(object, ...item.slice(0, -1)).length <= 1;
  return single ? { refused: 'disconnect.required' } : [removeListItem(object, item)];
}
