import elkWorkerUrl from 'elkjs/lib/elk-worker.min.js?url';
import type { ElkNode, LayoutKernel } from './scene/layout-graph.ts';

interface Elk {
  layout(graph: ElkNode): Promise<ElkNode>;
}

// The layout kernel is a worker of its own, started by the first picture.
let elk: Promise<Elk> | undefined;

export const elkKernel: LayoutKernel = async (graph) => {
  elk ??= startElk();
  return (await elk).layout(graph);
};

async function startElk(): Promise<Elk> {
  const { default: ELK } = await import('elkjs/lib/elk-api.js');
  return new ELK({ workerFactory: () => new Worker(elkWorkerUrl) }) as unknown as Elk;
}
