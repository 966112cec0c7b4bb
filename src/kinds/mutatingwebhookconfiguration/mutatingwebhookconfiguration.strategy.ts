import { defaultWebhooks } from '../shared/defaults/admission.ts';
import { validateWebhooks } from '../shared/validation/webhooks.ts';
import { staticSuffixWarnings } from '../shared/validation/static-suffix.ts';
import type { KindStrategy } from '../strategy.ts';

/** Source: pkg/registry/admissionregistration/mutatingwebhookconfiguration/strategy.go, 1.36. */
export const mutatingWebhookConfigurationStrategy: KindStrategy = {
  group: 'admissionregistration.k8s.io',
  kind: 'MutatingWebhookConfiguration',
  hasStatus: false,
  hasGeneration: true,
  setDefaults: (object) => defaultWebhooks(object, { reinvocationPolicy: 'Never' }),
  validate: validateWebhooks,
  warnings: staticSuffixWarnings,
};
