import type { FieldError } from '../../apimachinery/field-error.ts';
import { required } from '../../apimachinery/field-error.ts';
import { validateDns1123Subdomain, validatePathSegmentName } from '../../apimachinery/names.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { NONE, pointerAt, textAt } from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { invalidFor } from '../shared/validation/messages.ts';
import { validatePathSegment } from '../shared/validation/object-reference.ts';
import type { KindStrategy } from '../strategy.ts';

const PARENT = ValidationPath.of('spec', 'parentRef');

/** Source: pkg/registry/networking/ipaddress/strategy.go and pkg/apis/networking/validation/validation.go, 1.36. */
export const ipAddressStrategy: KindStrategy = {
  group: 'networking.k8s.io',
  kind: 'IPAddress',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object) => object,
  validate: (object, old) => {
    const parent = pointerAt(object, 'spec', 'parentRef');
    const errors = validateParent(parent);
    if (old === undefined) return errors;
    const before = pointerAt(old, 'spec', 'parentRef');
    const shown = parent === undefined ? null : shownParent(parent);
    return [...errors, ...validateImmutableField(parent, before, PARENT, shown)];
  },
};

function validateParent(parent: JsonValue | undefined): readonly FieldError[] {
  if (parent === undefined) return [required(PARENT)];
  const [group, namespace] = [textAt(parent, 'group'), textAt(parent, 'namespace')];
  return [
    ...(group === '' ? NONE : invalidFor(PARENT.child('group'), group, validateDns1123Subdomain(group))),
    ...validatePathSegment(textAt(parent, 'resource'), PARENT.child('resource')),
    ...validatePathSegment(textAt(parent, 'name'), PARENT.child('name')),
    ...invalidFor(PARENT.child('namespace'), namespace, validatePathSegmentName(namespace)),
  ];
}

/** The internal form of a reference. */
function shownParent(parent: JsonValue): JsonValue {
  return {
    Group: textAt(parent, 'group'),
    Resource: textAt(parent, 'resource'),
    Namespace: textAt(parent, 'namespace'),
    Name: textAt(parent, 'name'),
  };
}
