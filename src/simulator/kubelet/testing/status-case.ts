import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, isJsonObject, objectAt, stringAt } from '../../../base/json.ts';
import type { PodRuntime } from '../pod-runtime.ts';
import { podStatus } from '../pod-status.ts';
import { ended, withoutNothing } from './compared.ts';

/** The whole status of a Pod, in the form of the case's `want`; probes say that all is well. */
export function statusAnswer(test: JsonObject, pod: JsonObject, runtime: PodRuntime): JsonValue {
  const before = objectAt(test, 'previous') ?? {};
  const made = podStatus({
    pod,
    runtime,
    before,
    reasons: new Map(),
    restartsAll: false,
    hostIps: ['127.0.0.1', '::1'],
    isTerminal: booleanAt(test, 'isTerminal') === true,
    cgroup: undefined,
    resize: [],
    probed: (status, _container, isInit) => (isInit ? status : { ...status, ready: true }),
  });
  const { phase = '', reason, message, qosClass = '', resources = {}, allocatedResources } = made;
  return {
    ...withoutNothing({ phase, reason: reason ?? '', message: message ?? '', qosClass }),
    conditions: arrayAt(made, 'conditions').map((one) =>
      ['type', 'status', 'reason'].flatMap((field) => stringAt(one, field) ?? []).join(' '),
    ),
    containers: arrayAt(made, 'containerStatuses').filter(isJsonObject).map(told),
    ...some('inits', arrayAt(made, 'initContainerStatuses').filter(isJsonObject).map(told)),
    // Cases for which upstream turns the gate off want no resources.
    ...(booleanAt(test, 'resources') === true
      ? { resources, ...(allocatedResources === undefined ? {} : { allocatedResources }) }
      : {}),
  };
}

function told({ name = '', ready = false, state, lastState, restartCount = 0 }: JsonObject): JsonObject {
  const [now, last] = [ended(state), ended(lastState)];
  return { ...withoutNothing({ name, ready, lastState: last, restartCount }), state: now };
}

function some(field: string, list: readonly JsonValue[]): JsonObject {
  return list.length === 0 ? {} : { [field]: list };
}
