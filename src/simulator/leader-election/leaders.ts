import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { ComponentId, ComponentPlace } from '../component.ts';
import { CONTROLLER_MANAGER } from '../controllers/shared-informers.ts';
import { raftLeaderTerm } from '../etcd/member.ts';
import { actsAsLeader, identityOf } from './leader-election.ts';
import { recordOf } from './try-acquire.ts';

/** A cluster as it can be looked at. */
export interface LookedAt {
  places(): readonly (ComponentPlace & { readonly isRunning: boolean })[];
  stateOf(id: ComponentId): unknown;
  objects(): readonly KubernetesObject[];
}

/** Who leads the processes of one kind. */
export interface ElectedLeader {
  /** The process whose identity stands in the Lease, while it runs; of a kind with one process that. */
  readonly component: ComponentId | undefined;
  /** `holderIdentity` of the Lease; undefined where nobody was elected. */
  readonly identity: string | undefined;
  readonly transitions: number;
  /** Processes that act as the leader now: more than one where the clock of one goes wrong. */
  readonly acting: readonly ComponentId[];
}

/** The three leaders of a control plane, who need not be on one machine. */
export interface Leaders {
  /** The member that leads the others of etcd; undefined while there is none. */
  readonly etcd: ComponentId | undefined;
  readonly scheduler: ElectedLeader;
  readonly controllerManager: ElectedLeader;
}

/** Who leads in a cluster now, as its own state says it: raft of etcd, and the Leases in kube-system. */
export function leadersOf(cluster: LookedAt): Leaders {
  const places = cluster.places().filter(({ isRunning }) => isRunning);
  return {
    etcd: etcdLeader(cluster, places),
    scheduler: elected(cluster, places, 'kube-scheduler'),
    controllerManager: elected(cluster, places, CONTROLLER_MANAGER),
  };
}

/** A leader that was cut off may still believe that it leads: that of the newest term does. */
function etcdLeader(cluster: LookedAt, places: readonly ComponentPlace[]): ComponentId | undefined {
  const folded = places.find(({ kind }) => kind === 'etcd-folded');
  if (folded !== undefined) return folded.id;
  const terms = places
    .filter(({ kind }) => kind === 'etcd-member')
    .map(({ id }) => ({ id, term: raftLeaderTerm(cluster.stateOf(id)) }));
  return terms.filter(({ term }) => term > 0).toSorted((a, b) => b.term - a.term)[0]?.id;
}

function elected(cluster: LookedAt, places: readonly ComponentPlace[], lease: string): ElectedLeader {
  const candidates = places.filter(
    ({ kind, process }) => kind === 'leader-election' && process.startsWith(`${lease}-`),
  );
  const only = places.find(({ id }) => id === lease);
  if (only !== undefined) return { component: lease, identity: undefined, transitions: 0, acting: [lease] };
  const found = cluster
    .objects()
    .find((object) => object.kind === 'Lease' && namespaceOf(object) === 'kube-system' && nameOf(object) === lease);
  const record = found === undefined ? undefined : recordOf(found);
  const holder = candidates.find(({ id }) => identityOf(cluster.stateOf(id)) === record?.holder);
  return {
    component: holder?.process,
    identity: record?.holder === '' ? undefined : record?.holder,
    transitions: record?.transitions ?? 0,
    acting: candidates.filter(({ id }) => actsAsLeader(cluster.stateOf(id))).map(({ process }) => process),
  };
}
