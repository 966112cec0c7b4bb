import { writeObject } from '../manifest/write.ts';
import type { Design, RecordId } from './design.ts';
import { documentOf } from './records.ts';

/** Records as YAML that any editor and kubectl can take: their own text, with comments; items of a List written out. */
export function copiedText(design: Design, records: Iterable<RecordId>): string {
  const texts = [...records].flatMap((id) => {
    const record = design.records.get(id);
    if (!record) return [];
    const { text, format } = documentOf(design, record);
    return format === 'yaml' && record.path.length === 0 ? [text] : [writeObject(record.object)];
  });
  return texts.map((text) => (text.endsWith('\n') ? text : `${text}\n`)).join('---\n');
}
