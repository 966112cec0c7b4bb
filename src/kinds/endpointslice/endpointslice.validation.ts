import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, invalid, required, tooMany } from '../../apimachinery/field-error.ts';
import { parseIp } from '../../apimachinery/ip.ts';
import { validateIp, validateLegacyIp } from '../../apimachinery/ip-validation.ts';
import { validateLabelValue } from '../../apimachinery/label-names.ts';
import { validateDns1123Subdomain, validateFullyQualifiedDomainName } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { validateEndpointIp } from '../shared/validation/endpoint-ip.ts';
import {
  NONE,
  pointerAt,
  textAt,
  textsAt,
  validateEach,
  validateEnum,
  validateRequiredEnum,
} from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { invalidFor, validateDnsLabel, validateQualifiedName } from '../shared/validation/messages.ts';
import { PORT_PROTOCOLS } from '../shared/validation/ports.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';

const ADDRESS_TYPE = ValidationPath.of('addressType');
const ENDPOINTS = ValidationPath.of('endpoints');
const PORTS = ValidationPath.of('ports');
const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6'] as const;
const MAX_ENDPOINTS = 1000;
const MAX_PORTS = 20000;
const MAX_ADDRESSES = 100;
const MAX_HINTS = 8;

/** Source: pkg/apis/discovery/validation/validation.go `ValidateEndpointSlice`, 1.36. */
export function validateEndpointSlice(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const type = textAt(object, 'addressType');
  const isSame = old !== undefined && semanticEqual(valueAt(object, 'endpoints'), valueAt(old, 'endpoints'));
  return [
    ...validateRequiredEnum(type, ADDRESS_TYPE, ADDRESS_TYPES),
    ...validatePorts(arrayAt(object, 'ports')),
    ...(isSame ? NONE : validateEndpoints(arrayAt(object, 'endpoints'), type)),
    ...(old === undefined ? NONE : validateImmutableField(type, textAt(old, 'addressType'), ADDRESS_TYPE)),
  ];
}

function validatePorts(ports: readonly JsonValue[]): readonly FieldError[] {
  if (ports.length > MAX_PORTS) return [tooMany(PORTS, ports.length, MAX_PORTS)];
  const names = new Set<string>();
  return validateEach(ports, PORTS, (port, path) => {
    const name = textAt(port, 'name');
    const isRepeated = names.has(name);
    names.add(name);
    const protocolPath = path.child('protocol');
    return [
      ...(name === '' ? NONE : validateDnsLabel(name, path.child('name'))),
      ...(isRepeated ? [duplicate(path.child('name'), name)] : NONE),
      ...(pointerAt(port, 'protocol') === undefined
        ? [required(protocolPath)]
        : validateEnum(textAt(port, 'protocol'), protocolPath, PORT_PROTOCOLS)),
      ...(pointerAt(port, 'appProtocol') === undefined
        ? NONE
        : validateQualifiedName(textAt(port, 'appProtocol'), path.child('appProtocol'))),
    ];
  });
}

function validateEndpoints(endpoints: readonly JsonValue[], type: string): readonly FieldError[] {
  if (endpoints.length > MAX_ENDPOINTS) return [tooMany(ENDPOINTS, endpoints.length, MAX_ENDPOINTS)];
  return validateEach(endpoints, ENDPOINTS, (endpoint, path) => [
    ...validateAddresses(textsAt(endpoint, 'addresses'), type, path.child('addresses')),
    ...(pointerAt(endpoint, 'nodeName') === undefined
      ? NONE
      : validateNodeName(textAt(endpoint, 'nodeName'), path.child('nodeName'))),
    ...(pointerAt(endpoint, 'hostname') === undefined
      ? NONE
      : validateDnsLabel(textAt(endpoint, 'hostname'), path.child('hostname'))),
    ...validateHints(pointerAt(endpoint, 'hints'), path.child('hints')),
  ]);
}

function validateNodeName(name: string, path: ValidationPath): readonly FieldError[] {
  return invalidFor(path, name, validateDns1123Subdomain(name));
}

function validateAddresses(addresses: readonly string[], type: string, path: ValidationPath): readonly FieldError[] {
  if (addresses.length === 0) return [required(path, 'must contain at least 1 address')];
  return [
    ...(addresses.length > MAX_ADDRESSES ? [tooMany(path, addresses.length, MAX_ADDRESSES)] : NONE),
    ...addresses.flatMap((address, index) => validateAddress(address, type, path, index)),
  ];
}

/** An address of the other family is an error about the list. */
function validateAddress(address: string, type: string, list: ValidationPath, index: number): readonly FieldError[] {
  const path = list.index(index);
  if (type === 'FQDN') return validateDomainName(address, path);
  if (type !== 'IPv4' && type !== 'IPv6') return NONE;
  const errors = invalidFor(path, address, type === 'IPv4' ? validateLegacyIp(address) : validateIp(address));
  if (errors.length > 0) return errors;
  const isOther = parseIp(address)?.family !== (type === 'IPv4' ? 4 : 6);
  return [
    ...(isOther ? [invalid(list, address, `must be an ${type} address`)] : NONE),
    ...validateEndpointIp(address, path),
  ];
}

function validateDomainName(name: string, path: ValidationPath): readonly FieldError[] {
  return name === '' ? [required(path)] : invalidFor(path, name, validateFullyQualifiedDomainName(name));
}

function validateHints(hints: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const zones = arrayAt(hints, 'forZones');
  const zonesPath = path.child('forZones');
  if (zones.length > MAX_HINTS) return [tooMany(zonesPath, zones.length, MAX_HINTS)];
  const zoneErrors = validateNames(zones, zonesPath, (name, at) => invalidFor(at, name, validateLabelValue(name)));
  const nodes = arrayAt(hints, 'forNodes');
  const nodesPath = path.child('forNodes');
  if (nodes.length > MAX_HINTS) return [...zoneErrors, tooMany(nodesPath, nodes.length, MAX_HINTS)];
  return [...zoneErrors, ...validateNames(nodes, nodesPath, validateNodeName)];
}

function validateNames(
  list: readonly JsonValue[],
  path: ValidationPath,
  validate: (name: string, path: ValidationPath) => readonly FieldError[],
): readonly FieldError[] {
  const names = list.map((entry) => textAt(entry, 'name'));
  return names.flatMap((name, index) => {
    const namePath = path.index(index).child('name');
    const isRepeated = names.indexOf(name) < index;
    return [...(isRepeated ? [duplicate(namePath, name)] : NONE), ...validate(name, namePath)];
  });
}
