import type { WebhookAnswer, WebhookCall } from '../../../admission/webhooks/webhook-call.ts';
import { formatIdentity } from './review-object.ts';
import { numberAt, objectAt, stringAt } from '../../../base/json.ts';
import type { AskedReview } from '../../behaviour/review-answer.ts';
import type { AnswerMessage, EtcdResult } from '../../messages.ts';
import type { ConnectOrder } from '../../network/connect.ts';
import { CONNECT } from '../../network/connect.ts';
import { REVIEW } from '../../network/linux.ts';
import { HOST_RESOLV_CONF } from '../../network/resolv-conf.ts';
import type { Pending, Server } from '../state.ts';
import { clientError, httpError } from './client-error.ts';
import { destinationOf } from './destination.ts';
import { webhookTrouble } from '../trouble.ts';
import type { Destination } from './destination.ts';
import { answerName } from './write-run.ts';

/** A write that waits for webhooks. */
export interface WebhookWait {
  readonly pending: Pending;
  /** What etcd had said of the object before. */
  readonly current: EtcdResult | undefined;
  /** Calls without an answer. */
  left: number;
  readonly answers: [string, WebhookAnswer][];
}

/** A call that is under way. Never changes. */
export interface OpenWebhookCall {
  readonly wait: number;
  readonly key: string;
  readonly url: string;
  readonly dialed: string;
  /** The request that is judged ends with it. */
  readonly isLast: boolean;
}

/** What goes on once all have answered. */
type Resume = (server: Server, pending: Pending, current: EtcdResult | undefined) => void;

/** Name of the timer with which a call of a webhook has taken too long. */
export const WEBHOOK_TIMEOUT = 'webhook-timeout';

/** How long a whole request may take. Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go `requestTimeoutUpperBound`, 1.36.2. */
const REQUEST_MS = 34_000;

/** Calls webhooks for a write; `resume` prepares it anew when the last has answered. */
export function callWebhooks(
  server: Server,
  pending: Pending,
  current: EtcdResult | undefined,
  calls: readonly WebhookCall[],
  resume: Resume,
): void {
  const { state, context } = server;
  const number = context.next('webhook-wait');
  const beganMs = pending.beganMs ?? context.nowMs;
  const wait: WebhookWait = { pending: { ...pending, beganMs }, current, left: calls.length, answers: [] };
  state.webhookWaits.set(number, wait);
  const leftMs = Math.max(0, REQUEST_MS - (context.nowMs - beganMs));
  for (const call of calls) {
    const ownMs = (call.timeoutSeconds ?? Infinity) * 1000;
    const timeoutMs = Math.min(ownMs, leftMs);
    const destination = destinationOf(server, call, Math.ceil(timeoutMs / 1000));
    const trouble = webhookTrouble(state, call.webhook);
    if (trouble === 'timeout') {
      const id = context.next('connection');
      const dialed = 'error' in destination ? '' : `${destination.host}:${destination.port}`;
      const url = 'error' in destination ? '' : destination.url;
      state.webhookCalls.set(
        id,
        Object.freeze({ wait: number, key: call.key, url, dialed, isLast: timeoutMs < ownMs }),
      );
      context.timer(timeoutMs, WEBHOOK_TIMEOUT, id);
    } else if (trouble === 'refused' && !('error' in destination)) {
      const { url, host, port } = destination;
      const error = clientError(url, `${host}:${port}`, trouble);
      answered(server, number, call.key, { error, atMs: context.nowMs }, resume);
    } else if ('error' in destination)
      answered(server, number, call.key, { error: destination.error, atMs: context.nowMs }, resume);
    else send(server, number, call, destination, timeoutMs, timeoutMs < ownMs);
  }
}

function send(
  { state, context }: Server,
  wait: number,
  call: WebhookCall,
  { url, host, port, path, service, isOutside }: Destination,
  timeoutMs: number,
  isLast: boolean,
): void {
  const { key, review, webhook, configuration } = call;
  const id = context.next('connection');
  const open: OpenWebhookCall = { wait, key, url, dialed: `${host}:${port}`, isLast };
  state.webhookCalls.set(id, Object.freeze(open));
  const asked: AskedReview = Object.freeze({ webhook, review, ...(service === undefined ? { url } : { service }) });
  const { machine, ips } = state.settings.host ?? { machine: '', ips: [] };
  const order: ConnectOrder = Object.freeze({
    token: String(id),
    fromIps: ips,
    resolvConf: HOST_RESOLV_CONF,
    host,
    port,
    protocol: 'tcp',
    path,
    timeoutMs,
    review: asked,
  });
  const parameters = Object.freeze({ ...(isOutside ? asked : order) });
  context.send(
    isOutside ? 'linux/outside' : `linux/${machine}`,
    { type: 'call', id, method: isOutside ? REVIEW : CONNECT, parameters },
    {
      class: 'request',
      verb: 'POST',
      object: formatIdentity(review),
      body: review,
      detail: { url, webhook, configuration, timeoutMs },
    },
  );
  context.timer(timeoutMs, WEBHOOK_TIMEOUT, id);
}

/** A webhook has answered, or the network has said why not; false where nobody waits for that. */
export function webhookHeard(server: Server, message: AnswerMessage, resume: Resume): boolean {
  const { state, context } = server;
  // Machines count their connections themselves and give back the token.
  const id = message.method === CONNECT ? Number(stringAt(message.result, 'token')) : message.id;
  const call = state.webhookCalls.get(id);
  if (call === undefined) return false;
  state.webhookCalls.delete(id);
  context.relax(WEBHOOK_TIMEOUT, id);
  answered(server, call.wait, call.key, { ...heard(message, call), atMs: context.nowMs }, resume);
  return true;
}

function heard(
  { result }: AnswerMessage,
  { url, dialed }: OpenWebhookCall,
): { readonly body: NonNullable<ReturnType<typeof objectAt>> } | { readonly error: string } {
  const outcome = objectAt(result, 'outcome') ?? result;
  const body = objectAt(outcome, 'body');
  if (body !== undefined) return { body };
  const code = numberAt(outcome, 'code') ?? numberAt(outcome, 'result');
  if (code !== undefined) return { error: httpError(code) };
  return { error: clientError(url, dialed, stringAt(outcome, 'result') ?? stringAt(outcome, 'type') ?? '') };
}

/** A webhook has not answered in time. */
export function webhookTimedOut(server: Server, id: number, resume: Resume): void {
  const { state, context } = server;
  const call = state.webhookCalls.get(id);
  if (call === undefined) return;
  state.webhookCalls.delete(id);
  const over = call.isLast ? ({ isOver: true } as const) : {};
  const error = clientError(call.url, call.dialed, 'timeout');
  answered(server, call.wait, call.key, { error, atMs: context.nowMs, ...over }, resume);
}

function answered(server: Server, number: number, key: string, answer: WebhookAnswer, resume: Resume): void {
  const { state } = server;
  const wait = state.webhookWaits.get(number);
  if (wait === undefined) return;
  wait.answers.push([answerName(key), Object.freeze(answer)]);
  if (--wait.left > 0) return;
  state.webhookWaits.delete(number);
  const { pending, current, answers } = wait;
  const memo = Object.freeze([...(pending.memo ?? []), ...answers.map((entry) => Object.freeze(entry))]);
  resume(server, { ...pending, memo }, current);
}
