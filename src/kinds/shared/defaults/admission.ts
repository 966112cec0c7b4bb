import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectAt } from '../../../base/json.ts';
import { fillIn, updateItems, updateStruct } from './fill-in.ts';

/** What is filled in of webhooks and admission policies. Source: pkg/apis/admissionregistration/v1/defaults.go, 1.36. */
const WEBHOOK = {
  failurePolicy: 'Fail',
  matchPolicy: 'Equivalent',
  namespaceSelector: {},
  objectSelector: {},
  timeoutSeconds: 10,
};
const MATCH = { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {} };

/** `more` is what webhooks of one kind have besides. */
export function defaultWebhooks(object: KubernetesObject, more: JsonObject = {}): KubernetesObject {
  return updateItems(object, 'webhooks', (webhook) =>
    defaultClient(updateItems(fillIn(webhook, { ...WEBHOOK, ...more }), 'rules', defaultRule)),
  );
}

function defaultClient(webhook: JsonObject): JsonObject {
  if (objectAt(webhook, 'clientConfig', 'service') === undefined) return webhook;
  return updateStruct(webhook, 'clientConfig', (client) =>
    updateStruct(client, 'service', (service) => fillIn(service, { port: 443 })),
  );
}

const defaultRule = (rule: JsonObject): JsonObject => fillIn(rule, { scope: '*' });

/** The `MatchResources` in the field, where there is one. */
export function defaultMatchResources(spec: JsonObject, field: string): JsonObject {
  if (objectAt(spec, field) === undefined) return spec;
  return updateStruct(spec, field, (match) =>
    updateItems(updateItems(fillIn(match, MATCH), 'resourceRules', defaultRule), 'excludeResourceRules', defaultRule),
  );
}

export function defaultAdmissionPolicy(object: KubernetesObject): KubernetesObject {
  return updateStruct(object, 'spec', (spec) =>
    defaultMatchResources(fillIn(spec, { failurePolicy: 'Fail' }), 'matchConstraints'),
  );
}

export function defaultAdmissionPolicyBinding(object: KubernetesObject): KubernetesObject {
  return updateStruct(object, 'spec', (spec) => defaultMatchResources(spec, 'matchResources'));
}
