import { BUILT_IN_KINDS } from './kinds/index.ts';
import { elkKernel } from './elk-kernel.ts';
import { DocumentHost } from './workspace/document-host.ts';
import type { Painted, ToDocument } from './workspace/protocol.ts';

/** A page that draws nothing, in a tab that nobody sees or of files without objects, is not waited for longer. */
const LONGEST_WAIT_MS = 2000;
let notePainted: (() => void) | undefined;
const painted = new Promise<void>((resolve) => (notePainted = resolve));

const host = new DocumentHost({
  post: (message, transfer = []) => self.postMessage(message, { transfer: [...transfer] as ArrayBuffer[] }),
  pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
  nowMs: () => performance.now(),
  kernel: elkKernel,
  kinds: BUILT_IN_KINDS,
  painted: () => Promise.race([painted, new Promise<void>((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))]),
});

self.addEventListener('message', ({ data }: MessageEvent<ToDocument | Painted>) => {
  if (data.type === 'painted') notePainted?.();
  else host.receive(data);
});
self.postMessage({ type: 'ready' });
