import type { ComponentId, ComponentPlace } from '../component.ts';
import type { ReleaseNumbers } from '../release/numbers.ts';
import { LazyCopyMap } from './copy-state.ts';
import type { RandomSource } from './random.ts';

/** Time of the last arrival on a way, and how many messages went it. */
interface Way {
  lastMs: number;
  count: number;
}

/** What the time on a way depends on. */
interface WayTimes {
  readonly options: { readonly numbers: ReleaseNumbers };
  random(name: string): RandomSource;
}

/** The network between components: how long a message takes, and which ways are cut. */
export class Ways {
  /** By where they begin, then by where they end. */
  private readonly ways: LazyCopyMap<ComponentId, Map<ComponentId, Way>>;
  private readonly cuts: Set<string>;

  constructor(
    ways: LazyCopyMap<ComponentId, Map<ComponentId, Way>> = new LazyCopyMap(),
    cuts: ReadonlySet<string> = new Set(),
  ) {
    this.ways = ways;
    this.cuts = new Set(cuts);
  }

  copy(): Ways {
    return new Ways(this.ways.copy(), this.cuts);
  }

  /** Cuts or joins the way between two machines, processes or components, in both directions. */
  cut(a: string, b: string, isCut: boolean): void {
    for (const key of [`${a}>${b}`, `${b}>${a}`]) {
      if (isCut) this.cuts.add(key);
      else this.cuts.delete(key);
    }
  }

  isCut(from: ComponentPlace, to: ComponentPlace): boolean {
    if (this.cuts.size === 0) return false;
    for (const a of [from.machine, from.process, from.id])
      for (const b of [to.machine, to.process, to.id]) if (this.cuts.has(`${a}>${b}`)) return true;
    return false;
  }

  /** When a message that is sent now arrives: never before one that was sent earlier on the same way. */
  arrival(from: ComponentPlace, to: ComponentPlace, nowMs: number, times: WayTimes): number {
    const { betweenMachinesMs, withinMachineMs, jitterMs } = times.options.numbers.network;
    let ends = this.ways.get(from.id);
    if (ends === undefined) this.ways.set(from.id, (ends = new Map<ComponentId, Way>()));
    let way = ends.get(to.id);
    if (way === undefined) ends.set(to.id, (way = { lastMs: 0, count: 0 }));
    way.count++;
    const isLocal = from.machine === to.machine;
    const jitter =
      isLocal || jitterMs === 0 ? 0 : times.random('network').integer(`${from.id}>${to.id}/${way.count}`, 0, jitterMs);
    way.lastMs = Math.max(way.lastMs, nowMs + (isLocal ? withinMachineMs : betweenMachinesMs) + jitter);
    return way.lastMs;
  }
}
