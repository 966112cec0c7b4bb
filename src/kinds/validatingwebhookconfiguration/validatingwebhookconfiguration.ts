import type { KindDefinition } from '../kind.ts';
import { webhookConfigurationDefinition } from '../shared/webhook/webhook-configuration.ts';

export const validatingWebhookConfiguration: KindDefinition = webhookConfigurationDefinition(
  'ValidatingWebhookConfiguration',
  'validatingwebhookconfigurations',
);
