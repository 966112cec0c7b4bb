import { asObject, arrayAt, isJsonObject, valueAt } from '../../base/json.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { VerdictError } from '../../kinds/verdict.ts';
import { putAt } from './value-at.ts';

/** Rules that several fields have to keep at once, so that no change of one of them is a step to what is right. */
export function answersTogether(object: JsonObject, { message, path }: VerdictError): readonly JsonObject[] {
  if (/strategy is not set to Webhook/.test(message)) return [convertedByWebhook(object)];
  if (/indexed/i.test(message)) return [indexed(object, path.slice(0, path.lastIndexOf('successPolicy')))];
  return /perDeviceNodeSelection/.test(message) ? [nodesOfDevices(object)] : [];
}

/** A definition whose versions a webhook converts says so, and which reviews the webhook reads. */
function convertedByWebhook(object: JsonObject): JsonObject {
  const webhook = {
    conversionReviewVersions: ['v1'],
    clientConfig: {},
    ...asObject(valueAt(object, 'spec', 'conversion', 'webhook')),
  };
  const isEmpty = Object.keys(asObject(webhook.clientConfig) ?? {}).length === 0;
  const service = { service: { namespace: 'default', name: 'example' } };
  const conversion = { strategy: 'Webhook', webhook: isEmpty ? { ...webhook, clientConfig: service } : webhook };
  return putAt(object, ['spec', 'conversion'], conversion) as JsonObject;
}

/** A success policy counts the indexes of a Job. */
function indexed(object: JsonObject, spec: VerdictError['path']): JsonObject {
  const withMode = putAt(object, [...spec, 'completionMode'], 'Indexed');
  const completions = valueAt(withMode, ...spec, 'completions') ?? 1;
  return putAt(withMode, [...spec, 'completions'], completions) as JsonObject;
}

/** Either the slice says which Nodes reach its devices, or each device does. */
function nodesOfDevices(object: JsonObject): JsonObject {
  const { allNodes: _, nodeName: __, nodeSelector: ___, ...spec } = asObject(object['spec']) ?? {};
  const devices = arrayAt(object, 'spec', 'devices').map((device): JsonValue => {
    const isSaid = ['allNodes', 'nodeName', 'nodeSelector'].some((field) => valueAt(device, field) !== undefined);
    return isJsonObject(device) && !isSaid ? { ...device, allNodes: true } : device;
  });
  return { ...object, spec: { ...spec, perDeviceNodeSelection: true, devices } };
}
