import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { updateItems } from '../shared/defaults/fill-in.ts';
import { NONE, textAt } from '../shared/validation/fields.ts';
import type { KindStrategy } from '../strategy.ts';

/** Source: pkg/registry/core/serviceaccount/strategy.go, 1.36. Only metadata is validated. */
export const serviceAccountStrategy: KindStrategy = {
  group: '',
  kind: 'ServiceAccount',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object) => object,
  prepareForCreate: withBareSecrets,
  prepareForUpdate: withBareSecrets,
  validate: () => NONE,
  warnings: (object, old) => (old !== undefined && isEnforced(old) ? [] : warningsOf(object)),
};

/** Of a reference to a Secret the name is kept. */
function withBareSecrets(object: KubernetesObject): KubernetesObject {
  return updateItems(object, 'secrets', (secret) => {
    const name = textAt(secret, 'name');
    return name === '' ? {} : { name };
  });
}

const ENFORCE = 'kubernetes.io/enforce-mountable-secrets';

function isEnforced(object: KubernetesObject): boolean {
  return annotationsOf(object).has(ENFORCE);
}

function warningsOf(object: KubernetesObject): readonly string[] {
  if (!isEnforced(object)) return [];
  const detail = 'deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets';
  return [`metadata.annotations[${ENFORCE}]: ${detail}`];
}
