import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { FaultEffect, FaultOrder } from './fault.ts';
import { FAULTS } from './faults.ts';

interface FaultState {
  /** Faults that are not undone yet. */
  readonly active: Map<number, string>;
}

interface Undoing {
  readonly number: number;
  readonly name: string;
  readonly target: string;
  readonly effects: readonly FaultEffect[];
}

/** A timer of the component: do this. */
export const INJECT = 'inject';
const UNDO = 'undo';

/** What goes wrong, when the script says so, and right again after a while. Nothing led to it: its cause is 0. */
export const faultComponent: ComponentDefinition<FaultState> = {
  kind: 'faults',
  start: () => ({ active: new Map() }),
  handle(state, event, context) {
    if (event.type !== 'timer') return;
    if (event.name === INJECT) inject(state, event.data as FaultOrder, context);
    else if (event.name === UNDO) undo(state, event.data as Undoing, context);
  },
};

function inject(
  state: FaultState,
  { fault: name, target, parameters = {}, forMs }: FaultOrder,
  context: Context,
): void {
  const fault = FAULTS.get(name);
  if (fault === undefined) return;
  const running = context.running('').filter((id) => id !== context.self);
  const first = fault.components === undefined ? undefined : context.running(fault.components)[0];
  const place = target ?? first ?? '';
  const given = Object.fromEntries(
    fault.parameters.map((known) => [known.name, parameters[known.name] ?? known.default]),
  );
  const effects = fault.effects(place, given, running);
  context.cause = 0;
  context.cause = context.note({
    class: 'fault',
    verb: name,
    object: place,
    detail: { ...given, effects: effects.length },
  });
  const { machinery } = context;
  for (const effect of effects) {
    if (effect.type === 'stop') machinery.stopProcess(effect.process, effect.how);
    else if (effect.type === 'cut') machinery.cut(effect.a, effect.b, true);
    else slowDown(effect.component, effect.slowness, context);
  }
  const number = context.next('fault');
  state.active.set(number, name);
  if (forMs === undefined) return;
  const undoing: Undoing = Object.freeze({ number, name, target: place, effects });
  context.timer(forMs, UNDO, undoing);
}

function undo(state: FaultState, { number, name, target, effects }: Undoing, context: Context): void {
  state.active.delete(number);
  context.cause = context.note({ class: 'fault', verb: `${name} ends`, object: target });
  const { machinery } = context;
  for (const effect of effects) {
    if (effect.type === 'stop') machinery.startProcess(effect.process);
    else if (effect.type === 'cut') machinery.cut(effect.a, effect.b, false);
    else slowDown(effect.component, 1, context);
  }
}

function slowDown(component: ComponentId, slowness: number, context: Context): void {
  const id = context.next('disk');
  context.notice(component, 0, { type: 'call', id, method: 'disk', parameters: Object.freeze({ slowness }) });
}
