import type { ComponentId, ComponentPlace, Context, Machinery, TimerData } from '../component.ts';
import type { Message } from '../messages.ts';
import type { ReleaseNumbers } from '../release/numbers.ts';
import type { Kernel } from './kernel.ts';
import type { RandomSource } from './random.ts';
import type { TraceDetail } from './trace.ts';

/** What one component can do, as the kernel does it for it. */
export class SlotContext implements Context {
  cause = 0;
  readonly self: ComponentId;
  readonly numbers: ReleaseNumbers;
  readonly random: RandomSource;
  readonly machinery: Machinery;
  private readonly kernel: Kernel;
  private readonly place: ComponentPlace;

  constructor(kernel: Kernel, place: ComponentPlace) {
    this.kernel = kernel;
    this.place = place;
    this.self = place.id;
    this.numbers = kernel.options.numbers;
    this.random = kernel.random(place.id);
    this.machinery = kernel;
  }

  get nowMs(): number {
    return this.kernel.nowMs;
  }

  send(to: ComponentId, message: Message, detail: TraceDetail): number {
    return this.kernel.send(this.place, to, message, detail, this.cause);
  }

  notice(to: ComponentId, delayMs: number, message: Message): void {
    this.kernel.post(to, delayMs, { type: 'message', from: this.self, message }, this.cause);
  }

  handOver(to: ComponentId, message: Message): void {
    this.kernel.handOver(this.self, to, message, this.cause);
  }

  reaches(to: ComponentId): boolean {
    return this.kernel.reaches(this.place, to);
  }

  timer(delayMs: number, name: string, data?: TimerData, options?: { readonly periodic?: boolean }): void {
    this.kernel.post(this.self, delayMs, { type: 'timer', name, data }, this.cause, options?.periodic === true);
  }

  relax(name: string, data: TimerData): void {
    this.kernel.pending.relax(this.self, name, data);
  }

  note(detail: TraceDetail): number {
    return this.kernel.note(this.place, detail, this.cause);
  }

  next(counter: string): number {
    return this.kernel.count(this.self, counter);
  }

  wrote(): void {
    this.kernel.wrote();
  }

  running(prefix: string): readonly ComponentId[] {
    return this.kernel.running(prefix);
  }
}
