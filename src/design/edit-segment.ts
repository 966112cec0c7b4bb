import type { KindRegistry } from '../kinds/registry.ts';
import { applyEdits } from '../manifest/edit.ts';
import type { Edit } from '../manifest/edit.ts';
import type { ManifestFile, ManifestProblem, Segment } from '../manifest/manifest.ts';
import { readManifest, readSegment } from '../manifest/read.ts';
import { DesignBuilder } from './design-builder.ts';
import { problemsAfter } from './file-problems.ts';
import { handOn } from './hand-on.ts';
import { documentOf } from './records.ts';
import type { CommandRefusal } from './commands/command.ts';
import type { Design, DesignRecord, DesignSegment, RecordId, SegmentId } from './design.ts';

export function isRefused(outcome: object): outcome is CommandRefusal {
  return Object.hasOwn(outcome, 'refused');
}

/** Edits fields of one record by splicing its text; comments, order and style of everything else stay. */
export function editFields(
  design: Design,
  registry: KindRegistry,
  record: DesignRecord,
  edits: readonly Edit[],
): Design | CommandRefusal {
  const builder = new DesignBuilder(design, registry);
  return editFieldsIn(builder, record, edits) ?? builder.design;
}

/** The same for one of several edits that are made together. Gives the refusal; nothing has changed then. */
export function editFieldsIn(
  builder: DesignBuilder,
  record: DesignRecord,
  edits: readonly Edit[],
): CommandRefusal | undefined {
  const document = documentOf(builder.design, record);
  const placed = edits.map((edit) => ({ ...edit, path: [...record.path, ...edit.path] }));
  const edited = applyEdits(document.text, document.format, placed);
  if (!edited.ok) return { refused: 'command.cannotEditText', params: { reason: edited.reason, ...edited.params } };
  if (edited.text === document.text) return { refused: 'command.noChange' };
  putParts(builder, document, readPart(document, edited.text));
  return undefined;
}

/**
 * Puts text that a person typed in the place of a document and reads it. Text that does not read is refused with its
 * line, so a design never holds a broken document that was whole before. Records keep their names where the text still
 * holds them.
 */
export function replaceDocument(
  design: Design,
  registry: KindRegistry,
  segment: SegmentId,
  text: string,
): Design | CommandRefusal {
  const before = design.segments.get(segment);
  if (before?.type !== 'document') return { refused: 'command.noSuchRecord' };
  const file = fileOf(design, before);
  const isLast = file.segments.at(-1) === segment;
  // What follows begins with a line of its own, so this has to end with one.
  const whole = isLast || text.endsWith('\n') || before.text.endsWith('\n') === false ? text : text + file.lineEnd;
  const read = readManifest(file.path, whole);
  const broken = read.problems.find(({ severity }) => severity === 'error') ?? noObjectIn(read);
  if (broken) {
    const { line, column } = broken.position;
    return { refused: 'command.cannotEditText', params: { reason: broken.id, line, column, ...broken.params } };
  }
  const builder = new DesignBuilder(design, registry);
  putParts(builder, before, read);
  return builder.design;
}

type Document = Extract<DesignSegment, { type: 'document' }>;
interface Parts {
  readonly segments: readonly Segment[];
  readonly problems: readonly ManifestProblem[];
}

/** Text that holds no object, or holds a document besides that would be kept as mere text. */
function noObjectIn({ segments, problems }: ManifestFile): ManifestProblem | undefined {
  const whole = segments.every((segment) => segment.type === 'document' || holdsNothing(segment.text));
  if (whole && segments.some(({ type }) => type === 'document')) return undefined;
  const position = { line: 1, column: 1 };
  return problems[0] ?? { id: 'manifest.notAnObject', severity: 'error', position, params: { missing: 'object' } };
}

function holdsNothing(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:#.*)?$|^(?:---|\.\.\.)(?:\s|$)/.test(line));
}

/** One document read again in the format it has; what starts with a brace would be taken for JSON otherwise. */
function readPart({ format }: Document, text: string): Parts {
  if (format === 'yaml' && /^\s*\{/.test(text)) return { segments: [readSegment(text, format)], problems: [] };
  const { segments, problems } = readManifest('', text);
  return { segments, problems };
}

function putParts(builder: DesignBuilder, before: Document, { segments, problems }: Parts): void {
  const { design, registry } = builder;
  const file = fileOf(design, before);
  const text = segments.map((part) => part.text).join('');
  const told = problemsAfter(design, file, before.id, { text, problems });
  const keep = handOn(design, before.records, segments, registry);
  const ids = takeParts(builder, file.path, before.id, segments, keep);
  const kept = new Set(keep.flat());
  for (const id of before.records) if (!kept.has(id)) builder.deleteRecord(id);
  if (ids.length === 1 && told === file.problems) return;
  const around = ids.length === 1 ? file.segments : file.segments.flatMap((id) => (id === before.id ? ids : [id]));
  builder.setFile({ ...file, segments: around, problems: told });
}

function fileOf(design: Design, document: Document) {
  return design.files.get(design.records.get(document.records[0]!)!.file)!;
}

function takeParts(
  builder: DesignBuilder,
  file: string,
  segment: SegmentId,
  parts: readonly Segment[],
  keep: readonly (readonly RecordId[])[],
): readonly SegmentId[] {
  let reused = false;
  return parts.map((part, index) => {
    const id = part.type === 'document' && !reused ? segment : undefined;
    if (id !== undefined) reused = true;
    return builder.takeSegment(file, part, id, keep[index]!);
  });
}
