import { performance } from 'node:perf_hooks';
import type { Cluster } from '../simulator/cluster.ts';

/** How long the simulator works before others have their turn, and how long it sleeps at most. Milliseconds of the clock. */
const SLICE_MS = 20;
const SLEEP_MS = 200;
/** A machine that slept, or is too slow, does not make up for more than this. Milliseconds of the clock. */
const MOST_BEHIND_MS = 2000;
/** How far the run goes ahead for who waits for an answer. Milliseconds of the run. */
const AHEAD_MS = 100;

/** What a run that follows the clock of the machine tells. */
interface Listener {
  /** Whether somebody waits for an answer. */
  readonly isAwaited: boolean;
  tell(): void;
}

/** Lets the time of a simulated cluster pass as the clock of the machine does, times a speed. The only clock there is. */
export class Pace {
  private readonly cluster: Cluster;
  private readonly speed: number;
  private readonly listener: Listener;
  private timer: NodeJS.Timeout | undefined;
  /** At this moment of the clock the run was at `fromMs`. */
  private beganMs = performance.now();
  private fromMs: number;

  constructor(cluster: Cluster, speed: number, listener: Listener) {
    this.cluster = cluster;
    this.speed = speed;
    this.listener = listener;
    this.fromMs = cluster.nowMs;
  }

  /** Goes on now: at the beginning, and when somebody asks something. */
  wake(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), 0);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private run(): void {
    const untilMs = performance.now() + SLICE_MS;
    const { cluster, listener } = this;
    let dueMs = this.dueMs();
    for (;;) {
      const nextMs = cluster.nextMs ?? Infinity;
      if (nextMs > dueMs + (listener.isAwaited ? AHEAD_MS : 0)) break;
      cluster.step();
      listener.tell();
      if (performance.now() < untilMs) continue;
      this.timer = setTimeout(() => this.run(), 0);
      return;
    }
    dueMs = this.dueMs();
    const nextMs = cluster.nextMs ?? Infinity;
    if (dueMs > cluster.nowMs && nextMs > dueMs) cluster.runUntil(dueMs);
    this.timer = setTimeout(() => this.run(), Math.min(SLEEP_MS, Math.max(1, (nextMs - dueMs) / this.speed)));
  }

  /** Where the run is due now, in milliseconds of the run. */
  private dueMs(): number {
    const nowMs = performance.now();
    const dueMs = Math.floor(this.fromMs + (nowMs - this.beganMs) * this.speed);
    const mostMs = this.cluster.nowMs + MOST_BEHIND_MS * this.speed;
    if (dueMs <= mostMs) return dueMs;
    this.beganMs = nowMs;
    this.fromMs = mostMs;
    return mostMs;
  }
}
