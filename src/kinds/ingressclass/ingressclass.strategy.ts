import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, required, tooLong } from '../../apimachinery/field-error.ts';
import { validateDns1123Label } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { byteLength } from '../../apimachinery/utf8.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { objectAt } from '../../base/json.ts';
import { fillIn, updateStruct } from '../shared/defaults/fill-in.ts';
import { validateDomainPrefixedPath } from '../shared/validation/domain-prefixed-path.ts';
import { NONE, pointerAt, textAt, validateEnum } from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { invalidFor } from '../shared/validation/messages.ts';
import { validateObjectReference } from '../shared/validation/object-reference.ts';
import type { KindStrategy } from '../strategy.ts';

const CONTROLLER = ValidationPath.of('spec', 'controller');
const PARAMETERS = ValidationPath.of('spec', 'parameters');
const MAX_CONTROLLER_BYTES = 250;
const SCOPES = ['Cluster', 'Namespace'] as const;

/** Source: pkg/registry/networking/ingressclass/strategy.go and pkg/apis/networking/validation/validation.go, 1.36. */
export const ingressClassStrategy: KindStrategy = {
  group: 'networking.k8s.io',
  kind: 'IngressClass',
  hasStatus: false,
  hasGeneration: true,
  setDefaults,
  validate: (object, old) => [
    ...(old === undefined
      ? NONE
      : validateImmutableField(textAt(object, 'spec', 'controller'), textAt(old, 'spec', 'controller'), CONTROLLER)),
    ...validateController(textAt(object, 'spec', 'controller')),
    ...validateParameters(pointerAt(object, 'spec', 'parameters')),
  ],
};

function setDefaults(object: KubernetesObject): KubernetesObject {
  if (objectAt(object, 'spec', 'parameters') === undefined) return object;
  return updateStruct(object, 'spec', (spec) =>
    updateStruct(spec, 'parameters', (parameters) => fillIn(parameters, { scope: 'Cluster' })),
  );
}

function validateController(controller: string): readonly FieldError[] {
  const isLong = byteLength(controller) > MAX_CONTROLLER_BYTES;
  return [
    ...(isLong ? [tooLong(CONTROLLER, MAX_CONTROLLER_BYTES)] : NONE),
    ...validateDomainPrefixedPath(controller, CONTROLLER),
  ];
}

function validateParameters(parameters: JsonValue | undefined): readonly FieldError[] {
  if (parameters === undefined) return NONE;
  const errors = validateObjectReference(parameters, PARAMETERS);
  const scopePath = PARAMETERS.child('scope');
  if (pointerAt(parameters, 'scope') === undefined) return [...errors, required(scopePath)];
  const scope = textAt(parameters, 'scope');
  return [...errors, ...validateEnum(scope, scopePath, SCOPES), ...validateNamespace(parameters, scope)];
}

function validateNamespace(parameters: JsonValue, scope: string): readonly FieldError[] {
  const path = PARAMETERS.child('namespace');
  const isSet = pointerAt(parameters, 'namespace') !== undefined;
  const namespace = textAt(parameters, 'namespace');
  if (scope === 'Cluster') return isSet ? [forbidden(path, "`parameters.scope` is set to 'Cluster'")] : NONE;
  if (scope !== 'Namespace') return NONE;
  if (!isSet) return [required(path, "`parameters.scope` is set to 'Namespace'")];
  return invalidFor(path, namespace, validateDns1123Label(namespace));
}
