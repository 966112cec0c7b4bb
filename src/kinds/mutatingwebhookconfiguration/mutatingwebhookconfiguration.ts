import type { KindDefinition } from '../kind.ts';
import { webhookConfigurationDefinition } from '../shared/webhook/webhook-configuration.ts';

export const mutatingWebhookConfiguration: KindDefinition = webhookConfigurationDefinition(
  'MutatingWebhookConfiguration',
  'mutatingwebhookconfigurations',
);
