import { BUILT_IN_KINDS } from './kinds/index.ts';
import { SimulationHost } from './workspace/simulation/simulation-host.ts';
import type { ToSimulation } from './workspace/simulation/simulation-protocol.ts';

const host = new SimulationHost({
  post: (message) => self.postMessage(message),
  pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
  nowMs: () => performance.now(),
  kinds: BUILT_IN_KINDS,
});

self.addEventListener('message', ({ data }: MessageEvent<ToSimulation>) => host.receive(data));
self.postMessage({ type: 'ready' });
