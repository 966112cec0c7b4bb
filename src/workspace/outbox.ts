import { changeParts, designChange } from './design-change.ts';
import type { DocumentPort } from './document-port.ts';
import { EMPTY_DESIGN } from '../design/design.ts';
import type { Design, Picture } from '../design/design.ts';
import type { ToDocument } from './protocol.ts';

/**
 * What the page says to the document thread, in order. A change of thousands of records goes in parts with room between
 * them, because copying them for the other thread would hold the page up.
 */
export class Outbox {
  private readonly waiting: ToDocument[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private told: Design = EMPTY_DESIGN;
  private readonly port: DocumentPort;

  constructor(port: DocumentPort) {
    this.port = port;
  }

  /** Says what changed since the last time. */
  tell(revision: number, design: Design, picture: Picture): void {
    const parts = changeParts(designChange(this.told, design));
    this.told = design;
    for (let part = parts.next(); ; part = parts.next()) {
      if (part.done) return this.send({ type: 'change', revision, change: part.value, picture });
      this.send({ type: 'changePart', change: part.value });
    }
  }

  /** Says that `design` is the one before with what an import brought; the other thread has that already. */
  tellImport(revision: number, design: Design, picture: Picture, ticket: number): void {
    this.told = design;
    this.send({ type: 'change', revision, change: designChange(design, design), picture, takes: ticket });
  }

  send(message: ToDocument): void {
    this.waiting.push(message);
    if (this.timer === undefined) this.next();
  }

  private next(): void {
    this.timer = undefined;
    const message = this.waiting.shift();
    if (!message) return;
    this.port.post(message);
    if (message.type === 'changePart' || this.waiting.length > 0) this.timer = setTimeout(() => this.next(), 0);
  }
}
