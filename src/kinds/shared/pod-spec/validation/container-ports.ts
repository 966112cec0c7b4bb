import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { duplicate, invalid, required } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import { validatePortName } from '../../../../apimachinery/value-formats.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, asArray } from '../../../../base/json.ts';
import { NONE, integerAt, textAt, validateEach, validateRequiredEnum } from '../../validation/fields.ts';
import { invalidFor } from '../../validation/messages.ts';
import { PORT_PROTOCOLS, validatePort } from '../../validation/ports.ts';

/** `ports` of a container. Source: pkg/apis/core/validation/validation.go `validateContainerPorts`, 1.36. */
export function validateContainerPorts(ports: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const names = new Set<string>();
  return validateEach(ports, path, (port, portPath) => {
    const hostPort = integerAt(port, 'hostPort');
    return [
      ...validateName(textAt(port, 'name'), names, portPath.child('name')),
      ...validateContainerPort(integerAt(port, 'containerPort'), portPath.child('containerPort')),
      ...(hostPort === 0 ? NONE : validatePort(hostPort, portPath.child('hostPort'))),
      ...validateRequiredEnum(textAt(port, 'protocol'), portPath.child('protocol'), PORT_PROTOCOLS),
    ];
  });
}

function validateName(name: string, names: Set<string>, path: ValidationPath): readonly FieldError[] {
  if (name === '') return NONE;
  const messages = validatePortName(name);
  if (messages.length > 0) return invalidFor(path, name, messages);
  if (names.has(name)) return [duplicate(path, name)];
  names.add(name);
  return NONE;
}

function validateContainerPort(port: number | bigint, path: ValidationPath): readonly FieldError[] {
  return port === 0 ? [required(path)] : validatePort(port, path);
}

/** Two containers of a Pod cannot have the same port of the Node. */
export function validateHostPortConflicts(
  containers: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const taken = new Set<string>();
  return validateEach(containers, path, (container, containerPath) =>
    validateEach(arrayAt(container, 'ports'), containerPath.child('ports'), (port, portPath) => {
      const hostPort = integerAt(port, 'hostPort');
      if (hostPort === 0) return NONE;
      const claim = `${textAt(port, 'protocol')}/${textAt(port, 'hostIP')}/${hostPort}`;
      if (taken.has(claim)) return [duplicate(portPath.child('hostPort'), claim)];
      taken.add(claim);
      return NONE;
    }),
  );
}

/** On the Node's network a container's port is the Node's port; a template may leave `hostPort` out. */
export function validateHostNetworkPorts(
  containers: JsonValue | undefined,
  path: ValidationPath,
  resourceIsPod: boolean,
): readonly FieldError[] {
  return asArray(containers).flatMap((container, index) =>
    validateEach(arrayAt(container, 'ports'), path.index(index).child('ports'), (port, portPath) => {
      const hostPort = integerAt(port, 'hostPort');
      if ((!resourceIsPod && hostPort === 0) || hostPort === integerAt(port, 'containerPort')) return NONE;
      return [invalid(portPath.child('hostPort'), hostPort, 'must match `containerPort` when `hostNetwork` is true')];
    }),
  );
}
