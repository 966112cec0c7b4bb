import elkWorkerUrl from 'elkjs/lib/elk-worker.min.js?url';
import { BUILT_IN_KINDS } from './kinds/index.ts';
import type { ElkNode } from './scene/layout-graph.ts';
import { DocumentHost } from './workspace/document-host.ts';
import type { Painted, ToDocument } from './workspace/protocol.ts';

interface Elk {
  layout(graph: ElkNode): Promise<ElkNode>;
}

// The layout kernel is a worker of its own, started by the first picture.
let elk: Promise<Elk> | undefined;

/** A page that draws nothing, in a tab that nobody sees or of files without objects, is not waited for longer. */
const LONGEST_WAIT_MS = 2000;
let notePainted: (() => void) | undefined;
const painted = new Promise<void>((resolve) => (notePainted = resolve));

const host = new DocumentHost({
  post: (message, transfer = []) => self.postMessage(message, { transfer: [...transfer] as ArrayBuffer[] }),
  pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
  nowMs: () => performance.now(),
  kernel: async (graph) => {
    elk ??= startElk();
    return (await elk).layout(graph);
  },
  kinds: BUILT_IN_KINDS,
  painted: () => Promise.race([painted, new Promise<void>((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))]),
});

async function startElk(): Promise<Elk> {
  const { default: ELK } = await import('elkjs/lib/elk-api.js');
  return new ELK({ workerFactory: () => new Worker(elkWorkerUrl) }) as unknown as Elk;
}

self.addEventListener('message', ({ data }: MessageEvent<ToDocument | Painted>) => {
  if (data.type === 'painted') notePainted?.();
  else host.receive(data);
});
self.postMessage({ type: 'ready' });
