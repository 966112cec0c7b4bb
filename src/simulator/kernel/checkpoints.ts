import type { Checkpoint, Kernel } from './kernel.ts';

/** A moment is kept every so many steps; of many components less often, since each moment lists and copies them. */
const DISTANCE = 2000;
const STEPS_PER_COMPONENT = 4;
/** Before a step in the past, moments are kept so close, and so far back, in steps. */
const NEAR_DISTANCE = 100;
const NEAR = 1000;

/** The moments of a run that are kept, at growing distance: what lies far back is seldom wanted. */
export class Checkpoints {
  private readonly moments: Checkpoint[];
  private next = 0;
  /** Moments on the last way to a step in the past: whoever goes there goes back from there step by step. */
  private near: Checkpoint[] = [];

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

  /** Keeps the present moment, where it lies shortly before so many steps, to which the run goes. */
  keepNear(kernel: Kernel, steps: number): void {
    const isClose = steps - kernel.steps <= NEAR;
    if (!isClose || kernel.steps % NEAR_DISTANCE !== 0) return;
    if (this.near.some((moment) => moment.steps === kernel.steps)) return;
    this.near = this.near.filter((moment) => Math.abs(moment.steps - steps) <= NEAR);
    this.near.push(kernel.checkpoint());
  }

  /** The last moment that is not after so many steps; undefined in a run that has not begun. */
  before(steps: number): Checkpoint | undefined {
    const far = this.moments.findLast((moment) => moment.steps <= steps);
    return this.near.reduce(
      (best, moment) => (moment.steps <= steps && moment.steps > (best?.steps ?? -1) ? moment : best),
      far,
    );
  }

  /** Those of a second run with the same past. */
  upTo(steps: number): Checkpoints {
    const own = new Checkpoints(this.moments.filter((moment) => moment.steps <= steps));
    own.next = steps;
    return own;
  }

  /** The run goes on in another way. */
  forgetAfter(steps: number): void {
    this.near = this.near.filter((moment) => moment.steps <= steps);
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
