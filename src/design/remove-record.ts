import { applyEdits } from '../manifest/edit.ts';
import { stripLayout } from '../manifest/layout-comment.ts';
import { readManifest } from '../manifest/read.ts';
import type { DesignBuilder } from './design-builder.ts';
import { problemsAfter } from './file-problems.ts';
import { documentOf, segmentOf } from './records.ts';
import type { CommandRefusal } from './commands/command.ts';
import type { DesignFile, DesignRecord, DesignSegment, SegmentId } from './design.ts';

/** Takes a record out of its file: its document with one separator, or its item of a List. */
export function removeRecord(builder: DesignBuilder, record: DesignRecord): CommandRefusal | undefined {
  return record.path.length > 0 ? removeItem(builder, record) : removeSegment(builder, record);
}

function removeItem(builder: DesignBuilder, record: DesignRecord): CommandRefusal | undefined {
  const { design } = builder;
  const document = documentOf(design, record);
  const edited = applyEdits(document.text, document.format, [{ op: 'delete', path: record.path }]);
  if (!edited.ok) return { refused: 'command.cannotEditText', params: { reason: edited.reason, ...edited.params } };
  const rest = document.records.filter((id) => id !== record.id);
  const read = readManifest('', edited.text);
  const [part] = read.segments;
  // A List that holds nothing more goes as a whole; one that holds something unreadable stays for its sake.
  if (rest.length === 0 && !read.problems.some(({ id }) => id === 'manifest.notAnObject')) {
    return removeSegment(builder, record);
  }
  const file = design.files.get(record.file)!;
  const whole = part && read.segments.length === 1 ? part : ({ type: 'raw', text: edited.text } as const);
  const problems = problemsAfter(design, file, document.id, { text: whole.text, problems: read.problems });
  builder.takeSegment(record.file, whole, document.id, rest);
  builder.deleteRecord(record.id);
  if (problems !== file.problems) builder.setFile({ ...file, problems });
  return undefined;
}

const EMPTY = { text: '', problems: [] } as const;

function removeSegment(builder: DesignBuilder, record: DesignRecord): undefined {
  const { design } = builder;
  const file = design.files.get(record.file)!;
  const at = file.segments.indexOf(record.segment);
  const separator = [at + 1, at - 1].find((index) => {
    const id = file.segments[index];
    return id !== undefined && isSeparator(segmentOf(design, id));
  });
  const gone = [record.segment, ...(separator === undefined ? [] : [file.segments[separator]!])];
  builder.deleteRecord(record.id);
  dropSegments(builder, file, gone);
  return undefined;
}

function dropSegments(builder: DesignBuilder, file: DesignFile, gone: readonly SegmentId[]): void {
  const { design } = builder;
  const segments = file.segments.filter((id) => !gone.includes(id));
  const left = segments.map((id) => segmentOf(design, id));
  if (left.every((segment) => segment.type === 'raw' && stripLayout(segment.text).trim() === '')) {
    for (const id of file.segments) builder.deleteSegment(id);
    builder.deleteFile(file.path);
    return;
  }
  let { problems } = file;
  // Later segments first, so that each is still where `design` says.
  for (const id of [...gone].sort((a, b) => file.segments.indexOf(b) - file.segments.indexOf(a))) {
    problems = problemsAfter(design, { ...file, problems }, id, EMPTY);
  }
  for (const id of gone) builder.deleteSegment(id);
  builder.setFile({ ...file, segments, problems });
}

/** Whether a segment is nothing but one `---` line. */
export function isSeparator(segment: DesignSegment): boolean {
  return segment.type === 'raw' && /^(?:\r?\n)?---[ \t]*(?:#.*)?(?:\r?\n)?$/.test(segment.text);
}
