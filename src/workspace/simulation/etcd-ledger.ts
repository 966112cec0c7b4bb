import type { Cluster } from '../../simulator/cluster.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Serving } from '../../simulator/etcd/serving.ts';
import type { KeySpace } from '../../simulator/etcd/mvcc.ts';

/** The key space of etcd at a moment, as the member holds it that has come farthest. */
export interface EtcdKeys {
  readonly revision: number;
  /** Changes up to this revision are forgotten. */
  readonly compactRevision: number;
  readonly keys: readonly EtcdKey[];
}

export interface EtcdKey {
  readonly key: string;
  readonly createRevision: number;
  readonly modRevision: number;
  /** Writes since it was created. */
  readonly version: number;
}

/** What a key was at each of its revisions that etcd still knows, oldest first. */
export interface EtcdHistory {
  readonly key: string;
  readonly compactRevision: number;
  readonly revisions: readonly EtcdRevision[];
}

export interface EtcdRevision {
  readonly revision: number;
  /** undefined: the key was deleted at this revision. */
  readonly value: KubernetesObject | undefined;
}

export function etcdKeys(cluster: Cluster): EtcdKeys {
  const space = newestSpace(cluster);
  if (space === undefined) return { revision: 0, compactRevision: 0, keys: [] };
  const keys = [...space.newest.values()].map(({ key, createRevision, modRevision, version }) => ({
    key,
    createRevision,
    modRevision,
    version,
  }));
  return { revision: space.revision, compactRevision: space.compactRevision, keys };
}

/** Revisions of one key that travel to the page, newest kept. */
const MOST_REVISIONS = 200;

export function etcdHistory(cluster: Cluster, key: string): EtcdHistory {
  const space = newestSpace(cluster);
  if (space === undefined) return { key, compactRevision: 0, revisions: [] };
  const changes = space.changes.from(0).filter(({ event }) => event.key === key);
  const revisions = changes.map(({ event }) => ({ revision: event.modRevision, value: event.value }));
  // The version that held when the history was cut off is still known.
  const before = changes[0]?.before ?? (changes.length === 0 ? space.newest.get(key) : undefined);
  const all = before === undefined ? revisions : [{ revision: before.modRevision, value: before.value }, ...revisions];
  return { key, compactRevision: space.compactRevision, revisions: all.slice(-MOST_REVISIONS) };
}

function newestSpace(cluster: Cluster): KeySpace | undefined {
  const members = cluster.places().filter(({ id, isRunning }) => id.startsWith('etcd-') && isRunning);
  const spaces = members.map(({ id }) => (cluster.stateOf(id) as Serving).space);
  return spaces.toSorted((a, b) => b.revision - a.revision)[0];
}
