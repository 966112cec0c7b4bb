import type { FieldError } from '../../apimachinery/field-error.ts';
import { required } from '../../apimachinery/field-error.ts';
import { ipWarnings } from '../../apimachinery/ip-validation.ts';
import { validateDns1123Subdomain } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { fillInText, updateItems } from '../shared/defaults/fill-in.ts';
import { validateEndpointIp } from '../shared/validation/endpoint-ip.ts';
import { NONE, integerAt, pointerAt, textAt, validateEach, validateRequiredEnum } from '../shared/validation/fields.ts';
import { validateLegacyIpField } from '../shared/validation/ip-address.ts';
import { invalidFor, validateDnsLabel, validateQualifiedName } from '../shared/validation/messages.ts';
import { PORT_PROTOCOLS, validatePort } from '../shared/validation/ports.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import type { KindStrategy } from '../strategy.ts';

const SUBSETS = ValidationPath.of('subsets');

/** Source: pkg/registry/core/endpoint/strategy.go and pkg/apis/core/validation/validation.go, 1.36. */
export const endpointsStrategy: KindStrategy = {
  group: '',
  kind: 'Endpoints',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object) =>
    updateItems(object, 'subsets', (subset) =>
      updateItems(subset, 'ports', (port) => fillInText(port, { protocol: 'TCP' })),
    ),
  validate: (object, old) => {
    const subsets = valueAt(object, 'subsets');
    if (old !== undefined && semanticEqual(subsets, valueAt(old, 'subsets'))) return NONE;
    return validateEach(subsets, SUBSETS, validateSubset);
  },
  warnings: endpointsWarnings,
};

function validateSubset(subset: JsonValue, path: ValidationPath): readonly FieldError[] {
  const lists = ['addresses', 'notReadyAddresses'] as const;
  const ports = arrayAt(subset, 'ports');
  const isEmpty = lists.every((list) => arrayAt(subset, list).length === 0);
  return [
    ...(isEmpty ? [required(path, 'must specify `addresses` or `notReadyAddresses`')] : NONE),
    ...lists.flatMap((list) => validateEach(valueAt(subset, list), path.child(list), validateAddress)),
    ...validateEach(ports, path.child('ports'), (port, at) => validateEndpointPort(port, at, ports.length > 1)),
  ];
}

function validateAddress(address: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [ip, hostname, node] = [textAt(address, 'ip'), textAt(address, 'hostname'), textAt(address, 'nodeName')];
  return [
    ...validateLegacyIpField(ip, path.child('ip')),
    ...(hostname === '' ? NONE : validateDnsLabel(hostname, path.child('hostname'))),
    ...(pointerAt(address, 'nodeName') === undefined
      ? NONE
      : invalidFor(path.child('nodeName'), node, validateDns1123Subdomain(node))),
    ...validateEndpointIp(ip, path.child('ip')),
  ];
}

function validateEndpointPort(port: JsonValue, path: ValidationPath, needsName: boolean): readonly FieldError[] {
  const name = textAt(port, 'name');
  const noName = needsName ? [required(path.child('name'))] : NONE;
  return [
    ...(name === '' ? noName : validateDnsLabel(name, path.child('name'))),
    ...validatePort(integerAt(port, 'port'), path.child('port')),
    ...validateRequiredEnum(textAt(port, 'protocol'), path.child('protocol'), PORT_PROTOCOLS),
    ...(pointerAt(port, 'appProtocol') === undefined
      ? NONE
      : validateQualifiedName(textAt(port, 'appProtocol'), path.child('appProtocol'))),
  ];
}

const MANAGED_BY = 'endpoints.kubernetes.io/managed-by';
const CONTROLLER = 'endpoint-controller';

function endpointsWarnings(object: KubernetesObject): readonly string[] {
  if (labelsOf(object).get(MANAGED_BY) === CONTROLLER) return [];
  return arrayAt(object, 'subsets').flatMap((subset, index) =>
    ['addresses', 'notReadyAddresses'].flatMap((list) =>
      arrayAt(subset, list).flatMap((address, at) =>
        ipWarnings(`subsets[${index}].${list}[${at}].ip`, textAt(address, 'ip')),
      ),
    ),
  );
}
