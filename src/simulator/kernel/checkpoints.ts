import type { Checkpoint, Kernel } from './kernel.ts';

/** A moment is kept every so many steps; of many components less often, since each moment lists and copies them. */
const DISTANCE = 2000;
const STEPS_PER_COMPONENT = 4;

/** The moments of a run that are kept, at growing distance: what lies far back is seldom wanted. */
export class Checkpoints {
  private readonly moments: Checkpoint[];
  private next = 0;

  constructor(moments: readonly Checkpoint[] = []) {
    this.moments = [...moments];
  }

  /** Keeps the present moment, where it is time. */
  keep(kernel: Kernel): void {
    if (kernel.steps < this.next) return;
    this.moments.push(kernel.checkpoint());
    this.next = kernel.steps + Math.max(DISTANCE, STEPS_PER_COMPONENT * kernel.components);
    this.thinOut(kernel.steps);
  }

  /** The last moment that is not after so many steps; undefined in a run that has not begun. */
  before(steps: number): Checkpoint | undefined {
    return this.moments.findLast((moment) => moment.steps <= steps);
  }

  /** Those of a second run with the same past. */
  upTo(steps: number): Checkpoints {
    const own = new Checkpoints(this.moments.filter((moment) => moment.steps <= steps));
    own.next = steps;
    return own;
  }

  /** The run goes on in another way. */
  forgetAfter(steps: number): void {
    const first = this.moments.findIndex((moment) => moment.steps > steps);
    if (first < 0) return;
    this.moments.splice(first);
    this.next = steps;
  }

  /** The distance between two may be a quarter of how far back they lie. */
  private thinOut(steps: number): void {
    const { moments } = this;
    for (let index = moments.length - 2; index > 0; index--) {
      const distance = moments[index + 1]!.steps - moments[index - 1]!.steps;
      if (distance <= (steps - moments[index]!.steps) / 4) moments.splice(index, 1);
    }
  }
}
