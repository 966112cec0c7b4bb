import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid, required } from '../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { updateStruct } from '../shared/defaults/fill-in.ts';
import { defaultVolumeSources } from '../shared/persistent-volume/volume-spec.defaults.ts';
import { validateVolumeSpec } from '../shared/persistent-volume/volume-spec.validation.ts';
import { validateCsiDriverName } from '../shared/validation/csi-driver-name.ts';
import { NONE, pointerAt, textAt } from '../shared/validation/fields.ts';
import { FIELD_IS_IMMUTABLE } from '../shared/validation/immutable-field.ts';
import { invalidFor } from '../shared/validation/messages.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import type { KindStrategy } from '../strategy.ts';

const SPEC = ValidationPath.of('spec');
const SOURCE = SPEC.child('source');

/** Source: pkg/registry/storage/volumeattachment/strategy.go and pkg/apis/storage/validation/validation.go, 1.36. */
export const volumeAttachmentStrategy: KindStrategy = {
  group: 'storage.k8s.io',
  kind: 'VolumeAttachment',
  hasStatus: true,
  hasGeneration: false,
  setDefaults,
  validate: (object, old) => {
    const spec = valueAt(object, 'spec');
    const isChanged = old !== undefined && !semanticEqual(spec, valueAt(old, 'spec'));
    return [...validateSpec(spec), ...(isChanged ? [invalid(SPEC, shownSpec(spec), FIELD_IS_IMMUTABLE)] : NONE)];
  },
};

function setDefaults(object: KubernetesObject): KubernetesObject {
  if (objectAt(object, 'spec', 'source', 'inlineVolumeSpec') === undefined) return object;
  return updateStruct(object, 'spec', (spec) =>
    updateStruct(spec, 'source', (source) => updateStruct(source, 'inlineVolumeSpec', defaultVolumeSources)),
  );
}

function validateSpec(spec: JsonValue | undefined): readonly FieldError[] {
  const node = textAt(spec, 'nodeName');
  const name = textAt(spec, 'source', 'persistentVolumeName');
  const hasName = pointerAt(spec, 'source', 'persistentVolumeName') !== undefined;
  return [
    ...validateCsiDriverName(textAt(spec, 'attacher'), SPEC.child('attacher')),
    ...validateSource(spec),
    ...invalidFor(SPEC.child('nodeName'), node, validateDns1123Subdomain(node)),
    ...(hasName ? invalidFor(SOURCE.child('persistentVolumeName'), name, validateDns1123Subdomain(name)) : NONE),
  ];
}

function validateSource(spec: JsonValue | undefined): readonly FieldError[] {
  const inline = pointerAt(spec, 'source', 'inlineVolumeSpec');
  const name = pointerAt(spec, 'source', 'persistentVolumeName');
  const one = 'must specify exactly one of inlineVolumeSpec and persistentVolumeName';
  if (inline === undefined && name === undefined) return [required(SOURCE, one)];
  if (inline !== undefined && name !== undefined) return [forbidden(SOURCE, one)];
  if (inline !== undefined) return validateVolumeSpec(inline, SOURCE.child('inlineVolumeSpec'), { isInline: true });
  if (name !== '') return NONE;
  return [required(SOURCE.child('persistentVolumeName'), 'must specify non empty persistentVolumeName')];
}

/** The internal form, without what an inline volume says. */
function shownSpec(spec: JsonValue | undefined): JsonValue {
  return {
    Attacher: textAt(spec, 'attacher'),
    Source: {
      PersistentVolumeName: pointerAt(spec, 'source', 'persistentVolumeName') ?? null,
      InlineVolumeSpec: pointerAt(spec, 'source', 'inlineVolumeSpec') ?? null,
    },
    NodeName: textAt(spec, 'nodeName'),
  };
}
