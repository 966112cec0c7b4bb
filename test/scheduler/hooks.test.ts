import { afterAll, describe, expect, it } from 'vitest';
import { conditionsOf, findCondition } from '../../src/apimachinery/conditions.ts';
import { nameAt, stringAt } from '../../src/base/json.ts';
import type { ComponentDefinition } from '../../src/simulator/component.ts';
import { Kernel } from '../../src/simulator/kernel/kernel.ts';
import { NUMBERS_1_36 } from '../../src/simulator/release/1.36.ts';
import type { SchedulerPlugin, Verdict } from '../../src/simulator/scheduler/plugin.ts';
import { PROFILES } from '../../src/simulator/scheduler/profile.ts';
import { defaultBinder } from '../../src/simulator/scheduler/plugins/default-binder.ts';
import { scheduler } from '../../src/simulator/scheduler/scheduler.ts';
import type { Order, StandInServer } from '../bench/scheduler/stand-in-server.ts';
import { ORDER, STAND_IN, standInServer } from '../bench/scheduler/stand-in-server.ts';
import { nodeNamed, podNamed } from '../bench/scheduler/templates.ts';

const TEST = 'hooks';
afterAll(() => PROFILES.delete(TEST));

/** A scheduler with these plugins and the default binder, one Node, and a Pod that is to be scheduled. */
function ran(plugins: readonly SchedulerPlugin[], untilMs: number): Kernel {
  PROFILES.set(
    TEST,
    [...plugins, defaultBinder].map((plugin) => ({ plugin, weight: 0 })),
  );
  const definitions = new Map<string, ComponentDefinition>([
    ['kube-scheduler', scheduler as ComponentDefinition],
    [STAND_IN, standInServer as ComponentDefinition],
  ]);
  const kernel = new Kernel({ seed: 1, numbers: NUMBERS_1_36, definitions, traceBudget: 10_000 });
  kernel.add({ id: STAND_IN, kind: STAND_IN, process: STAND_IN, machine: 'm' });
  const settings = { server: STAND_IN, machine: 'm', profile: TEST };
  kernel.add({ id: 'kube-scheduler', kind: 'kube-scheduler', process: 'scheduler', machine: 'm' }, settings);
  const orders: readonly Order[] = [
    { plural: 'nodes', create: nodeNamed('n', {}) },
    { plural: 'pods', create: podNamed('p', 'default', 'p', 0, {}) },
  ];
  kernel.post(STAND_IN, 100, { type: 'timer', name: ORDER, data: orders });
  while ((kernel.nextMs ?? Infinity) <= untilMs) kernel.step();
  return kernel;
}

function podIn(kernel: Kernel): unknown {
  return (kernel.stateOf(STAND_IN) as StandInServer).views.get('pods')!.getKey('default/p');
}

function whyNot(kernel: Kernel): { readonly reason: string | undefined; readonly message: string | undefined } {
  const condition = findCondition(conditionsOf(podIn(kernel)), 'PodScheduled');
  return { reason: stringAt(condition, 'reason'), message: stringAt(condition, 'message') };
}

const nodeOf = (kernel: Kernel): string | undefined => nameAt(podIn(kernel), 'spec', 'nodeName');
const failed: Verdict = { code: 'Error', reasons: ['it broke'] };
const refused: Verdict = { code: 'Unschedulable', reasons: ['not here'] };

/** Tells which of its hooks were called. */
function witness(name: string, calls: string[], more: Partial<SchedulerPlugin> = {}): SchedulerPlugin {
  return {
    name,
    reserve() {
      calls.push(`reserve ${name}`);
      return { taken: `taken by ${name}` };
    },
    unreserve(_pod, _node, taken) {
      calls.push(`unreserve ${name}: ${String(taken)}`);
    },
    postBind: () => calls.push(`postBind ${name}`),
    ...more,
  };
}

