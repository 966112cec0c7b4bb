import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Simulation, SimulationState } from '../../workspace/simulation/simulation.ts';

export const SimulationContext = createContext<Simulation | undefined>(undefined);

export function useSimulation(): Simulation {
  const simulation = useContext(SimulationContext);
  if (!simulation) throw new Error('no simulation around this component');
  return simulation;
}

/** Reads a part of the state; the component is drawn again only when that part is another value. */
export function useSimulationState<Value>(select: (state: SimulationState) => Value): Value {
  return useStore(useSimulation().store, select);
}
