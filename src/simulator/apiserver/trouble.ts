import { isLike } from '../behaviour/behaviour-of.ts';
import type { ComponentId } from '../component.ts';
import { timeOf } from '../kernel/clock.ts';
import type { ApiRequest } from '../messages.ts';
import type { Server } from './state.ts';

/** What goes wrong with an API server, and with what it calls. Never changes. */
export interface ServerTrouble {
  /** Webhooks that cannot be reached, by pattern of their names: nobody listens, or nobody answers. */
  readonly webhooks: Readonly<Record<string, 'refused' | 'timeout'>>;
  /** Users whose client certificates have expired, and when. */
  readonly expiredUsers: Readonly<Record<string, number>>;
  /** When its own certificate has expired; undefined while it holds. */
  readonly expiredMs: number | undefined;
}

export const NO_TROUBLE: ServerTrouble = Object.freeze({ webhooks: {}, expiredUsers: {}, expiredMs: undefined });

type Order = (trouble: ServerTrouble, parameters: Readonly<Record<string, unknown>>, nowMs: number) => ServerTrouble;

/** What faults do to an API server, in pairs of contraries. */
const ORDERS: ReadonlyMap<string, Order> = new Map<string, Order>([
  [
    'WebhooksDown',
    (trouble, { webhook, mode }) => {
      const how = mode === 'timeout' ? 'timeout' : 'refused';
      return { ...trouble, webhooks: { ...trouble.webhooks, [String(webhook)]: how } };
    },
  ],
  ['WebhooksUp', (trouble, { webhook }) => ({ ...trouble, webhooks: without(trouble.webhooks, String(webhook)) })],
  [
    'ClientCertificateExpired',
    (trouble, { user }, nowMs) => ({ ...trouble, expiredUsers: { ...trouble.expiredUsers, [String(user)]: nowMs } }),
  ],
  [
    'ClientCertificateRenewed',
    (trouble, { user }) => ({ ...trouble, expiredUsers: without(trouble.expiredUsers, String(user)) }),
  ],
  ['ServingCertificateExpired', (trouble, _parameters, nowMs) => ({ ...trouble, expiredMs: nowMs })],
  ['ServingCertificateRenewed', (trouble) => ({ ...trouble, expiredMs: undefined })],
]);

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

/** Takes in what a fault does; false where it is no fault. */
export function troubled(
  { state, context }: Server,
  method: string,
  parameters: Readonly<Record<string, unknown>>,
): boolean {
  const order = ORDERS.get(method);
  if (order !== undefined) state.trouble = Object.freeze(order(state.trouble, parameters, context.nowMs));
  return order !== undefined;
}

/** Whether, and how, a webhook cannot be reached. */
export function webhookTrouble({ trouble }: Server['state'], webhook: string): 'refused' | 'timeout' | undefined {
  return Object.entries(trouble.webhooks).find(([pattern]) => isLike(webhook, pattern))?.[1];
}

/** Source: crypto/x509 `CertificateInvalidError`, Go 1.26. Times in milliseconds of the run. */
export function expiredWords(nowMs: number, notAfterMs: number): string {
  const times = `current time ${timeOf(nowMs)} is after ${timeOf(notAfterMs)}`;
  return `x509: certificate has expired or is not yet valid: ${times}`;
}

/**
 * A client that opens a connection finds that the server's certificate has expired, and sends nothing. Who has one open,
 * as its watches show, goes on with it: certificates are looked at when connections begin.
 */
export function refusesHandshake({ state, context }: Server, from: ComponentId, request: ApiRequest): boolean {
  const { expiredMs } = state.trouble;
  if (expiredMs === undefined || from === context.self || from.startsWith(`${context.self}/`)) return false;
  if ([...state.open.keys()].some((place) => place.startsWith(`${from}/`))) return false;
  const error = `tls: failed to verify certificate: ${expiredWords(context.nowMs, expiredMs)}`;
  const answer = { type: 'response', id: request.id, code: 0, failure: 'timeout', error } as const;
  context.send(from, answer, { class: 'response', verb: 'CLOSED', opener: from, detail: { error } });
  return true;
}
