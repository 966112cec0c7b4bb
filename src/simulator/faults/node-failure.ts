import type { FaultDefinition } from './fault.ts';
import { processesOn } from './fault.ts';

/** The machine loses its power: everything on it stops and nobody is told. */
export const nodeFailure: FaultDefinition = {
  name: 'node-failure',
  target: 'Node',
  parameters: [],
  effects: (node, _parameters, running, _pod, scene) =>
    processesOn(node, running, scene).map((process) => ({ type: 'stop', process, how: 'power' }) as const),
};
