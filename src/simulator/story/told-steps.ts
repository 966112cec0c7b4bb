import type { TraceEntry } from '../kernel/trace.ts';
import { RESTORE } from '../kubeproxy/kubeproxy.ts';
import { isCall } from './log-entry.ts';
import type { BySeq } from './traffic-steps.ts';
import { packetsBehind, partOf } from './traffic-steps.ts';

/** Writes that nobody tells of: heartbeats, Events, what is kept beside. */
const UNTOLD = /^(?:Event|Lease|TokenRequest|IPAddress)\//;
const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const CALLS: ReadonlySet<string> = new Set([
  'RunPodSandbox',
  'PullImage',
  'StartContainer',
  'StopContainer',
  'StopPodSandbox',
  'ADD',
  'ControllerPublishVolume',
  'ControllerUnpublishVolume',
  'CreateSnapshot',
  'DeleteSnapshot',
  'NodeStageVolume',
  'NodePublishVolume',
  'NodeUnpublishVolume',
  'NodeUnstageVolume',
]);

/**
 * The steps that a story tells: every write from the one who asks to the row in etcd, the watch that made somebody act,
 * the scheduler's choice, what a runtime is asked to do, and the rules of the first Node that has them written. Reads, status that repeats, and watches that led to nothing
 * are left out. Folding never reorders. Adds to `told` what the entries after the first `from` tell, of the steps from
 * `first` on: also steps before them, which led to them. Gives what it
 * added.
 */
export function tellSteps(
  entries: readonly TraceEntry[],
  from: number,
  first: number,
  told: Set<number>,
): readonly number[] {
  const added: number[] = [];
  const tell = (seq: number): void => {
    if (told.has(seq)) return;
    told.add(seq);
    added.push(seq);
  };
  const bySeq: BySeq = (seq) => entries[seq - 1];
  for (let at = Math.max(from, first - 1); at < entries.length; at++) {
    const entry = entries[at]!;
    if (entry.verb === 'Txn') {
      if (told.has(requestOf(entry, bySeq))) tell(entry.seq);
      continue;
    }
    if (entry.verb === RESTORE ? !isFirstWriting(entry, bySeq) : !isTold(entry, bySeq)) continue;
    tell(entry.seq);
    for (const packet of packetsBehind(entry, bySeq)) tell(packet.seq);
    // What led to it is told too, back to the message that its sender had received.
    for (let cause = bySeq(entry.cause); cause !== undefined && cause.seq >= first; cause = bySeq(cause.cause)) {
      if (told.has(cause.seq)) break;
      if (cause.class === 'watch' && cause.object !== undefined) {
        tell(cause.seq);
        break;
      }
      if (cause.class === 'request' && !isReading(cause)) break;
    }
  }
  return added;
}

/** kube-proxy writes the rules of a Service; every Node does the same after the same change, and one stands for all. */
function isFirstWriting(entry: TraceEntry, bySeq: (seq: number) => TraceEntry | undefined): boolean {
  if (entry.object === undefined) return false;
  const change = bySeq(entry.cause)?.cause ?? 0;
  for (let seq = entry.seq - 1; seq > change; seq--) {
    const before = bySeq(seq);
    if (before?.verb === RESTORE && bySeq(before.cause)?.cause === change) return false;
  }
  return true;
}

/** A question on the way to a deed: what led to the question led to the deed. */
function isReading({ verb, object }: TraceEntry): boolean {
  return verb === 'GET' || verb === 'Range' || object?.startsWith('TokenRequest/') === true;
}

/** Seq of the request for which the API server writes: the gates that it passed stand between the two. */
function requestOf(txn: TraceEntry, bySeq: (seq: number) => TraceEntry | undefined): number {
  let cause = bySeq(txn.cause);
  while (cause?.class === 'internal') cause = bySeq(cause.cause);
  return cause?.class === 'request' ? cause.seq : 0;
}

/** An answer that a person would be told of; that something is not there yet is how kubectl finds out what to do. */
function isRefusal(verb: string): boolean {
  return Number(verb) >= 400 && verb !== '404';
}

function isTold(entry: TraceEntry, bySeq: BySeq): boolean {
  const { class: kind, verb, object, from, to, detail } = entry;
  if (kind === 'fault') return true;
  if (kind === 'packet') return partOf(entry, bySeq) === 'told';
  if (kind === 'internal') return verb === 'SCHEDULE' || verb === 'kubectl';
  if (kind === 'cri' || kind === 'cni' || kind === 'csi') return CALLS.has(verb) && isCall({ class: kind, from });
  if (kind === 'response') return to === 'kubectl' && isRefusal(verb);
  if (kind !== 'request' || from.startsWith('kube-apiserver') || to.startsWith('etcd')) return false;
  if (!WRITES.has(verb) || object === undefined || UNTOLD.test(object)) return false;
  const path = typeof detail?.['path'] === 'string' ? detail['path'] : '';
  // A Node's own status comes every few minutes whatever happens.
  return !(object.startsWith('Node/') && path.endsWith('/status') && from.startsWith('kubelet/'));
}
