import type { EtcdRange } from '../messages.ts';
import type { Pending, PreparedWrite, Server } from './state.ts';

/** Asks etcd; the answer finds its request by the id. */
export function ask({ state, context }: Server, pending: Pending, range: Omit<EtcdRange, 'type' | 'id'>): void {
  const id = context.next('etcd');
  state.pending.set(id, pending);
  context.send(
    state.settings.etcd,
    { type: 'etcd-range', id, ...range },
    { class: 'request', verb: 'Range', detail: { key: range.key } },
  );
}

/** One compare-and-write, as the API server makes them. */
export function sendTxn({ state, context }: Server, pending: Pending, prepared: PreparedWrite): void {
  const { key, value, expectedRevision, ttlSeconds } = prepared;
  const id = context.next('etcd');
  state.pending.set(id, pending);
  context.send(
    state.settings.etcd,
    { type: 'etcd-txn', id, key, value, expectedRevision, ...(ttlSeconds === undefined ? {} : { ttlSeconds }) },
    {
      class: 'request',
      verb: 'Txn',
      ...(value === undefined ? {} : { body: value }),
      detail: { key, compare: `mod_revision == ${expectedRevision}`, op: value === undefined ? 'delete' : 'put' },
    },
  );
}
