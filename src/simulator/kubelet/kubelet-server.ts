import { arrayAt, nameAt, objectAt, stringAt } from '../../base/json.ts';
import type { JsonValue } from '../../base/json.ts';
import type { ComponentId, Context } from '../component.ts';
import type { CallMessage } from '../messages.ts';
import { OVER_STREAM } from '../apiserver/connect/stream-call.ts';
import { answerCall } from './answer-call.ts';
import { followLogs } from './follow-logs.ts';
import { kubeletPage } from './kubelet-pages.ts';
import type { LogOptions } from './logs.ts';
import { logsOf } from './logs.ts';
import type { PodRecord } from './pod-record.ts';
import type { RuntimeContainer } from './pod-runtime.ts';
import { newestOf } from './pod-runtime.ts';
import { forwardOver, openForward } from './port-forward.ts';
import type { KubeletState } from './state.ts';
import { callRuntime } from './state.ts';

/**
 * What an API server asks a kubelet for on behalf of `kubectl logs`, `exec`, `attach`, `port-forward` and `nodes/proxy`: the
 * methods are those of the kubelet's own HTTP server, the parameters `namespace`, `pod`, `container`, and `options`, `command`
 * or `ports`; of a page its `path`. The answer has the HTTP `code`, and `text` or `message`; for a command also its `exitCode`.
 * Source: pkg/kubelet/server/server.go `InstallDebuggingHandlers`, 1.36.
 */
export const CONTAINER_LOGS = 'GET /containerLogs';
export const EXEC = 'POST /exec';
export const ATTACH = 'POST /attach';
export const PORT_FORWARD = 'POST /portForward';
export const KUBELET_PAGE = 'GET';

export function serveKubeletCall(state: KubeletState, from: ComponentId, call: CallMessage, context: Context): void {
  const { method, parameters, id } = call;
  const reply = (ok: boolean, result: Readonly<Record<string, unknown>>) =>
    answerCall(from, { id, method }, ok, result, context);
  if (method === OVER_STREAM) return forwardOver(state, from, call, context);
  if (method === KUBELET_PAGE) return reply(true, kubeletPage(state, String(parameters['path'])));
  const key = `${String(parameters['namespace'])}/${String(parameters['pod'])}`;
  const name = String(parameters['container']);
  const record = [...state.records.values()].find((candidate) => candidate.key === key && !candidate.isRemoved);
  if (method === CONTAINER_LOGS) {
    if (record === undefined) return reply(false, { code: 404, message: `pod "${key}" does not exist` });
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
  if (record === undefined) return reply(false, { code: 404, message: 'pod does not exist' });
  if (method === PORT_FORWARD) return openForward(state, record, from, call, context);
  if (method !== EXEC && method !== ATTACH) return reply(false, { code: 404, message: '404 page not found' });
  // An error that has no code of its own is told as 500. Source: staging/src/k8s.io/cri-streaming `WriteError`, 1.36.
  const container = newestOf(record.runtime, name);
  const pod = `${String(parameters['pod'])}_${String(parameters['namespace'])}`;
  if (container?.state !== 'running') {
    const message = method === EXEC ? `container not found ("${name}")` : `container ${name} not found in pod ${pod}`;
    return reply(false, { code: 500, message });
  }
  const exec = { to: from, id, method };
  const [order, command] = method === EXEC ? ['ExecSync', { command: parameters['command'] }] : ['Attach', {}];
  callRuntime(
    state,
    { uid: record.uid, container: name, exec },
    order,
    { container: container.id, ...command },
    context,
  );
}

/** The runtime has let somebody attach: what the container writes from now on is told until it ends. */
export function attached(
  state: KubeletState,
  record: PodRecord,
  name: string,
  exec: { readonly to: ComponentId; readonly id: number; readonly method: string },
  context: Context,
): void {
  const container = newestOf(record.runtime, name);
  if (container === undefined) return answerCall(exec.to, exec, true, { code: 200, text: '' }, context);
  const options: LogOptions = { afterMs: context.nowMs };
  followLogs(state, { ...exec, uid: record.uid, container: container.id, options }, container, context);
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
