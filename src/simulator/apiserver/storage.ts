import type { ComponentId } from '../component.ts';
import type { EtcdRange } from '../messages.ts';
import type { ApiServerState, Pending, PreparedWrite, Server } from './state.ts';

/** Name of the timer after which requests that wait for etcd may have waited too long. */
export const EXPIRE = 'expire-requests';

/** The member of etcd that an API server talks to. */
export function etcdOf({ settings, etcd }: ApiServerState): ComponentId {
  return settings.etcd[etcd.endpoint]!;
}

/** How long an answer is waited for: until the connection must be dead, or for good where there is no other member. */
export function patienceOf({ state, context }: Server): number {
  const { apiServer, etcd } = context.numbers;
  return state.settings.etcd.length > 1 ? etcd.deadConnectionMs : apiServer.requestTimeoutMs;
}

/** Notes a request that waits for etcd, and sees to it that it does not wait for ever. */
function awaitEtcd(server: Server, id: number, pending: Pending): void {
  const { state, context } = server;
  state.pending.set(id, { ...pending, askedMs: context.nowMs });
  if (state.isExpiring) return;
  state.isExpiring = true;
  context.timer(patienceOf(server), EXPIRE, undefined, { periodic: true });
}

/** Asks etcd; the answer finds its request by the id. */
export function ask(server: Server, pending: Pending, range: Omit<EtcdRange, 'type' | 'id'>): void {
  const { state, context } = server;
  const id = context.next('etcd');
  awaitEtcd(server, id, { ...pending, range });
  context.send(
    etcdOf(state),
    { type: 'etcd-range', id, ...range },
    { class: 'request', verb: 'Range', detail: { key: range.key } },
  );
}

/** One compare-and-write, as the API server makes them. */
export function sendTxn(server: Server, pending: Pending, prepared: PreparedWrite): void {
  const { state, context } = server;
  const { key, value, expectedRevision, ttlSeconds } = prepared;
  const id = context.next('etcd');
  const { range: _, ...writing } = pending;
  awaitEtcd(server, id, writing);
  context.send(
    etcdOf(state),
    { type: 'etcd-txn', id, key, value, expectedRevision, ...(ttlSeconds === undefined ? {} : { ttlSeconds }) },
    {
      class: 'request',
      verb: 'Txn',
      ...(value === undefined ? {} : { body: value }),
      detail: { key, compare: `mod_revision == ${expectedRevision}`, op: value === undefined ? 'delete' : 'put' },
    },
  );
}
