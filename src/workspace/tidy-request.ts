import { withoutPlaces } from '../design/commands/tidy-layout.ts';
import { withPlacements } from '../design/commands/move-placements.ts';
import type { Design, Picture } from '../design/design.ts';
import type { Outbox } from './outbox.ts';
import type { FromDocument } from './protocol.ts';

/** Asks the document thread for a new layout; the newest question counts. Tickets are apart from those of imports. */
export class TidyRequest {
  private ticket = 0;
  private picture: Picture | undefined;
  private readonly outbox: Outbox;

  constructor(outbox: Outbox) {
    this.outbox = outbox;
  }

  ask(picture: Picture): void {
    this.picture = picture;
    this.outbox.send({ type: 'tidy', ticket: --this.ticket, picture });
  }

  /** The design laid out anew; undefined for an answer nobody waits for. What was deleted meanwhile gets no place. */
  answer({ ticket, placements }: Extract<FromDocument, { type: 'tidied' }>, design: Design): Design | undefined {
    const { picture } = this;
    if (ticket !== this.ticket || !picture) return undefined;
    this.picture = undefined;
    const there = placements.filter(([key]) => key.startsWith('frame:') || design.records.has(key));
    if (there.length === 0 && picture === 'application') return undefined;
    return withPlacements(withoutPlaces(design, picture), picture, new Map(there));
  }
}
