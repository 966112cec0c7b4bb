import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../../apimachinery/object.ts';
import { taintsOf, toleratesTaint, tolerationsOf } from '../../../apimachinery/taints.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import { msOf } from '../../../simulator/kernel/clock.ts';
import type { Finding } from './diagnosis.ts';
import type { Moment, Proof } from './moment.ts';
import {
  conditionWith,
  eventAbout,
  faultOf,
  firstOf,
  isOf,
  keyOf,
  newestEvent,
  nodeNamed,
  restartsOf,
  statusWrite,
} from './moment.ts';

/** Why a Pod is not ready, or will not be for long. */
export function diagnosePod(pod: KubernetesObject, moment: Moment): Finding | undefined {
  const phase = stringAt(pod, 'status', 'phase');
  if (phase === 'Succeeded') return undefined;
  if (isBeingDeleted(pod)) return endingOf(pod, moment);
  if (phase === 'Failed') return failureOf(pod);
  if (nameAt(pod, 'spec', 'nodeName') === undefined) return withoutNode(pod, moment);
  return lostNode(pod, moment) ?? containersOf(pod, moment);
}

function endingOf(pod: KubernetesObject, moment: Moment): Finding {
  const node = nameAt(pod, 'spec', 'nodeName');
  const proof: Proof = ({ class: kind, verb, object }) =>
    kind === 'request' && verb === 'DELETE' && isOf(object, keyOf(pod));
  const silent = nodeNamed(moment, node);
  if (node !== undefined && (silent === undefined || isSilent(silent) || moment.stopped.has(`kubelet/${node}`)))
    return { id: 'nobodyConfirms', params: { name: nameOf(pod), node }, proof };
  const [finalizer] = arrayAt(pod, 'metadata', 'finalizers').map(String);
  if (finalizer !== undefined) return { id: 'finalizer', params: { name: nameOf(pod), finalizer }, proof };
  const seconds = String(numberAt(pod, 'metadata', 'deletionGracePeriodSeconds') ?? 30);
  return { id: 'ending', params: { name: nameOf(pod), seconds }, proof };
}

function failureOf(pod: KubernetesObject): Finding {
  const ended = statusesOf(pod).map((status) => objectAt(status, 'state', 'terminated'));
  const first = ended.find((state) => (numberAt(state, 'exitCode') ?? 0) !== 0);
  const said = stringAt(pod, 'status', 'message') ?? stringAt(first, 'message');
  return {
    id: 'podFailed',
    params: {
      name: nameOf(pod),
      reason: stringAt(pod, 'status', 'reason') ?? stringAt(first, 'reason') ?? 'Failed',
      message: said ?? `exit code ${numberAt(first, 'exitCode') ?? '?'}`,
    },
    proof: statusWrite(keyOf(pod)),
  };
}

function withoutNode(pod: KubernetesObject, moment: Moment): Finding {
  const name = nameOf(pod);
  const gates = arrayAt(pod, 'spec', 'schedulingGates').map((gate) => stringAt(gate, 'name') ?? '');
  if (gates.length > 0) return { id: 'gated', params: { name, gates: gates.join(', ') } };
  const isDefault = (nameAt(pod, 'spec', 'schedulerName') ?? 'default-scheduler') === 'default-scheduler';
  if (moment.stopped.has('kube-scheduler') || !isDefault)
    return { id: 'schedulerDown', params: { name }, proof: faultOf('scheduler-stop') };
  const refusal = conditionWith(pod, 'PodScheduled', 'False');
  const cycle: Proof = ({ verb, object }) => verb === 'SCHEDULE' && object === keyOf(pod);
  const message = stringAt(refusal, 'message');
  if (message !== undefined) return { id: 'noNode', params: { name, message }, proof: cycle };
  return { id: 'notScheduledYet', params: { name }, proof: cycle };
}

/** The kubelet of its Node says nothing: what the Pod's status says is old. */
function lostNode(pod: KubernetesObject, moment: Moment): Finding | undefined {
  const name = nameAt(pod, 'spec', 'nodeName') ?? '';
  const node = nodeNamed(moment, name);
  if (node === undefined || !isSilent(node)) return undefined;
  const taint = taintsOf(node).find((one) => stringAt(one, 'effect') === 'NoExecute');
  const proof = firstOf(statusWrite(keyOf(node)), ({ class: kind, verb, object, from }) => {
    return kind === 'request' && verb !== 'GET' && isOf(object, keyOf(node)) && from.startsWith('node-lifecycle');
  });
  const base = { name: nameOf(pod), node: name };
  if (taint === undefined) return { id: 'nodeLost', params: base, proof };
  const stays = tolerationsOf(pod)
    .filter((one) => toleratesTaint(one, taint))
    .map((one) => numberAt(one, 'tolerationSeconds') ?? Infinity);
  const key = stringAt(taint, 'key') ?? '';
  if (stays.length === 0) return { id: 'evictionNow', params: { ...base, taint: key }, proof };
  const seconds = Math.min(...stays);
  if (seconds === Infinity) return { id: 'nodeLost', params: base, proof };
  const since = msOf(stringAt(taint, 'timeAdded') ?? '') ?? moment.nowMs;
  const left = Math.max(0, since + seconds * 1000 - moment.nowMs);
  return {
    id: 'evictionWaits',
    params: { ...base, taint: key, seconds: String(seconds), left: String(Math.ceil(left / 1000)) },
    proof,
  };
}

