import { numberAt, stringAt } from '../../base/json.ts';
import type { TraceClass, TraceEntry } from '../kernel/trace.ts';
import { RESTORE } from '../kubeproxy/kubeproxy.ts';
import { POLICIES, POLICY_CONTROLLER } from '../network/policies/policy-controller.ts';
import { CSI_CONTROLLER } from '../storage/csi-controller.ts';
import { REQUEST, REQUESTS_ENDED, REQUESTS_FAIL } from '../network/traffic-notes.ts';
import type { BySeq, PacketPart } from './traffic-steps.ts';
import { partOf } from './traffic-steps.ts';

/** 0: a lesson tells it; 1: who wants to know how it works sees it; 2: everything. */
export type DetailLevel = 0 | 1 | 2;

/** One step of a run without what it carries: light enough that a whole run travels to the page. */
export interface LogEntry {
  readonly seq: number;
  readonly timeMs: number;
  readonly arrivesAtMs?: number;
  readonly lostBecause?: string;
  readonly from: string;
  readonly to: string;
  /** Who opened the connection, where it was not the sender. */
  readonly opener?: string;
  readonly class: TraceClass;
  readonly verb: string;
  /** `Pod/shop/web-0`. */
  readonly object?: string;
  /** Seq of the step that led to it. */
  readonly cause: number;
  readonly level: DetailLevel;
  /** Subresource, gate or key: what tells two steps of one verb apart. */
  readonly fact?: string;
  /** A write that takes a key away. */
  readonly erases?: true;
}

/** The steps of a run from an entry on, each with the detail at which it is shown; `bySeq` finds every step of the run. */
export function logOf(entries: readonly TraceEntry[], told: ReadonlySet<number>, bySeq: BySeq): readonly LogEntry[] {
  return entries.map((entry) => {
    const { seq, timeMs, arrivesAtMs, lostBecause, from, to, opener, verb, object, cause } = entry;
    const fact = factOf(entry);
    return {
      seq,
      timeMs,
      ...(arrivesAtMs === undefined ? {} : { arrivesAtMs }),
      ...(lostBecause === undefined ? {} : { lostBecause }),
      from,
      to,
      ...(opener === undefined ? {} : { opener }),
      class: entry.class,
      verb,
      ...(object === undefined ? {} : { object }),
      cause,
      level: told.has(seq) ? 0 : levelOf(entry, bySeq),
      ...(fact === undefined ? {} : { fact }),
      ...(verb === 'Txn' && stringAt(entry.detail, 'op') === 'delete' ? { erases: true as const } : {}),
    };
  });
}

/** Whether a message between kubelet, runtime, network plugin and storage driver asks; the other way it answers. */
export function isCall({ class: kind, from }: Pick<TraceEntry, 'class' | 'from'>): boolean {
  if (kind === 'csi') return !from.startsWith('csi/') && from !== CSI_CONTROLLER;
  return kind === 'cri' ? from.startsWith('kubelet/') : from.startsWith('containerd/') || from === POLICY_CONTROLLER;
}

const SUBRESOURCE = /\/(?:status|binding|eviction|scale|token|resize|finalize|ephemeralcontainers)(?=\?|$)/;

function factOf({ class: kind, verb, object, detail }: TraceEntry): string | undefined {
  if (verb === 'SCHEDULE') return stringAt(detail, 'node');
  if (kind === 'request' || kind === 'response') {
    const path = stringAt(detail, 'path');
    if (path !== undefined) return SUBRESOURCE.exec(path)?.[0].slice(1) ?? (object === undefined ? path : undefined);
    return stringAt(detail, 'key');
  }
  if (kind === 'packet') return packetFact(verb, detail);
  if (kind === 'internal') return stringAt(detail, 'line') ?? stringAt(detail, 'error');
  return numberAt(detail, 'exitCode') === undefined ? undefined : String(numberAt(detail, 'exitCode'));
}

/** Who is asked: of a request also who asks, of many how they fare. */
function packetFact(verb: string, detail: TraceEntry['detail']): string | undefined {
  const [from, to, host] = ['from', 'to', 'host'].map((name) => stringAt(detail, name));
  const port = numberAt(detail, 'port');
  // A Node has no namespace: `Node/w1`, as the page names it everywhere.
  const way = `${from?.replace('//', '/') ?? ''} → ${to ?? ''}:${port ?? ''}`;
  if (verb === REQUEST) return way;
  if (verb === REQUESTS_FAIL) return `${way} (${stringAt(detail, 'result') ?? ''})`;
  if (verb === REQUESTS_ENDED) return `${way} (${numberAt(detail, 'ok') ?? 0} / ${numberAt(detail, 'sent') ?? 0})`;
  return host === undefined ? (stringAt(detail, 'name') ?? to) : `${host}:${port ?? ''}`;
}

/** Kinds of objects that are noise to who asks how a request travels. */
export const QUIET_KINDS = /^(?:Event|Lease)\//;
const READS: ReadonlySet<string> = new Set(['GET']);
/** Calls of the runtime that change nothing. */
const RUNTIME_READS: ReadonlySet<string> = new Set(['ImageStatus']);
const PACKET_LEVELS: Readonly<Record<PacketPart, DetailLevel>> = { told: 0, failure: 1, folded: 2 };
const LOUD_NOTES: ReadonlySet<string> = new Set(['SCHEDULE', 'SYNC FAILED', 'kubectl', RESTORE]);

/**
 * What is seen without asking for everything: writes and their way into etcd, what watchers are told, what the runtime is
 * asked; not the gates of each request (its inspector has them), reads, heartbeats, Events, and of requests at a rate those
 * that are answered.
 */
export function levelOf(entry: TraceEntry, bySeq: BySeq): DetailLevel {
  const { class: kind, verb, object, detail } = entry;
  if (kind === 'fault') return 0;
  if (kind === 'packet') return PACKET_LEVELS[partOf(entry, bySeq)];
  if (kind === 'internal') return LOUD_NOTES.has(verb) ? 1 : 2;
  if (object !== undefined && QUIET_KINDS.test(object)) return 2;
  if (kind === 'request') {
    const key = stringAt(detail, 'key');
    if (key?.startsWith('/registry/events/') === true || key?.startsWith('/registry/leases/') === true) return 2;
    return READS.has(verb) || verb === 'Range' ? 2 : 1;
  }
  if (kind === 'response') return 2;
  if (kind === 'watch') return object === undefined ? 2 : 1;
  // Machines are told again and again, in case they did not hear.
  if (kind === 'cri' && RUNTIME_READS.has(verb)) return 2;
  if (kind === 'cni' && verb === POLICIES) return detail?.['repeated'] === true ? 2 : 1;
  return 1;
}
