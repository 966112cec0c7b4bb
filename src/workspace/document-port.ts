import { DocumentHost } from './document-host.ts';
import type { DocumentThread } from './document-host.ts';
import type { FromDocument, ToDocument } from './protocol.ts';

/** The page's end of the line to the document thread. */
export interface DocumentPort {
  post(message: ToDocument): void;
  listen(handler: (message: FromDocument) => void): void;
  close(): void;
}

/** The same thread in the same process: for tests, the command line, and pages where no worker starts. */
export function inProcessPort(thread: Omit<DocumentThread, 'post'>): DocumentPort {
  const handlers: ((message: FromDocument) => void)[] = [];
  const host = new DocumentHost({
    ...thread,
    // As across threads, the receiver gets a copy and the answer never arrives inside the question.
    post: (message) => queueMicrotask(() => handlers.forEach((handler) => handler(structuredClone(message)))),
  });
  return {
    post: (message) => queueMicrotask(() => host.receive(structuredClone(message))),
    listen: (handler) => void handlers.push(handler),
    close: () => handlers.splice(0),
  };
}
