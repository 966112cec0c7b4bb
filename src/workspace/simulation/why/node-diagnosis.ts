import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { findCondition, conditionsOf } from '../../../apimachinery/conditions.ts';
import { booleanAt, stringAt } from '../../../base/json.ts';
import { RUN_BEGINS_MS } from '../../../simulator/kernel/clock.ts';
import { msOfMoment, parseMicroTime } from '../../../apimachinery/time.ts';
import type { Finding } from './diagnosis.ts';
import type { Moment } from './moment.ts';
import { firstOf, isOf, keyOf, statusWrite } from './moment.ts';

/** Why a Node takes no Pods, or is not heard of. */
export function diagnoseNode(node: KubernetesObject, moment: Moment): Finding | undefined {
  const ready = findCondition(conditionsOf(node), 'Ready');
  const status = stringAt(ready, 'status');
  const name = nameOf(node);
  const proof = firstOf(statusWrite(keyOf(node)), ({ class: kind, object }) => kind === 'fault' && object === name);
  if (status === 'Unknown') {
    const seconds = silentForMs(name, moment);
    return {
      id: 'kubeletSilent',
      params: { name, seconds: seconds === undefined ? '?' : String(Math.round(seconds / 1000)) },
      proof,
    };
  }
  if (status !== 'True')
    return { id: 'nodeNotReady', params: { name, message: stringAt(ready, 'message') ?? '' }, proof };
  if (booleanAt(node, 'spec', 'unschedulable') === true)
    return {
      id: 'nodeCordoned',
      params: { name },
      // Components change a Node too, and never this field: who cordons it is a person.
      proof: ({ class: kind, verb, object, from }) =>
        kind === 'request' && verb !== 'GET' && isOf(object, keyOf(node)) && (from === 'kubectl' || from === 'client'),
    };
  return undefined;
}

/** Milliseconds since its kubelet last renewed its Lease. */
function silentForMs(node: string, { objects, nowMs }: Moment): number | undefined {
  const lease = objects.find((object) => object.kind === 'Lease' && keyOf(object) === `Lease/kube-node-lease/${node}`);
  const renewed = parseMicroTime(stringAt(lease, 'spec', 'renewTime') ?? '');
  return renewed === undefined ? undefined : nowMs - (msOfMoment(renewed) - RUN_BEGINS_MS);
}
