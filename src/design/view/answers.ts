import type { DesignRecord, RecordId } from '../design.ts';
import type { DesignView } from './design-view.ts';
import { isOutdated } from './source.ts';
import type { Reads } from './source.ts';

interface Known<Answer> {
  readonly answer: Answer;
  readonly reads: Reads;
}

/** What a judge said of each record, and what it looked at for that. */
export class Answers<Answer> {
  private known = new Map<RecordId, Known<Answer>>();
  /** The revision of the view at which everything known was right. */
  private rightAt = 0;

  /** Forgets what may have changed; gives the records to ask about, in the order of the design. */
  outdated(view: DesignView): readonly DesignRecord[] {
    const { rightAt } = this;
    if (rightAt < view.startedAt) this.known = new Map();
    if (rightAt === view.revision && rightAt > 0) return [];
    for (const id of this.known.keys()) if (!view.records.has(id)) this.known.delete(id);
    const outdated: DesignRecord[] = [];
    for (const record of view.records.values()) {
      const known = this.known.get(record.id);
      if (!known || view.isChanged(record.id, rightAt) || isOutdated(known.reads, rightAt)) outdated.push(record);
    }
    this.rightAt = view.revision;
    return outdated;
  }

  tell(id: RecordId, answer: Answer, reads: Reads): void {
    this.known.set(id, { answer, reads });
  }

  of(id: RecordId): Answer {
    const known = this.known.get(id);
    if (!known) throw new Error(`nobody asked about record ${id}`);
    return known.answer;
  }
}
