import type { FieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { valueAt } from '../../base/json.ts';
import { fillInText, updateStruct } from '../shared/defaults/fill-in.ts';
import { omit } from '../shared/defaults/omit.ts';
import { textsAt } from '../shared/validation/fields.ts';
import { validateStandardFinalizer } from '../shared/validation/finalizers.ts';
import { validateQualifiedName } from '../shared/validation/messages.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateNamespaceStatus } from './namespace.status.ts';

const FINALIZERS = ValidationPath.of('spec', 'finalizers');
const KUBERNETES = 'kubernetes';
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** Source: pkg/registry/core/namespace/strategy.go and pkg/apis/core/v1/defaults.go, 1.36. */
export const namespaceStrategy: KindStrategy = {
  group: '',
  kind: 'Namespace',
  hasStatus: true,
  validateStatus: validateNamespaceStatus,
  hasGeneration: false,
  setDefaults,
  prepareForCreate,
  prepareForUpdate,
  validate: validateNamespace,
};

function setDefaults(object: KubernetesObject): KubernetesObject {
  const withPhase = updateStruct(object, 'status', (status) => fillInText(status, { phase: 'Active' }));
  const name = nameOf(object);
  if (name === '') return withPhase;
  return updateStruct(withPhase, 'metadata', (metadata) =>
    updateStruct(metadata, 'labels', (labels) =>
      labels[NAME_LABEL] === name ? labels : { ...labels, [NAME_LABEL]: name },
    ),
  );
}

function prepareForCreate(object: KubernetesObject): KubernetesObject {
  const active: KubernetesObject = { ...object, status: { phase: 'Active' } };
  const finalizers = textsAt(active, 'spec', 'finalizers');
  if (finalizers.includes(KUBERNETES)) return active;
  return updateStruct(active, 'spec', (spec) => ({ ...spec, finalizers: [...finalizers, KUBERNETES] }));
}

/** Finalizers of the spec are written through a subresource. */
function prepareForUpdate(object: KubernetesObject, old: KubernetesObject): KubernetesObject {
  const finalizers = textsAt(old, 'spec', 'finalizers');
  const status = valueAt(old, 'status');
  const kept = updateStruct(object, 'spec', (spec) =>
    finalizers.length === 0 ? omit(spec, 'finalizers') : { ...spec, finalizers },
  );
  return status === undefined ? omit(kept, 'status') : { ...kept, status };
}

function validateNamespace(object: KubernetesObject): readonly FieldError[] {
  return textsAt(object, 'spec', 'finalizers').flatMap((name) => [
    ...validateQualifiedName(name, FINALIZERS),
    ...validateStandardFinalizer(name, FINALIZERS),
  ]);
}
