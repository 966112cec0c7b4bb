import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required } from '../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { namespaceOf } from '../../apimachinery/object.ts';
import { byteLength } from '../../apimachinery/utf8.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { NONE, pointerAt, textAt } from '../shared/validation/fields.ts';
import { invalidFor, validateQualifiedName } from '../shared/validation/messages.ts';

/** `reporter` is the name of the field that says who reports, which differs between the groups. */
export function validateEvent(object: KubernetesObject, reporter: string): readonly FieldError[] {
  const namespace = namespaceOf(object) ?? '';
  const isNew = pointerAt(object, 'eventTime') !== undefined;
  return [
    ...validateInvolvedNamespace(textAt(object, 'involvedObject', 'namespace'), namespace, isNew),
    ...(isNew ? validateNewFields(object, reporter) : NONE),
    ...invalidFor(ValidationPath.of('namespace'), namespace, validateDns1123Subdomain(namespace)),
  ];
}

/** Events about what has no namespace are in `default`; new ones also in `kube-system`. */
function validateInvolvedNamespace(involved: string, namespace: string, isNew: boolean): readonly FieldError[] {
  const path = ValidationPath.of('involvedObject', 'namespace');
  const homes = isNew ? ['default', 'kube-system'] : ['', 'default'];
  const isRight = involved === '' ? homes.includes(namespace) : isNew || involved === namespace;
  return isRight ? NONE : [invalid(path, involved, 'does not match event.namespace')];
}

const MAX_BYTES = 128;
const MAX_NOTE_BYTES = 1024;

function validateNewFields(object: KubernetesObject, reporterField: string): readonly FieldError[] {
  const reporter = textAt(object, reporterField);
  const reporterPath = ValidationPath.of(reporterField);
  return [
    ...(reporter === '' ? [required(reporterPath)] : NONE),
    ...validateQualifiedName(reporter, reporterPath),
    ...['reportingInstance', 'action', 'reason'].flatMap((field) => [
      ...(textAt(object, field) === '' ? [required(ValidationPath.of(field))] : NONE),
      ...validateLength(textAt(object, field), field, MAX_BYTES),
    ]),
    ...validateLength(textAt(object, 'message'), 'message', MAX_NOTE_BYTES),
  ];
}

function validateLength(text: string, field: string, max: number): readonly FieldError[] {
  return byteLength(text) <= max ? NONE : [invalid(ValidationPath.of(field), '', `can have at most ${max} characters`)];
}
