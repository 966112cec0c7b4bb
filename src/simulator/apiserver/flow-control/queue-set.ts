import { deal } from './deal.ts';
import { integrateDemand } from './levels.ts';
import type { Level } from './levels.ts';

/** A request that waits for a seat, by `client/request`. Never changes. */
export interface Waiter {
  readonly key: string;
  readonly seats: number;
  readonly arrival: number;
}

export interface Queue {
  readonly waiting: Waiter[];
  executing: number;
  seatsInUse: number;
  /** Virtual time at which its next request is served. */
  nextDispatch: number;
}

/** How long a request is thought to take. Source: staging/src/k8s.io/apiserver/pkg/util/flowcontrol/fairqueuing/queueset/queueset.go, 1.36. */
const ESTIMATED_MS = 3;

/** What became of a request that came; the queue through which it took its seat. */
export type Entered =
  | { readonly place: 'seated'; readonly queue: number | undefined }
  | { readonly place: 'queued' | 'full' };

const QUEUED: Entered = { place: 'queued' };
const FULL: Entered = { place: 'full' };

/**
 * Fair queuing for server requests: of those who wait, the flow comes next that was served least.
 * Source: staging/src/k8s.io/apiserver/pkg/util/flowcontrol/fairqueuing/queueset/{queueset,doc}.go, 1.36.
 */
export function enter(level: Level, waiter: Omit<Waiter, 'arrival'>, hash: string, nowMs: number): Entered {
  const { queuing } = level;
  integrateDemand(level, nowMs);
  syncTime(level, nowMs);
  const canSit = level.waiting === 0 && hasRoom(level, waiter.seats);
  if (queuing === undefined) {
    if (!canSit) return FULL;
    seat(level, waiter.seats);
    return { place: 'seated', queue: undefined };
  }
  const index = queueFor(level, queuing, hash);
  let queue = level.queues.get(index);
  if (queue === undefined) {
    queue = { waiting: [], executing: 0, seatsInUse: 0, nextDispatch: level.virtualTime };
    level.queues.set(index, queue);
  }
  if (canSit) {
    seatFrom(level, queue, waiter.seats);
    return { place: 'seated', queue: index };
  }
  if (level.seatsInUse >= level.seats && queue.waiting.length >= queuing.queueLengthLimit) return FULL;
  queue.waiting.push(Object.freeze({ ...waiter, arrival: level.virtualTime }));
  level.waiting++;
  level.seatsWaiting += waiter.seats;
  bound(queue);
  return QUEUED;
}

function seatFrom(level: Level, queue: Queue, seats: number): void {
  seat(level, seats);
  queue.executing++;
  queue.seatsInUse += seats;
  queue.nextDispatch += seats * ESTIMATED_MS;
}

function hasRoom({ seats, seatsInUse, executing }: Level, wanted: number): boolean {
  return wanted > seats ? executing === 0 : seatsInUse + wanted <= seats;
}

function seat(level: Level, seats: number): void {
  level.executing++;
  level.seatsInUse += seats;
}

const hands = new Map<string, readonly number[]>();

/** The hand of a flow is always the same. */
function handOf(queues: number, handSize: number, hash: string): readonly number[] {
  const key = `${queues}/${handSize}/${hash}`;
  let hand = hands.get(key);
  if (hand === undefined) hands.set(key, (hand = deal(queues, handSize, BigInt(`0x${hash}`))));
  return hand;
}

/** The emptiest queue of the hand that a flow is dealt. */
function queueFor(level: Level, { queues, handSize }: NonNullable<Level['queuing']>, hash: string): number {
  const hand = handOf(queues, handSize, hash);
  const offset = level.enqueues++ % hand.length;
  let [best, least] = [hand[0] ?? 0, Infinity];
  for (let at = 0; at < hand.length; at++) {
    const index = hand[(offset + at) % hand.length]!;
    const work = level.queues.get(index)?.waiting.reduce((sum, { seats }) => sum + seats * ESTIMATED_MS, 0) ?? 0;
    if (work < least) [best, least] = [index, work];
  }
  return best;
}

