import type { FaultDefinition } from './fault.ts';
import { isOn } from './fault.ts';

/** The machine runs on, and nothing outside it hears of it. */
export const nodePartition: FaultDefinition = {
  name: 'node-partition',
  target: 'Node',
  parameters: [],
  effects: (node, _parameters, running, _pod, scene) =>
    running.filter((id) => !isOn(node, id, scene)).map((id) => ({ type: 'cut', a: node, b: id }) as const),
};
