import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import { stringAt } from '../../base/json.ts';
import { storageKeyOf } from './served-resources.ts';
import { awaitEtcd } from './etcd-connection.ts';
import type { EtcdRange } from '../messages.ts';
import type { Pending, PreparedWrite, Server, SideWrite } from './state.ts';

/** Asks etcd; the answer finds its request by the id. */
export function ask(server: Server, pending: Pending, range: Omit<EtcdRange, 'type' | 'id'>): void {
  const { state, context } = server;
  const id = context.next('etcd');
  awaitEtcd(server, id, pending);
  context.send(
    state.settings.etcd,
    { type: 'etcd-range', id, ...range },
    { class: 'request', verb: 'Range', detail: { key: range.key } },
  );
}

/** What admission writes besides: nobody waits for it, but it stands before the write that it belongs to. */
export function sendSideWrites({ state, context }: Server, writes: readonly SideWrite[]): void {
  for (const { object, isDelete } of writes) {
    const resource = [...state.resources.values()].find(
      ({ group, kind }) => kind === object.kind && group === parseApiVersion(object.apiVersion).group,
    );
    if (resource === undefined) continue;
    const key = storageKeyOf(resource, object);
    const expectedRevision = Number(stringAt(object, 'metadata', 'resourceVersion') ?? '0');
    const value = isDelete === true ? undefined : Object.freeze(object);
    context.send(
      state.settings.etcd,
      { type: 'etcd-txn', id: context.next('etcd'), key, value, expectedRevision },
      { class: 'request', verb: 'Txn', body: object, detail: { key, op: isDelete === true ? 'delete' : 'put' } },
    );
  }
}

/** One compare-and-write, as the API server makes them. */
export function sendTxn(server: Server, pending: Pending, prepared: PreparedWrite): void {
  const { state, context } = server;
  const { key, value, expectedRevision, ttlSeconds } = prepared;
  const id = context.next('etcd');
  awaitEtcd(server, id, pending);
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
