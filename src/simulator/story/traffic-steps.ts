import { numberAt } from '../../base/json.ts';
import type { TraceEntry } from '../kernel/trace.ts';
import { REQUEST, REQUESTS_ENDED, REQUESTS_FAIL } from '../network/traffic-notes.ts';

export type BySeq = (seq: number) => TraceEntry | undefined;

const TOLD_NOTES: ReadonlySet<string> = new Set([REQUESTS_FAIL, REQUESTS_ENDED]);

/** What a packet is to who follows the story. */
export type PacketPart =
  /** A request that was sent for itself, the first of those at a rate, or a note of how many fared. */
  | 'told'
  /** One of many in which something went wrong: the answer that says so. */
  | 'failure'
  /** One of many. */
  | 'folded';

/** Requests at a rate are told by the first, those with which failures begin, and their end: they would fill a story. */
export function partOf(entry: TraceEntry, bySeq: BySeq): PacketPart {
  if (TOLD_NOTES.has(entry.verb)) return 'told';
  const request = requestOf(entry, bySeq);
  if (numberAt(request?.detail, 'rate') === undefined || numberAt(request?.detail, 'number') === 1) return 'told';
  const isAnswer = entry.to === 'traffic' && entry.from !== entry.to;
  return isAnswer && !(Number(entry.verb) < 400) ? 'failure' : 'folded';
}

/** The packets of the request of which a note says that it failed, from its sending on. */
export function packetsBehind(note: TraceEntry, bySeq: BySeq): readonly TraceEntry[] {
  if (note.verb !== REQUESTS_FAIL) return [];
  const packets: TraceEntry[] = [];
  for (let at = bySeq(note.cause); at?.class === 'packet'; at = at.verb === REQUEST ? undefined : bySeq(at.cause))
    packets.push(at);
  return packets;
}

/** The note with which the request was sent that a packet belongs to. */
function requestOf(entry: TraceEntry, bySeq: BySeq): TraceEntry | undefined {
  let at: TraceEntry | undefined = entry;
  while (at?.class === 'packet' && at.verb !== REQUEST) at = bySeq(at.cause);
  return at?.class === 'packet' ? at : undefined;
}
