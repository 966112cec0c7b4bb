import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComponentDefinition } from '../component.ts';
import { NUMBERS_1_36 } from '../release/1.36.ts';
import { Kernel } from './kernel.ts';

/** Three components that talk at random: state in every form that state may have. */
interface Talker {
  heard: number;
  readonly by: Map<string, number>;
  readonly words: string[];
  readonly friends: Set<string>;
}

const talker: ComponentDefinition<Talker> = {
  kind: 'talker',
  start(context) {
    context.timer(context.random.integer('first', 1, 50), 'speak');
    return { heard: 0, by: new Map(), words: [], friends: new Set() };
  },
  handle(state, event, context) {
    const draw = context.random.integer(`draw/${context.next('draw')}`, 0, 2);
    if (event.type === 'message') {
      state.heard++;
      state.by.set(event.from, (state.by.get(event.from) ?? 0) + 1);
      state.words.push(`${event.from}:${state.heard}`);
      state.friends.add(event.from);
      if (state.heard % 3 !== 0) return;
    }
    const message = { type: 'call', id: context.next('id'), method: 'hello', parameters: {} } as const;
    context.send(`talker-${draw}`, message, { class: 'packet', verb: 'hello' });
    if (event.type === 'timer') context.timer(10 + draw, 'speak');
  },
};

const options = (seed: number) => ({
  seed,
  numbers: NUMBERS_1_36,
  definitions: new Map([['talker', talker as unknown as ComponentDefinition]]),
  traceBudget: 100_000,
});

function started(seed: number): Kernel {
  const kernel = new Kernel(options(seed));
  for (const index of [0, 1, 2])
    kernel.add({ id: `talker-${index}`, kind: 'talker', process: `p${index}`, machine: `m${index % 2}` });
  return kernel;
}

function steps(kernel: Kernel, count: number): Kernel {
  for (let index = 0; index < count; index++) kernel.step();
  return kernel;
}

describe('a run', () => {
  it('has the same trace each time, and another with another seed', () => {
    expect(steps(started(7), 500).trace.digest).toBe(steps(started(7), 500).trace.digest);
    expect(steps(started(7), 500).trace.digest).not.toBe(steps(started(8), 500).trace.digest);
  });

  it('goes on from any moment as it went on from there, as often as one likes', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(200), fc.nat(200), (seed, before, after) => {
        const straight = steps(started(seed), before);
        const moment = straight.checkpoint();
        steps(straight, after);
        for (let again = 0; again < 2; again++) {
          const resumed = steps(Kernel.from(options(seed), moment), after);
          expect(resumed.trace.digest).toBe(straight.trace.digest);
          expect(resumed.stateOf('talker-0')).toEqual(straight.stateOf('talker-0'));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('delivers what is sent on one way in order', () => {
    const { trace } = steps(started(3), 800);
    const last = new Map<string, number>();
    for (const { from, to, arrivesAtMs } of trace.after(0)) {
      if (arrivesAtMs === undefined) continue;
      expect(arrivesAtMs).toBeGreaterThanOrEqual(last.get(`${from}>${to}`) ?? 0);
      last.set(`${from}>${to}`, arrivesAtMs);
    }
    expect(last.size).toBeGreaterThan(5);
  });

  it('loses what is sent while a way is cut', () => {
    const kernel = started(5);
    kernel.cut('m0', 'm1', true);
    const lost = steps(kernel, 300)
      .trace.after(0)
      .filter(({ lostBecause }) => lostBecause === 'partition');
    expect(lost.length).toBeGreaterThan(0);
    for (const { from, to } of lost) expect([from, to]).toContain('talker-1');
  });

  it('forgets what was meant for an earlier life of a component', () => {
    const kernel = steps(started(5), 100);
    kernel.stopProcess('p1', 'crash');
    expect(kernel.stateOf('talker-1')).toBeUndefined();
    kernel.startProcess('p1');
    expect(kernel.stateOf('talker-1')).toMatchObject({ heard: 0 });
    steps(kernel, 100);
  });
});
