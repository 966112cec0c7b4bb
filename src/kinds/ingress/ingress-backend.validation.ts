import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required } from '../../apimachinery/field-error.ts';
import { validateDns1123Label } from '../../apimachinery/names.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import { validatePortName } from '../../apimachinery/value-formats.ts';
import type { JsonValue } from '../../base/json.ts';
import { integerAt, pointerAt, textAt } from '../shared/validation/fields.ts';
import { invalidFor } from '../shared/validation/messages.ts';
import { validateObjectReference } from '../shared/validation/object-reference.ts';
import { validatePort } from '../shared/validation/ports.ts';

/** Source: pkg/apis/networking/validation/validation.go `validateIngressBackend`, 1.36. */
export function validateIngressBackend(backend: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const [resource, service] = [pointerAt(backend, 'resource'), pointerAt(backend, 'service')];
  if (resource !== undefined && service !== undefined) {
    return [invalid(path, '', 'cannot set both resource and service backends')];
  }
  if (resource !== undefined) return validateObjectReference(resource, path.child('resource'));
  if (service === undefined) return [invalid(path, '', 'resource or service backend is required')];
  const name = textAt(service, 'name');
  const namePath = path.child('service', 'name');
  return [
    ...(name === '' ? [required(namePath)] : invalidFor(namePath, name, validateDns1123Label(name))),
    ...validateServicePort(service, path),
  ];
}

/** The errors about neither and both name the backend. */
function validateServicePort(service: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [name, number] = [textAt(service, 'port', 'name'), integerAt(service, 'port', 'number')];
  const portPath = path.child('service', 'port');
  if (name !== '' && Number(number) !== 0) return [invalid(path, '', 'cannot set both port name & port number')];
  if (name !== '') return invalidFor(portPath.child('name'), name, validatePortName(name));
  if (Number(number) !== 0) return validatePort(number, portPath.child('number'));
  return [required(path, 'port name or number is required')];
}
