import { stringAt } from '../../base/json.ts';
import { OVER_STREAM } from '../apiserver/connect/stream-call.ts';
import type { ApiClient, ApiResult } from '../client/api-client.ts';
import { sendCall } from '../client/api-client.ts';
import type { ComponentId, Context } from '../component.ts';
import type { AnswerMessage, CallMessage } from '../messages.ts';
import type { ConnectOrder, ConnectOutcome } from '../network/connect.ts';
import { CONNECT } from '../network/connect.ts';
import { rawCall } from './raw-call.ts';

/** A port of the laptop on which a command listens: `port-forward` for a Pod, `proxy` for the API server. Never changes. */
export interface LocalPort {
  /** The command's. */
  readonly token: string;
  /** The stream to the Pod and the Pod's port; undefined where the API server itself is reached. */
  readonly forward: { readonly stream: number; readonly port: number } | undefined;
}

/** A request that came to such a port, and who waits for its answer. Never changes. */
export interface LocalRequest {
  readonly to: ComponentId;
  readonly id: number;
  readonly order: ConnectOrder;
  readonly local: LocalPort;
}

export interface LocalPorts {
  readonly client: ApiClient;
  /** By number. */
  readonly ports: Map<number, LocalPort>;
  /** By the id of the request or call that was made for them. */
  readonly localRequests: Map<number, LocalRequest>;
}

/** Paths that `kubectl proxy` does not let through. Source: staging/src/k8s.io/kubectl/pkg/proxy/proxy_server.go, 1.36. */
const REJECTED = /^\/api\/.*\/pods\/.*\/(?:exec|attach)/;

/** A process of the laptop asks for something on a loopback port. Gives the port that took it, for its command to tell. */
export function localAsked(
  state: LocalPorts,
  to: ComponentId,
  { id, parameters }: CallMessage,
  context: Context,
): LocalPort | undefined {
  const order = parameters as unknown as ConnectOrder;
  const local = state.ports.get(order.port);
  if (local === undefined) {
    answerLocal({ to, id, order }, { ok: false, result: 'refused', questions: [] }, context);
    return undefined;
  }
  const request: LocalRequest = Object.freeze({ to, id, order, local });
  const { forward } = local;
  if (forward === undefined) {
    if (REJECTED.test(order.path))
      answerLocal(request, { ok: false, result: 403, questions: [], text: 'Forbidden\n' }, context);
    else state.localRequests.set(sendCall(state.client, rawCall(order.path), context), request);
    return local;
  }
  const call = context.next('request');
  state.localRequests.set(call, request);
  const { path, header } = order;
  const host = header === undefined ? {} : { host: header };
  const data = Object.freeze({ stream: forward.stream, port: forward.port, path, ...host });
  context.send(
    state.client.server,
    { type: 'call', id: call, method: OVER_STREAM, parameters: data },
    { class: 'request', verb: OVER_STREAM, detail: { port: forward.port, path } },
  );
  return local;
}

/** The Pod has answered over its stream. Gives the request and the words of a failure, undefined where it is well. */
export function localAnswered(
  state: LocalPorts,
  { id, ok, result }: AnswerMessage,
  context: Context,
): { readonly request: LocalRequest; readonly failure: string | undefined } | undefined {
  const request = state.localRequests.get(id);
  if (request === undefined) return undefined;
  state.localRequests.delete(id);
  const text = stringAt(result, 'text') ?? '';
  const code = Number(result['code']);
  const by = String(result['by'] ?? '');
  const outcome: ConnectOutcome = ok
    ? { ok: code < 400, result: code, questions: [], ip: LOOPBACK, by, ...(text === '' ? {} : { text }) }
    : { ok: false, result: 'refused', questions: [], ip: LOOPBACK };
  answerLocal(request, outcome, context);
  return { request, failure: ok ? undefined : String(result['message']) };
}

/** The API server has answered what came through `kubectl proxy`. */
export function localResponded(request: LocalRequest, result: ApiResult, context: Context): void {
  const code = result.code === 0 ? ('refused' as const) : result.code;
  const text = result.ok ? textOf(result) : result.message;
  answerLocal(request, { ok: result.ok, result: code, questions: [], ip: LOOPBACK, text }, context);
}

/** What a response is as text. */
export function textOf({ object }: ApiResult & { readonly ok: true }): string {
  return object.kind === 'Stream' ? (stringAt(object, 'text') ?? '') : `${JSON.stringify(object)}\n`;
}

const LOOPBACK = '127.0.0.1';

function answerLocal(
  { to, id, order }: Pick<LocalRequest, 'to' | 'id' | 'order'>,
  outcome: ConnectOutcome,
  context: Context,
): void {
  const result = Object.freeze({ token: order.token, outcome: Object.freeze(outcome) });
  context.send(
    to,
    { type: 'answer', id, method: CONNECT, ok: outcome.ok, result },
    { class: 'packet', verb: String(outcome.result), detail: { host: order.host, port: order.port, ...outcome } },
  );
}
