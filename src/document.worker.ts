import ELK from 'elkjs/lib/elk-api.js';
import elkWorkerUrl from 'elkjs/lib/elk-worker.min.js?url';
import { BUILT_IN_KINDS } from './kinds/index.ts';
import type { ElkNode } from './scene/layout-graph.ts';
import { DocumentHost } from './workspace/document-host.ts';
import type { ToDocument } from './workspace/protocol.ts';

// The layout kernel is a worker of its own, started by the first picture.
let elk: { layout(graph: ElkNode): Promise<ElkNode> } | undefined;

const host = new DocumentHost({
  post: (message, transfer = []) => self.postMessage(message, { transfer: [...transfer] as ArrayBuffer[] }),
  pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
  nowMs: () => performance.now(),
  kernel: (graph) => {
    elk ??= new ELK({ workerFactory: () => new Worker(elkWorkerUrl) }) as unknown as NonNullable<typeof elk>;
    return elk.layout(graph);
  },
  kinds: BUILT_IN_KINDS,
});

self.addEventListener('message', ({ data }: MessageEvent<ToDocument>) => host.receive(data));
self.postMessage({ type: 'ready' });
