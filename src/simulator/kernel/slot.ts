import type { ComponentDefinition, ComponentPlace } from '../component.ts';
import { copyState } from './copy-state.ts';
import type { SlotContext } from './slot-context.ts';

/** A component at a moment of a run. Never changes. */
export interface Slot {
  readonly place: ComponentPlace;
  readonly settings: unknown;
  readonly state: unknown;
  readonly life: number;
  readonly isRunning: boolean;
  readonly counters: Map<string, number>;
  readonly kept: unknown;
}

/** A component that runs. */
export interface LiveSlot {
  readonly place: ComponentPlace;
  readonly definition: ComponentDefinition;
  readonly settings: unknown;
  readonly context: SlotContext;
  state: unknown;
  life: number;
  isRunning: boolean;
  counters: Map<string, number>;
  /** The copy of the last checkpoint; undefined where something happened to the component since. */
  copied: Slot | undefined;
  /** What lies on its disk while it does not run. */
  kept: unknown;
}

/** Something happens to the component: it has a state of its own, which no checkpoint holds. */
export function own(slot: LiveSlot): void {
  const { copied } = slot;
  if (copied === undefined) return;
  slot.copied = undefined;
  if (slot.counters !== copied.counters) return;
  slot.state = copyState(copied.state);
  slot.counters = new Map(copied.counters);
  slot.kept = copyState(copied.kept);
}

export function copyOf({ place, settings, state, life, isRunning, counters, kept }: LiveSlot): Slot {
  const copied = { state: copyState(state), counters: new Map(counters), kept: copyState(kept) };
  return { place, settings, life, isRunning, ...copied };
}
