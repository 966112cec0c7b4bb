import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, forbidden, required } from '../../apimachinery/field-error.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, step } from '../../base/json.ts';
import { NONE, integerAt, pointerAt, textAt, validateRequiredEnum } from '../shared/validation/fields.ts';
import { validateDnsLabel, validateQualifiedName } from '../shared/validation/messages.ts';
import { PORT_PROTOCOLS, validatePort, validatePortNumberOrName } from '../shared/validation/ports.ts';

const PORTS = ValidationPath.of('spec', 'ports');

/** Each port by itself. Source: pkg/apis/core/validation/validation.go `validateServicePort`, 1.36. */
export function validatePorts(spec: JsonValue | undefined): readonly FieldError[] {
  const ports = arrayAt(spec, 'ports');
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const path = PORTS.index(index);
    return [
      ...validateName(textAt(port, 'name'), ports.length > 1, names, path.child('name')),
      ...validatePort(integerAt(port, 'port'), path.child('port')),
      ...validateRequiredEnum(textAt(port, 'protocol'), path.child('protocol'), PORT_PROTOCOLS),
      ...validatePortNumberOrName(step(port, 'targetPort'), path.child('targetPort')),
      ...(pointerAt(port, 'appProtocol') === undefined
        ? NONE
        : validateQualifiedName(textAt(port, 'appProtocol'), path.child('appProtocol'))),
    ];
  });
}

function validateName(
  name: string,
  isRequired: boolean,
  names: Set<string>,
  path: ValidationPath,
): readonly FieldError[] {
  if (name === '') return isRequired ? [required(path)] : NONE;
  const errors = validateDnsLabel(name, path);
  if (names.has(name)) return [...errors, duplicate(path, name)];
  names.add(name);
  return errors;
}

/** The ports together. Source: pkg/apis/core/validation/validation.go `validateService`, 1.36. */
export function validatePortsTogether(spec: JsonValue | undefined): readonly FieldError[] {
  return [...validateNoNodePorts(spec), ...validateNodePortsOnce(spec), ...validatePortsOnce(spec)];
}

function validateNoNodePorts(spec: JsonValue | undefined): readonly FieldError[] {
  if (textAt(spec, 'type') !== 'ClusterIP') return NONE;
  return arrayAt(spec, 'ports').flatMap((port, index) =>
    integerAt(port, 'nodePort') === 0
      ? NONE
      : [forbidden(PORTS.index(index).child('nodePort'), "may not be used when `type` is 'ClusterIP'")],
  );
}

function validateNodePortsOnce(spec: JsonValue | undefined): readonly FieldError[] {
  const taken = new Set<string>();
  return arrayAt(spec, 'ports').flatMap((port, index) => {
    const nodePort = integerAt(port, 'nodePort');
    if (nodePort === 0) return NONE;
    const key = `${textAt(port, 'protocol')} ${nodePort}`;
    if (taken.has(key)) return [duplicate(PORTS.index(index).child('nodePort'), nodePort)];
    taken.add(key);
    return NONE;
  });
}

function validatePortsOnce(spec: JsonValue | undefined): readonly FieldError[] {
  const taken = new Set<string>();
  return arrayAt(spec, 'ports').flatMap((port, index) => {
    const [protocol, number] = [textAt(port, 'protocol'), integerAt(port, 'port')];
    const key = `${protocol} ${number}`;
    if (taken.has(key)) return [duplicate(PORTS.index(index), shownPort(protocol, number))];
    taken.add(key);
    return NONE;
  });
}

/** The server prints its internal form of a port. */
function shownPort(protocol: string, port: number | bigint): JsonValue {
  return { Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
}
