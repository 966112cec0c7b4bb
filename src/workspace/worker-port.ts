import type { DocumentPort } from './document-port.ts';
import type { FromDocument, ToDocument } from './protocol.ts';

/** A line to a worker that runs `document.worker.ts`. What goes wrong in it arrives as `failed`. */
export function workerPort(worker: Worker): DocumentPort {
  const handlers: ((message: FromDocument) => void)[] = [];
  const tell = (message: FromDocument): void => handlers.forEach((handler) => handler(message));
  worker.addEventListener('message', ({ data }: MessageEvent<FromDocument>) => tell(data));
  worker.addEventListener('error', ({ message }) => tell({ type: 'failed', message: message || 'document worker' }));
  worker.addEventListener('messageerror', () =>
    tell({ type: 'failed', message: 'a message of the document worker did not read' }),
  );
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    post: (message: ToDocument) => worker.postMessage(message),
    listen: (handler) => void handlers.push(handler),
    close: () => worker.terminate(),
  };
}