/** Virtual time passes as fast as a flow is served that wants all it can get. */
function syncTime(level: Level, nowMs: number): void {
  const passedMs = nowMs - level.virtualMs;
  level.virtualMs = nowMs;
  const active = level.queues.size;
  if (passedMs === 0 || active === 0) return;
  level.virtualTime += (Math.min(level.seatsInUse + level.seatsWaiting, level.seats) / active) * passedMs;
}

/** Nobody is served before it came. */
function bound(queue: Queue): void {
  const [oldest] = queue.waiting;
  if (oldest !== undefined) queue.nextDispatch = Math.max(queue.nextDispatch, oldest.arrival);
}

/** Seats whoever may sit now; gives them with the queues that they come from. */
export function dispatch(level: Level, nowMs: number): readonly { readonly waiter: Waiter; readonly queue: number }[] {
  const seated: { readonly waiter: Waiter; readonly queue: number }[] = [];
  integrateDemand(level, nowMs);
  syncTime(level, nowMs);
  while (level.waiting > 0 && level.seatsInUse < level.seats) {
    const index = nextQueue(level);
    const queue = index === undefined ? undefined : level.queues.get(index);
    const [waiter] = queue?.waiting ?? [];
    if (index === undefined || queue === undefined || waiter === undefined || !hasRoom(level, waiter.seats)) break;
    level.robin = index;
    queue.waiting.shift();
    left(level, waiter);
    seatFrom(level, queue, waiter.seats);
    bound(queue);
    seated.push({ waiter, queue: index });
  }
  return seated;
}

/** The queue whose oldest request would be done first, in turn where several would. */
function nextQueue({ queues, robin, queuing }: Level): number | undefined {
  const count = queuing?.queues ?? 1;
  const order = [...queues.keys()].toSorted(
    (a, b) => ((a - robin - 1 + count) % count) - ((b - robin - 1 + count) % count),
  );
  let [best, least]: [number | undefined, number] = [undefined, Infinity];
  for (const index of order) {
    const queue = queues.get(index)!;
    const [oldest] = queue.waiting;
    if (oldest === undefined) continue;
    const finish = queue.nextDispatch + oldest.seats * ESTIMATED_MS;
    if (finish < least) [best, least] = [index, finish];
  }
  return best;
}

function left(level: Level, { seats }: Waiter): void {
  level.waiting--;
  level.seatsWaiting -= seats;
}

/** A request has waited too long. */
export function giveUp(level: Level, key: string, nowMs: number): void {
  integrateDemand(level, nowMs);
  syncTime(level, nowMs);
  for (const [index, queue] of level.queues) {
    const at = queue.waiting.findIndex((waiter) => waiter.key === key);
    const waiter = queue.waiting[at];
    if (waiter === undefined) continue;
    queue.waiting.splice(at, 1);
    left(level, waiter);
    bound(queue);
    if (queue.waiting.length === 0 && queue.executing === 0) level.queues.delete(index);
    return;
  }
}

/** A request is answered: its seats are free. `queue` is the one that it waited in. */
export function leave(
  level: Level,
  {
    seats,
    sinceMs,
    queue: index,
  }: { readonly seats: number; readonly sinceMs: number; readonly queue: number | undefined },
  nowMs: number,
): void {
  integrateDemand(level, nowMs);
  syncTime(level, nowMs);
  level.executing--;
  level.seatsInUse -= seats;
  const queue = index === undefined ? undefined : level.queues.get(index);
  if (queue === undefined || index === undefined) return;
  queue.executing--;
  queue.seatsInUse -= seats;
  queue.nextDispatch -= seats * (ESTIMATED_MS - (nowMs - sinceMs));
  bound(queue);
  if (queue.waiting.length === 0 && queue.executing === 0) level.queues.delete(index);
}
