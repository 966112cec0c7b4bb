import type { Cluster } from '../../simulator/cluster.ts';
import type { Completion } from '../../simulator/kubectl/complete.ts';
import { completeLine } from '../../simulator/kubectl/complete.ts';
import { etcdHistory, etcdKeys } from './etcd-ledger.ts';
import type { EtcdHistory, EtcdKeys } from './etcd-ledger.ts';
import { ledgerEvents } from './event-ledger.ts';
import type { LedgerEvent } from './event-ledger.ts';
import { nodeInside } from './node-inside.ts';
import type { NodeInside } from './node-inside.ts';

/** What can be looked at of a cluster as it stood at a step, beside its picture. */
export type Look =
  | { readonly type: 'events' }
  | { readonly type: 'keys' }
  | { readonly type: 'key'; readonly key: string }
  | { readonly type: 'node'; readonly node: string }
  | { readonly type: 'completion'; readonly line: string };

/** What each look finds. */
export interface LookAnswers {
  readonly events: readonly LedgerEvent[];
  readonly keys: EtcdKeys;
  readonly key: EtcdHistory;
  readonly node: NodeInside;
  readonly completion: Completion;
}

export type AnswerTo<Wanted extends Look> = LookAnswers[Wanted['type']];
export type LookAnswer = LookAnswers[Look['type']];

/** `files`: what `kubectl -f` can name. */
export function lookAt(cluster: Cluster, look: Look, files: readonly string[]): LookAnswer {
  switch (look.type) {
    case 'events':
      return ledgerEvents(cluster);
    case 'keys':
      return etcdKeys(cluster);
    case 'key':
      return etcdHistory(cluster, look.key);
    case 'node':
      return nodeInside(cluster, look.node);
    case 'completion':
      return completeLine(look.line, cluster.objects(), files);
  }
}
