import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt, stringAt } from '../../../base/json.ts';

/** Source: staging/src/k8s.io/dynamic-resource-allocation/resourceclaim/devicetoleration.go `ToleratesTaint`, 1.36. */
function tolerates(toleration: JsonValue, taint: JsonValue): boolean {
  const effect = nameAt(toleration, 'effect');
  if (effect !== undefined && effect !== stringAt(taint, 'effect')) return false;
  const key = nameAt(toleration, 'key');
  if (key !== undefined && key !== stringAt(taint, 'key')) return false;
  const operator = nameAt(toleration, 'operator') ?? 'Equal';
  if (operator === 'Equal') return (stringAt(toleration, 'value') ?? '') === (stringAt(taint, 'value') ?? '');
  return operator === 'Exists';
}

/** Whether a taint keeps the device from a request with these tolerations; effects that are not known do not count. */
export function isTaintedFor(device: JsonValue, tolerations: readonly JsonValue[]): boolean {
  return arrayAt(device, 'taints').some(
    (taint) =>
      ['NoExecute', 'NoSchedule'].includes(stringAt(taint, 'effect') ?? '') &&
      !tolerations.some((toleration) => tolerates(toleration, taint)),
  );
}
