import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import { listOf, pointerOf, shownOpaque, shownTolerations } from './shown-device-claim.ts';
import { shownMap } from './shown-values.ts';
import { textAt } from './fields.ts';

/**
 * An allocation as the server prints it in an error: an internal type, with Go's names, every field there.
 * Source: pkg/apis/resource/types.go `AllocationResult`, 1.36.
 */
export function shownAllocation(allocation: JsonValue): JsonObject {
  const devices = valueAt(allocation, 'devices');
  const same = (value: JsonValue): JsonValue => value;
  return {
    Devices: {
      Results: listOf(devices, 'results', (result) => ({
        Request: textAt(result, 'request'),
        Driver: textAt(result, 'driver'),
        Pool: textAt(result, 'pool'),
        Device: textAt(result, 'device'),
        AdminAccess: pointerOf(result, 'adminAccess', same),
        Tolerations: shownTolerations(result),
        BindingConditions: listOf(result, 'bindingConditions', same),
        BindingFailureConditions: listOf(result, 'bindingFailureConditions', same),
        ShareID: pointerOf(result, 'shareID', same),
        ConsumedCapacity: shownMap(valueAt(result, 'consumedCapacity')),
      })),
      Config: listOf(devices, 'config', (config) => ({
        Source: textAt(config, 'source'),
        Requests: listOf(config, 'requests', same),
        Opaque: shownOpaque(config),
      })),
    },
    NodeSelector: pointerOf(allocation, 'nodeSelector', (selector) => ({
      NodeSelectorTerms: listOf(selector, 'nodeSelectorTerms', (term) => ({
        MatchExpressions: listOf(term, 'matchExpressions', shownRequirement),
        MatchFields: listOf(term, 'matchFields', shownRequirement),
      })),
    })),
    AllocationTimestamp: pointerOf(allocation, 'allocationTimestamp', same),
  };
}

function shownRequirement(requirement: JsonValue): JsonObject {
  return {
    Key: textAt(requirement, 'key'),
    Operator: textAt(requirement, 'operator'),
    Values: listOf(requirement, 'values', (value) => value),
  };
}
