import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, valueAt } from '../../../base/json.ts';
import { integerAt, textAt } from './fields.ts';
import { shownMap } from './shown-values.ts';

/**
 * The spec of a ResourceClaim as the server prints it in an error: an internal type, with Go's names, every field there.
 * Source: pkg/apis/resource/types.go, 1.36.
 */
export function shownDeviceClaimSpec(spec: JsonValue | undefined): JsonObject {
  const devices = valueAt(spec, 'devices');
  return {
    Devices: {
      Requests: listOf(devices, 'requests', (request) => ({
        Name: textAt(request, 'name'),
        Exactly: pointerOf(request, 'exactly', exactly),
        FirstAvailable: listOf(request, 'firstAvailable', alternative),
      })),
      Constraints: listOf(devices, 'constraints', (constraint) => ({
        Requests: listOf(constraint, 'requests', (name) => name),
        MatchAttribute: pointerOf(constraint, 'matchAttribute', (name) => name),
        DistinctAttribute: pointerOf(constraint, 'distinctAttribute', (name) => name),
      })),
      Config: listOf(devices, 'config', (config) => ({
        Requests: listOf(config, 'requests', (name) => name),
        Opaque: shownOpaque(config),
      })),
    },
  };
}

function exactly(request: JsonValue): JsonObject {
  return {
    ...classAndCount(request),
    AdminAccess: pointerOf(request, 'adminAccess', (isAdmin) => isAdmin),
    ...tolerationsAndCapacity(request),
  };
}

function alternative(request: JsonValue): JsonObject {
  return { Name: textAt(request, 'name'), ...classAndCount(request), ...tolerationsAndCapacity(request) };
}

function classAndCount(request: JsonValue): JsonObject {
  return {
    DeviceClassName: textAt(request, 'deviceClassName'),
    Selectors: listOf(request, 'selectors', (selector) => ({
      CEL: pointerOf(selector, 'cel', (cel) => ({ Expression: textAt(cel, 'expression') })),
    })),
    AllocationMode: textAt(request, 'allocationMode'),
    Count: integerAt(request, 'count'),
  };
}

function tolerationsAndCapacity(request: JsonValue): JsonObject {
  return {
    Tolerations: shownTolerations(request),
    Capacity: pointerOf(request, 'capacity', (capacity) => ({ Requests: shownMap(valueAt(capacity, 'requests')) })),
  };
}

export function shownTolerations(owner: JsonValue): JsonValue {
  return listOf(owner, 'tolerations', (toleration) => ({
    Key: textAt(toleration, 'key'),
    Operator: textAt(toleration, 'operator'),
    Value: textAt(toleration, 'value'),
    Effect: textAt(toleration, 'effect'),
    TolerationSeconds: pointerOf(toleration, 'tolerationSeconds', (seconds) => seconds),
  }));
}

export function shownOpaque(config: JsonValue): JsonValue {
  return pointerOf(config, 'opaque', (opaque) => ({
    Driver: textAt(opaque, 'driver'),
    Parameters: valueAt(opaque, 'parameters') ?? null,
  }));
}

/** A list, or null where there is none. */
export function listOf(owner: JsonValue | undefined, field: string, show: (item: JsonValue) => JsonValue): JsonValue {
  const list = valueAt(owner, field);
  return Array.isArray(list) ? (list as readonly JsonValue[]).map((item) => show(item)) : null;
}

/** What a pointer points to, or null. */
export function pointerOf(owner: JsonValue, field: string, show: (value: JsonValue) => JsonValue): JsonValue {
  const value = valueAt(owner, field);
  if (value === undefined || value === null) return null;
  return isJsonObject(value) || typeof value !== 'object' ? show(value) : null;
}
