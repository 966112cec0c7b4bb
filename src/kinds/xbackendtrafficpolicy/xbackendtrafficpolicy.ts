import { arrayAt, nameAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { applyToService, policyTargetReferences } from '../shared/gateway-api/policy-target.ts';
import { removeListItem } from '../shared/list-edit.ts';
import { newMetadata } from '../shared/new-metadata.ts';

const GROUP = 'gateway.networking.x-k8s.io';

/** Retry budgets and session persistence of backends; experimental in the Gateway API. */
export const xBackendTrafficPolicy: KindDefinition = {
  group: GROUP,
  version: 'v1alpha1',
  kind: 'XBackendTrafficPolicy',
  resource: 'xbackendtrafficpolicies',
  shortNames: ['xbtrafficpolicy'],
  scope: 'Namespaced',
  category: 'network',
  // A target is required; it stands for nothing yet and is named as the policy.
  newObject: (name, namespace) => ({
    apiVersion: `${GROUP}/v1alpha1`,
    kind: 'XBackendTrafficPolicy',
    metadata: newMetadata(name, namespace),
    spec: { targetRefs: [{ group: '', kind: 'Service', name }] },
  }),
  references: policyTargetReferences,
  connections: [applyToService],
  disconnect: (object, { field }) => {
    const single = arrayAt(object, 'spec', 'targetRefs').length <= 1;
    return single ? { refused: 'disconnect.required' } : [removeListItem(object, field.slice(0, -1))];
  },
  summary: (object) => {
    const fact = nameAt(object, 'spec', 'sessionPersistence', 'type');
    return fact === undefined ? {} : { fact };
  },
  fields: ['spec.targetRefs[*].name', 'spec.retryConstraint', 'spec.sessionPersistence'],
};