function isSilent(node: KubernetesObject): boolean {
  return conditionWith(node, 'Ready', 'Unknown') !== undefined;
}

function statusesOf(pod: KubernetesObject): readonly JsonValue[] {
  return [...arrayAt(pod, 'status', 'initContainerStatuses'), ...arrayAt(pod, 'status', 'containerStatuses')];
}

const PULLS: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'RegistryUnavailable',
]);
const STARTS: ReadonlySet<string> = new Set(['CreateContainerError', 'RunContainerError', 'PostStartHookError']);

function containersOf(pod: KubernetesObject, moment: Moment): Finding | undefined {
  const name = nameOf(pod);
  const proof = statusWrite(keyOf(pod));
  for (const status of statusesOf(pod)) {
    const container = stringAt(status, 'name') ?? '';
    const reason = stringAt(status, 'state', 'waiting', 'reason') ?? '';
    const message = stringAt(status, 'state', 'waiting', 'message') ?? '';
    const params = { name, container, reason, message };
    if (PULLS.has(reason)) {
      const [said, image] = [stringAt(newestEvent(moment, pod, 'Failed'), 'message'), stringAt(status, 'image') ?? ''];
      return {
        id: 'image',
        params: { ...params, image, message: message === '' ? (said ?? '') : message },
        proof: firstOf(eventAbout(pod, 'Failed'), proof),
      };
    }
    if (reason === 'CrashLoopBackOff') return { id: 'crashLoop', params: { ...params, ...lastEnd(status) }, proof };
    if (reason === 'CreateContainerConfigError') return { id: 'config', params, proof };
    if (STARTS.has(reason)) return { id: 'cannotStart', params, proof };
  }
  return notRunning(pod, moment) ?? notReady(pod, moment);
}

function lastEnd(status: JsonValue): Readonly<Record<string, string>> {
  const ended = objectAt(status, 'lastState', 'terminated') ?? objectAt(status, 'state', 'terminated');
  return {
    code: String(numberAt(ended, 'exitCode') ?? '?'),
    why: stringAt(ended, 'reason') ?? 'Error',
    count: String(restartsOf(status)),
  };
}

function notRunning(pod: KubernetesObject, moment: Moment): Finding | undefined {
  if (stringAt(pod, 'status', 'phase') === 'Running') return undefined;
  const [name, node] = [nameOf(pod), nameAt(pod, 'spec', 'nodeName') ?? ''];
  const volume = newestEvent(moment, pod, 'FailedMount', 'FailedAttachVolume');
  if (volume !== undefined)
    return {
      id: 'volume',
      params: { name, message: stringAt(volume, 'message') ?? '' },
      proof: eventAbout(pod, 'FailedMount', 'FailedAttachVolume'),
    };
  const init = arrayAt(pod, 'status', 'initContainerStatuses').find(
    (status) => numberAt(status, 'state', 'terminated', 'exitCode') !== 0 && stringAt(status, 'started') !== 'true',
  );
  const proof = firstOf(statusWrite(keyOf(pod)), ({ class: kind, object }) => kind === 'cri' && object === keyOf(pod));
  if (init !== undefined && objectAt(init, 'state', 'running') !== undefined)
    return { id: 'initContainer', params: { name, container: stringAt(init, 'name') ?? '' }, proof };
  if (moment.stopped.has(`kubelet/${node}`)) return { id: 'kubeletDown', params: { name, node }, proof };
  return { id: 'creating', params: { name, node }, proof };
}

function notReady(pod: KubernetesObject, moment: Moment): Finding | undefined {
  const condition = conditionWith(pod, 'Ready', 'False');
  const name = nameOf(pod);
  const again = statusesOf(pod).find((status) => objectAt(status, 'state', 'terminated') !== undefined);
  if (condition === undefined && conditionWith(pod, 'Ready', 'True') !== undefined) return undefined;
  if (again !== undefined && (numberAt(again, 'state', 'terminated', 'exitCode') ?? 0) !== 0)
    return {
      // Until its back-off is over, a container that ended shows how it ended: the kubelet's Event says that it waits.
      id: newestEvent(moment, pod, 'BackOff') === undefined ? 'restarted' : 'crashLoop',
      params: { name, container: stringAt(again, 'name') ?? '', ...lastEnd(again) },
      proof: statusWrite(keyOf(pod)),
    };
  const said = newestEvent(moment, pod, 'Unhealthy');
  const failed = arrayAt(pod, 'status', 'containerStatuses').find((status) => !isReady(status));
  const container = stringAt(failed, 'name') ?? '';
  const probe: Proof = ({ class: kind, object, detail }) =>
    kind === 'probe' && object === keyOf(pod) && stringAt(detail, 'result') !== 'success';
  if (said !== undefined)
    return { id: 'probeFails', params: { name, container, message: stringAt(said, 'message') ?? '' }, proof: probe };
  const params = { name, container, gate: missingGate(pod) ?? '' };
  return { id: 'probeWaits', params, proof: statusWrite(keyOf(pod)) };
}

function isReady(status: JsonValue): boolean {
  return typeof status === 'object' && status !== null && 'ready' in status && status.ready === true;
}

/** A readiness gate that nobody has opened. */
function missingGate(pod: KubernetesObject): string | undefined {
  return arrayAt(pod, 'spec', 'readinessGates')
    .map((gate) => stringAt(gate, 'conditionType') ?? '')
    .find((type) => conditionWith(pod, type, 'True') === undefined);
}
