import { arrayAt, nameAt, objectAt, stringAt } from '../../base/json.ts';
import type { JsonValue } from '../../base/json.ts';
import type { ComponentId, Context } from '../component.ts';
import type { CallMessage } from '../messages.ts';
import { answerCall } from './answer-call.ts';
import { followLogs } from './follow-logs.ts';
import type { LogOptions } from './logs.ts';
import { logsOf } from './logs.ts';
import type { PodRecord } from './pod-record.ts';
import type { RuntimeContainer } from './pod-runtime.ts';
import { newestOf } from './pod-runtime.ts';
import type { KubeletState } from './state.ts';
import { callRuntime } from './state.ts';

/**
 * What an API server asks a kubelet for on behalf of `kubectl logs` and `kubectl exec`: the methods are those of the
 * kubelet's own HTTP server, the parameters `namespace`, `pod`, `container`, and `options` or `command`. The answer has
 * the HTTP `code`, and `text` or `message`; for a command also its `exitCode`.
 * Source: pkg/kubelet/server/server.go `InstallDebuggingHandlers`, 1.36.
 */
export const CONTAINER_LOGS = 'GET /containerLogs';
export const EXEC = 'POST /exec';

export function serveKubeletCall(state: KubeletState, from: ComponentId, call: CallMessage, context: Context): void {
  const { method, parameters, id } = call;
  const key = `${String(parameters['namespace'])}/${String(parameters['pod'])}`;
  const name = String(parameters['container']);
  const record = [...state.records.values()].find((candidate) => candidate.key === key && !candidate.isRemoved);
  const reply = (ok: boolean, result: Readonly<Record<string, unknown>>) =>
    answerCall(from, { id, method }, ok, result, context);
  if (record === undefined) return reply(false, { code: 404, message: `pod "${key}" does not exist` });
  if (method === CONTAINER_LOGS) {
    const {
      previous = false,
      follow = false,
      ...options
    } = (parameters['options'] ?? {}) as LogOptions & {
      previous?: boolean;
      follow?: boolean;
    };
    const found = loggedContainer(record, name, previous);
    if ('problem' in found) return reply(false, { code: 400, message: found.problem });
    if (follow) {
      const follower = { to: from, id, method, uid: record.uid, container: found.container.id, options };
      return followLogs(state, follower, found.container, context);
    }
    return reply(true, { code: 200, text: logsOf(found.container, context.nowMs, options) });
  }
  if (method !== EXEC) return reply(false, { code: 404, message: '404 page not found' });
  const container = newestOf(record.runtime, name);
  if (container?.state !== 'running') return reply(false, { code: 404, message: `container not found ("${name}")` });
  const command = parameters['command'];
  const exec = { to: from, id, method };
  callRuntime(
    state,
    { uid: record.uid, container: name, exec },
    'ExecSync',
    { container: container.id, command },
    context,
  );
}

/**
 * The container whose log is meant: the one that runs, else the last that ran.
 * Source: pkg/kubelet/kubelet_pods.go `validateContainerLogStatus`, 1.36.
 */
export function loggedContainer(
  record: Pick<PodRecord, 'pod' | 'status' | 'runtime'>,
  name: string,
  previous: boolean,
): { readonly container: RuntimeContainer } | { readonly problem: string } {
  const pod = nameAt(record.pod, 'metadata', 'name') ?? '';
  const said = (what: string) => ({ problem: `container "${name}" in pod "${pod}" ${what}` });
  const id = loggedId(statusNamed(record, name), name, pod, previous);
  if ('problem' in id) return id;
  const container = record.runtime.containers.find((candidate) => `containerd://${candidate.id}` === id.id);
  return container === undefined ? said('is not available') : { container };
}

function statusNamed({ status, pod }: Pick<PodRecord, 'pod' | 'status'>, name: string): JsonValue | undefined {
  const from = status ?? objectAt(pod, 'status');
  return ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses']
    .flatMap((field) => arrayAt(from, field))
    .find((candidate) => stringAt(candidate, 'name') === name);
}

/** The id of the container as its status tells it. */
export function loggedId(
  status: JsonValue | undefined,
  name: string,
  pod: string,
  previous: boolean,
): { readonly id: string } | { readonly problem: string } {
  const said = (what: string) => ({ problem: `container "${name}" in pod "${pod}" ${what}` });
  if (status === undefined) return said('is not available');
  const last = objectAt(status, 'lastState', 'terminated');
  const lastId = nameAt(last, 'containerID');
  if (previous) {
    if (lastId !== undefined) return { id: lastId };
    return { problem: `previous terminated container "${name}" in pod "${pod}" not found` };
  }
  const ended = objectAt(status, 'state', 'terminated');
  if (objectAt(status, 'state', 'running') !== undefined) return { id: nameAt(status, 'containerID') ?? '' };
  if (ended !== undefined || last !== undefined) {
    const id = nameAt(ended, 'containerID') ?? lastId;
    return id === undefined ? said('is terminated') : { id };
  }
  const waiting = objectAt(status, 'state', 'waiting');
  if (waiting === undefined) return said('is waiting to start - no logs yet');
  const reason = stringAt(waiting, 'reason') ?? '';
  if (reason === 'ErrImagePull') return said("is waiting to start: image can't be pulled");
  if (reason === 'ImagePullBackOff') return said('is waiting to start: trying and failing to pull image');
  return said(`is waiting to start: ${reason}`);
}
