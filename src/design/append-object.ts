import type { KubernetesObject } from '../apimachinery/object.ts';
import { nameOf } from '../apimachinery/object.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import { JOINED, LAYOUT_HEADER, layoutBlockStart } from '../manifest/layout-block.ts';
import { readManifest } from '../manifest/read.ts';
import { writeObject } from '../manifest/write.ts';
import { DesignBuilder } from './design-builder.ts';
import { freePath } from './import.ts';
import { fileText, segmentOf } from './records.ts';
import type { Design, DesignFile, RecordId, SegmentId } from './design.ts';

/** Where new text goes: the end of a YAML file, or a file of its own in the folder of `beside`. */
export interface AppendPlace {
  /** Path of a file; it is appended to where `canAppendTo` says so. */
  readonly beside?: string;
}

interface Appended {
  readonly design: Design;
  readonly record: RecordId;
}

/** Adds an object as a new document at the end of a YAML file, or as a new file. */
export function appendObject(
  design: Design,
  registry: KindRegistry,
  object: KubernetesObject,
  place: AppendPlace = {},
): Appended {
  return appendText(design, registry, writeObject(object), place, fileNameFor(object.kind, nameOf(object)));
}

/** `deployment-web.yaml`; a name that begins with the kind says enough. */
export function fileNameFor(kind: string, name: string): string {
  const [word, own] = [kind, name].map((text) => text.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '-')) as [
    string,
    string,
  ];
  if (own === '' || own === word) return `${word}.yaml`;
  return own.startsWith(`${word}-`) ? `${own}.yaml` : `${word}-${own}.yaml`;
}

/** Whether documents can follow in a file: it is named as YAML, is text, and holds no JSON. */
export function canAppendTo(design: Design, file: DesignFile): boolean {
  if (file.binary !== undefined || file.isOwn || !/(?:\.ya?ml|^-)$/i.test(file.path)) return false;
  return file.segments.every((id) => {
    const segment = segmentOf(design, id);
    return segment.type === 'raw' || segment.format === 'yaml';
  });
}

/** The same for one document that is already written, with its comments and style. */
export function appendText(
  design: Design,
  registry: KindRegistry,
  text: string,
  { beside }: AppendPlace,
  newName: string,
): Appended {
  const neighbour = beside === undefined ? undefined : design.files.get(beside);
  const file = neighbour && canAppendTo(design, neighbour) ? neighbour : undefined;
  const builder = new DesignBuilder(design, registry);
  const folder = beside === undefined ? '' : beside.slice(0, beside.lastIndexOf('/') + 1);
  const path = file?.path ?? freePath(folder + newName, new Set(design.files.keys()));
  const lineEnd = file?.lineEnd ?? '\n';
  const own = withLineEnds(text, lineEnd);
  const ids = readManifest(path, own).segments.map((segment) => builder.takeSegment(path, segment));
  const before = file ? endForAnother(builder, design, file) : { segments: [], block: [] };
  const segments = [...before.segments, ...ids, ...before.block];
  builder.setFile(file ? { ...file, segments } : { path, bom: false, lineEnd, segments, problems: [] });
  return { design: builder.design, record: firstRecord(builder.design, ids) };
}

function withLineEnds(text: string, lineEnd: string): string {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  return whole.replaceAll(/\r?\n/g, lineEnd);
}

function firstRecord(design: Design, ids: readonly SegmentId[]): RecordId {
  for (const id of ids) {
    const segment = segmentOf(design, id);
    if (segment.type === 'document') return segment.records[0]!;
  }
  throw new Error('a document that was read before does not read again');
}

/** The segments of a file, ended so that another document can follow, and the layout block that comes after it. */
function endForAnother(
  builder: DesignBuilder,
  design: Design,
  file: DesignFile,
): { readonly segments: readonly SegmentId[]; readonly block: readonly SegmentId[] } {
  const whole = fileText(design, file);
  const cut = layoutBlockStart(whole);
  const text = whole.slice(0, cut);
  const { segments, block } = cut === whole.length ? { segments: file.segments, block: [] } : withoutBlock();
  if (text.trim() === '' || /(?:^|\n)---[ \t]*\r?\n$/.test(text)) return { segments, block };
  const separator = builder.newId('s');
  const newline = text.endsWith('\n') ? '' : file.lineEnd;
  builder.setSegment({ id: separator, type: 'raw', text: `${newline}---${file.lineEnd}` });
  return { segments: [...segments, separator], block };

  /** The block is the end of the last segment, which holds nothing but text. */
  function withoutBlock(): { readonly segments: readonly SegmentId[]; readonly block: readonly SegmentId[] } {
    const last = file.segments.at(-1)!;
    const length = whole.length - cut;
    const rest = segmentOf(design, last).text.slice(0, -length);
    const id = builder.newId('s');
    const own = whole
      .slice(cut)
      .replace(/^\r?\n/, '')
      .replace(LAYOUT_HEADER + JOINED, LAYOUT_HEADER);
    builder.setSegment({ id, type: 'raw', text: own });
    if (rest !== '') builder.setSegment({ id: last, type: 'raw', text: rest });
    else builder.deleteSegment(last);
    return { segments: rest === '' ? file.segments.slice(0, -1) : file.segments, block: [id] };
  }
}
