import type { JsonObject } from '../../base/json.ts';
import { arrayAt, nameAt, numberAt } from '../../base/json.ts';
import { withItems } from './change-object.ts';
import type { Conversion, ConversionNote } from './conversion.ts';

/**
 * Webhook configurations of v1beta1: the defaults of v1 are stricter, so the old ones are written out; what a webhook
 * does on a dry run must be said. Source: pkg/apis/admissionregistration/{v1beta1,v1}/defaults.go, 1.36.
 */
export const webhookConfigurations: readonly Conversion[] = [
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
].map((kind) => ({
  from: [{ group: 'admissionregistration.k8s.io', version: 'v1beta1', kind }],
  to: { group: 'admissionregistration.k8s.io', version: 'v1', kind },
  convert(object) {
    const written = new Set<string>();
    const notes: ConversionNote[] = [];
    const result = withItems(object, ['webhooks'], (webhook) => convertWebhook(webhook, written, notes));
    if (written.size > 0) notes.unshift({ id: 'defaultsWritten', params: { fields: [...written].join(', ') } });
    return { object: result, notes };
  },
}));

const OLD_DEFAULTS: JsonObject = { failurePolicy: 'Ignore', matchPolicy: 'Exact', timeoutSeconds: 30 };
const SIDE_EFFECTS: ReadonlySet<string> = new Set(['None', 'NoneOnDryRun']);

function convertWebhook(webhook: JsonObject, written: Set<string>, notes: ConversionNote[]): JsonObject {
  const once = (id: ConversionNote['id'], params: ConversionNote['params']): void => {
    if (!notes.some((note) => note.id === id)) notes.push({ id, params });
  };
  let result = webhook;
  for (const [field, value] of Object.entries(OLD_DEFAULTS)) {
    if (nameAt(webhook, field) !== undefined || numberAt(webhook, field) !== undefined) continue;
    result = { ...result, [field]: value };
    written.add(field);
  }
  if (!SIDE_EFFECTS.has(nameAt(webhook, 'sideEffects') ?? '')) {
    result = { ...result, sideEffects: 'None' };
    once('sideEffects', {});
  }
  const versions = arrayAt(webhook, 'admissionReviewVersions');
  if (versions.length === 0) {
    result = { ...result, admissionReviewVersions: ['v1beta1'] };
    once('reviewVersions', { versions: 'v1beta1' });
  }
  return result;
}
