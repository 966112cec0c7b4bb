import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { numberAt, objectAt, stringAt } from '../../../base/json.ts';
import { allocateSeats } from './allocation.ts';
import type { Queue } from './queue-set.ts';

/** Names of priority levels that are always there. */
export const CATCH_ALL = 'catch-all';

/** A priority level: its share of the server, and who sits and waits there. Mutable plain data. */
export interface Level {
  readonly name: string;
  readonly isExempt: boolean;
  /** Queues, cards of a hand and the longest queue; undefined for a level that refuses at once. */
  readonly queuing:
    | { readonly queues: number; readonly handSize: number; readonly queueLengthLimit: number }
    | undefined;
  /** Seats by its shares; what it keeps for itself at least; what it may have with borrowed ones. */
  readonly nominalSeats: number;
  readonly minSeats: number;
  readonly maxSeats: number;
  /** Seats that it may use now. */
  seats: number;
  seatsInUse: number;
  seatsWaiting: number;
  executing: number;
  waiting: number;
  /** Only those that somebody has waited in. */
  readonly queues: Map<number, Queue>;
  enqueues: number;
  robin: number;
  /** Virtual time, in seat milliseconds, and when it was last brought up to date. */
  virtualTime: number;
  virtualMs: number;
  readonly demand: Demand;
}

/** How many seats were wanted since the last adjustment. */
interface Demand {
  sinceMs: number;
  startMs: number;
  sum: number;
  squares: number;
  most: number;
  smoothed: number;
}

/**
 * Levels as the configuration says, with the seats of those that stay.
 * Source: staging/src/k8s.io/apiserver/pkg/util/flowcontrol/apf_controller.go `finishQueueSetReconfigsLocked`, 1.36.
 */
export function levelsOf(
  configurations: readonly KubernetesObject[],
  serverSeats: number,
  before: ReadonlyMap<string, Level>,
  nowMs: number,
): Map<string, Level> {
  const limits = configurations.map((one) => ({ one, limit: limitOf(one) }));
  const sharesSum = limits.reduce((sum, { limit }) => sum + (numberAt(limit, 'nominalConcurrencyShares') ?? 30), 0);
  const levels = new Map<string, Level>();
  for (const { one, limit } of limits) {
    const shares = numberAt(limit, 'nominalConcurrencyShares') ?? 30;
    const nominalSeats = Math.ceil((serverSeats * shares) / sharesSum);
    const borrowing = numberAt(limit, 'borrowingLimitPercent');
    const lendable = Math.round((nominalSeats * (numberAt(limit, 'lendablePercent') ?? 0)) / 100);
    const borrowed = borrowing === undefined ? serverSeats : Math.round((nominalSeats * borrowing) / 100);
    const queuing = objectAt(limit, 'limitResponse', 'queuing');
    const name = nameOf(one);
    const fresh: Level = {
      name,
      isExempt: stringAt(one, 'spec', 'type') === 'Exempt',
      queuing:
        stringAt(limit, 'limitResponse', 'type') === 'Queue'
          ? {
              queues: numberAt(queuing, 'queues') ?? 64,
              handSize: numberAt(queuing, 'handSize') ?? 8,
              queueLengthLimit: numberAt(queuing, 'queueLengthLimit') ?? 50,
            }
          : undefined,
      nominalSeats,
      minSeats: nominalSeats - lendable,
      maxSeats: nominalSeats + borrowed,
      seats: nominalSeats,
      seatsInUse: 0,
      seatsWaiting: 0,
      executing: 0,
      waiting: 0,
      queues: new Map(),
      enqueues: 0,
      robin: 0,
      virtualTime: 0,
      virtualMs: nowMs,
      demand: { sinceMs: nowMs, startMs: nowMs, sum: 0, squares: 0, most: 0, smoothed: 0 },
    };
    const old = before.get(name);
    const { isExempt, queuing: own, minSeats, maxSeats } = fresh;
    levels.set(name, old === undefined ? fresh : { ...old, isExempt, queuing: own, nominalSeats, minSeats, maxSeats });
  }
  adjustSeats(levels, nowMs);
  return levels;
}

function limitOf(configuration: KubernetesObject) {
  return objectAt(configuration, 'spec', 'limited') ?? objectAt(configuration, 'spec', 'exempt');
}

/** Adds what was wanted until now; before the wanted seats change. */
export function integrateDemand({ demand, seatsInUse, seatsWaiting }: Level, nowMs: number): void {
  const wanted = seatsInUse + seatsWaiting;
  const durationMs = nowMs - demand.sinceMs;
  demand.sum += wanted * durationMs;
  demand.squares += wanted * wanted * durationMs;
  demand.most = Math.max(demand.most, wanted);
  demand.sinceMs = nowMs;
}

/** Source: apf_controller.go `seatDemandSmoothingCoefficient`, 1.36. */
const SMOOTHING = 0.977;

/**
 * Levels that want more borrow from those that want less.
 * Source: apf_controller.go `updateBorrowingLocked` and `seatDemandStats.update`, 1.36.
 */
export function adjustSeats(levels: ReadonlyMap<string, Level>, nowMs: number): void {
  const all = [...levels.values()];
  const serverSeats = all.reduce((sum, { nominalSeats }) => sum + nominalSeats, 0);
  let left = serverSeats;
  for (const level of all) {
    const most = smooth(level, nowMs);
    const least = Math.max(level.minSeats, level.isExempt ? most : Math.min(level.nominalSeats, most));
    level.seats = least;
    if (level.isExempt) left -= least;
  }
  const limited = all.filter(({ isExempt }) => !isExempt);
  const minSum = limited.reduce((sum, { minSeats }) => sum + minSeats, 0);
  const leastSum = limited.reduce((sum, { seats }) => sum + seats, 0);
  if (left <= minSum) for (const level of limited) level.seats = level.minSeats;
  else if (left <= leastSum) {
    const part = (left - minSum) / (leastSum - minSum);
    for (const level of limited) level.seats = level.minSeats + Math.round((level.seats - level.minSeats) * part);
  } else {
    const shares = limited.map(({ seats, maxSeats, demand }) => ({
      lowerBound: seats,
      upperBound: maxSeats,
      target: Math.max(seats, demand.smoothed),
    }));
    allocateSeats(serverSeats, shares)?.forEach((seats, index) => {
      limited[index]!.seats = Math.round(seats);
    });
  }
}

/** Ends a period of a level's demand; gives the most that was wanted. */
function smooth(level: Level, nowMs: number): number {
  integrateDemand(level, nowMs);
  const { demand } = level;
  const durationMs = nowMs - demand.startMs;
  const average = durationMs === 0 ? 0 : demand.sum / durationMs;
  const deviation = durationMs === 0 ? 0 : Math.sqrt(Math.max(0, demand.squares / durationMs - average * average));
  const envelope = average + deviation;
  demand.smoothed = Math.max(envelope, SMOOTHING * demand.smoothed + (1 - SMOOTHING) * envelope);
  const { most } = demand;
  Object.assign(demand, { startMs: nowMs, sum: 0, squares: 0, most: level.seatsInUse + level.seatsWaiting });
  return most;
}
