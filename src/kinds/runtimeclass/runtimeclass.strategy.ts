import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, stringMapAt, valueAt } from '../../base/json.ts';
import { validateContainerResources } from '../shared/pod-spec/validation/resources.ts';
import { nodeLabelDeprecation } from '../shared/pod-spec/warnings/node-labels.ts';
import { validateTolerations } from '../shared/pod-spec/validation/tolerations.ts';
import { NONE, pointerAt, textAt } from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { validateLabels } from '../shared/validation/labels.ts';
import { validateDnsLabel } from '../shared/validation/messages.ts';
import { shownPointer } from '../shared/validation/shown-values.ts';
import type { KindStrategy } from '../strategy.ts';

const HANDLER = ValidationPath.of('handler');
const OVERHEAD = ValidationPath.of('overhead');
const SCHEDULING = ValidationPath.of('scheduling');

/** Source: pkg/registry/node/runtimeclass/strategy.go and pkg/apis/node/validation/validation.go, 1.36. */
export const runtimeClassStrategy: KindStrategy = {
  group: 'node.k8s.io',
  kind: 'RuntimeClass',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object) => object,
  validate,
  validateUpdate: (object, old) => validateImmutableField(textAt(object, 'handler'), textAt(old, 'handler'), HANDLER),
  warnings: (object) =>
    [...stringMapAt(object, 'scheduling', 'nodeSelector').keys()].flatMap((label) => {
      const message = nodeLabelDeprecation(label);
      return message === undefined ? [] : [`scheduling.nodeSelector: ${message}`];
    }),
};

function validate(object: KubernetesObject): readonly FieldError[] {
  const handler = textAt(object, 'handler');
  const overhead = pointerAt(object, 'overhead');
  const limits = overhead === undefined ? undefined : { limits: valueAt(overhead, 'podFixed') };
  return [
    ...(handler === '' ? [required(HANDLER)] : validateDnsLabel(handler, HANDLER)),
    // The server judges the overhead as if it were the limits of a container.
    ...validateContainerResources(limits, new Set(), OVERHEAD, {}),
    ...validateScheduling(valueAt(object, 'scheduling')),
  ];
}

function validateScheduling(scheduling: JsonValue | undefined): readonly FieldError[] {
  const path = SCHEDULING.child('tolerations');
  const seen = new Set<string>();
  return [
    ...validateLabels(valueAt(scheduling, 'nodeSelector'), SCHEDULING.child('nodeSelector')),
    ...validateTolerations(valueAt(scheduling, 'tolerations'), path, {}),
    ...arrayAt(scheduling, 'tolerations').flatMap((toleration, index) => {
      const key = JSON.stringify(['key', 'operator', 'value', 'effect'].map((field) => textAt(toleration, field)));
      if (seen.has(key)) return [duplicate(path.index(index), shownToleration(toleration))];
      seen.add(key);
      return NONE;
    }),
  ];
}

function shownToleration(toleration: JsonValue): JsonValue {
  return {
    Key: textAt(toleration, 'key'),
    Operator: textAt(toleration, 'operator'),
    Value: textAt(toleration, 'value'),
    Effect: textAt(toleration, 'effect'),
    TolerationSeconds: shownPointer(toleration, 'tolerationSeconds'),
  };
}
