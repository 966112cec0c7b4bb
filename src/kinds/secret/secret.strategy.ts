import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { objectAt, stringMapAt } from '../../base/json.ts';
import { fillInText } from '../shared/defaults/fill-in.ts';
import { omit } from '../shared/defaults/omit.ts';
import { validateImmutableData } from '../shared/validation/data-keys.ts';
import { NONE, textAt } from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateSecret } from './secret.validation.ts';
import { secretWarnings } from './secret.warnings.ts';

const TYPE = ValidationPath.of('type');

/** Source: pkg/registry/core/secret/strategy.go and pkg/apis/core/validation/validation.go, 1.36. */
export const secretStrategy: KindStrategy = {
  group: '',
  kind: 'Secret',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object) => withStringData(fillInText(object, { type: 'Opaque' })),
  validate: (object, old) => [
    ...(old === undefined ? NONE : validateImmutableField(textAt(object, 'type'), textAt(old, 'type'), TYPE)),
    ...validateImmutableData(object, old, ['data']),
    ...validateSecret(object),
  ],
  warnings: secretWarnings,
};

/** `stringData` is written into `data`. Source: pkg/apis/core/v1/conversion.go, 1.36. */
function withStringData(secret: KubernetesObject): KubernetesObject {
  const added = stringMapAt(secret, 'stringData');
  const bare = omit(secret, 'stringData');
  if (added.size === 0) return bare;
  const encoded = [...added].map(([key, value]) => [key, toBase64(value)] as const);
  return { ...bare, data: Object.fromEntries([...Object.entries(objectAt(bare, 'data') ?? {}), ...encoded]) };
}

function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