describe('the hooks of plugins after a Node is chosen', () => {
  it('reserve before the Pod is bound, and hear of it afterwards', () => {
    const calls: string[] = [];
    const kernel = ran([witness('a', calls), witness('b', calls)], 3000);
    expect(nodeOf(kernel)).toBe('n');
    expect(calls).toEqual(['reserve a', 'reserve b', 'postBind a', 'postBind b']);
  });

  it('give back in reverse order when one of them does not reserve, and the Pod waits for what helps that one', () => {
    const calls: string[] = [];
    const refusing = witness('b', calls, { reserve: () => ({ verdict: refused }), events: [] });
    const kernel = ran([witness('a', calls), refusing], 30_000);
    expect(nodeOf(kernel)).toBeUndefined();
    expect(calls).toEqual(['reserve a', 'unreserve b: undefined', 'unreserve a: taken by a']);
    expect(whyNot(kernel)).toEqual({ reason: 'Unschedulable', message: '0/1 nodes are available: 1 not here.' });
  });

  it('say what broke in preBind; the Pod is tried again after a back-off', () => {
    const calls: string[] = [];
    let tries = 0;
    const breaking = witness('b', calls, {
      preBindPreFlight: () => true,
      preBind: () => (tries++ === 0 ? failed : undefined),
    });
    const kernel = ran([witness('a', calls), breaking], 10_000);
    expect(nodeOf(kernel)).toBe('n');
    expect(calls.slice(0, 4)).toEqual(['reserve a', 'reserve b', 'unreserve b: taken by b', 'unreserve a: taken by a']);
    const said = kernel.trace
      .after(0)
      .map(({ body }) => stringAt(body, 'message') ?? '')
      .filter((message) => message.includes('it broke'));
    expect(said[0]).toBe('running PreBind plugin "b": it broke');
  });

  it('nominate the Node while preBind works', () => {
    const waiting: SchedulerPlugin = {
      name: 'slow',
      reserve: () => ({ taken: true }),
      preBindPreFlight: () => true,
      preBind(_pod, _node, _taken, binding) {
        binding.sleep(5000);
        return undefined;
      },
    };
    const kernel = ran([waiting], 3000);
    expect(nodeOf(kernel)).toBeUndefined();
    expect(nameAt(podIn(kernel), 'status', 'nominatedNodeName')).toBe('n');
    const fork = Kernel.from(kernel.options, kernel.checkpoint());
    for (const run of [kernel, fork]) {
      while (nodeOf(run) === undefined && run.nowMs < 10_000) run.step();
      expect(run.nowMs).toBeGreaterThan(5000);
      expect(nodeOf(run)).toBe('n');
    }
    expect(fork.trace.digest).toBe(kernel.trace.digest);
  });

  it('make the Pod wait for permission no longer than they say', () => {
    const calls: string[] = [];
    const gate = witness('gate', calls, { permit: () => ({ waitMs: 4000 }), events: [] });
    const kernel = ran([gate], 3000);
    expect(calls).toEqual(['reserve gate']);
    while (kernel.nowMs < 6000 && kernel.step());
    expect(nodeOf(kernel)).toBeUndefined();
    expect(calls[1]).toBe('unreserve gate: taken by gate');
    expect(whyNot(kernel)).toEqual({
      reason: 'Unschedulable',
      message: '0/1 nodes are available: 1 rejected due to timeout after waiting 4s at plugin gate.',
    });
  });

  it('leave the binding to the next plugin, or fail in it', () => {
    const skipping: SchedulerPlugin = { name: 'other', bind: () => 'skip' };
    expect(nodeOf(ran([skipping], 3000))).toBe('n');
    const breaking: SchedulerPlugin = { name: 'other', bind: () => failed };
    const kernel = ran([breaking], 1500);
    expect(whyNot(kernel)).toEqual({ reason: 'SchedulerError', message: 'running Bind plugin "other": it broke' });
  });

  it('end the cycle with an error of a filter or of preScore', () => {
    const filter: SchedulerPlugin = { name: 'f', filter: () => failed };
    expect(whyNot(ran([filter], 1500))).toEqual({
      reason: 'SchedulerError',
      message: 'running "f" filter plugin: it broke',
    });
  });
});
