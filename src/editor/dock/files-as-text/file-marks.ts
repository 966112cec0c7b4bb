import { sameItems } from '../../../base/same-items.ts';
import { groupBy } from '../../../base/group-by.ts';
import type { Design, DesignFile, DesignSegment, RecordId } from '../../../design/design.ts';
import type { Problem } from '../../../design/problem.ts';
import { segmentOf } from '../../../design/records.ts';
import type { TextMarkView } from '../../../kit/code-editor.tsx';
import type { Text } from '../../i18n.ts';
import { shownOffset } from '../../inspector/yaml/line-ends.ts';
import { markView, textMarks } from '../../inspector/yaml/yaml-marks.ts';

/** Documents whose problems are marked; each costs a tree of its text. */
const MOST_MARKED = 200;

/** Documents passed by without a look at the time. */
const PASSED_AT_ONCE = 500;

/** What was found for a document, with what it was found from. Offsets from its beginning. */
interface Known {
  readonly t: Text;
  readonly problems: readonly Problem[];
  readonly marks: readonly TextMarkView[];
}

const known = new WeakMap<DesignSegment, Known>();

/**
 * The problems of every document of a file, at their places in its text. A document at a time, for a caller that has other
 * things to do: those whose text and problems are as they were cost next to nothing.
 */
export function* fileMarks(
  t: Text,
  design: Design,
  file: DesignFile,
  problems: readonly Problem[],
): Generator<void, readonly TextMarkView[]> {
  const byRecord = groupBy(problems, ({ record }) => record);
  const marks: TextMarkView[] = [];
  let [start, marked, passed] = [0, 0, 0];
  for (const id of file.segments) {
    if (++passed % PASSED_AT_ONCE === 0) yield;
    const segment = segmentOf(design, id);
    if (segment.type === 'document' && marked < MOST_MARKED) {
      const own = problemsOf(segment.records, byRecord);
      if (own.length > 0) {
        marked++;
        let found = known.get(segment);
        if (found?.t !== t || !sameItems(found.problems, own)) {
          const record = design.records.get(segment.records[0]!)!;
          const views = textMarks(design, record, own).map((mark) => markView(t, segment.text, mark));
          known.set(segment, (found = { t, problems: own, marks: views }));
          yield;
        }
        for (const mark of found.marks) marks.push({ ...mark, from: start + mark.from, to: start + mark.to });
      }
    }
    start += segment.text.includes('\r') ? shownOffset(segment.text, segment.text.length) : segment.text.length;
  }
  return marks;
}

function problemsOf(
  records: readonly RecordId[],
  byRecord: ReadonlyMap<RecordId, readonly Problem[]>,
): readonly Problem[] {
  return records.length === 1
    ? (byRecord.get(records[0]!) ?? [])
    : records.flatMap((record) => byRecord.get(record) ?? []);
}
