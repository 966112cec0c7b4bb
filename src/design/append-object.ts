import type { KubernetesObject } from '../apimachinery/object.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import { readManifest } from '../manifest/read.ts';
import { writeObject } from '../manifest/write.ts';
import { DesignBuilder } from './design-builder.ts';
import { freePath } from './import.ts';
import { fileText } from './records.ts';
import type { Design, DesignFile, RecordId } from './design.ts';

/** Where a new object goes when nobody said: a file of its own name in the folder of `beside`, or at the top. */
export interface AppendPlace {
  /** Path of an existing YAML file to append to. */
  readonly file?: string;
}

/** Adds an object as a new document at the end of a YAML file, or as a new file. Gives the design and the record. */
export function appendObject(
  design: Design,
  registry: KindRegistry,
  object: KubernetesObject,
  place: AppendPlace = {},
): { readonly design: Design; readonly record: RecordId } {
  return appendText(
    design,
    registry,
    writeObject(object),
    place,
    `${object.kind.toLowerCase()}-${nameFor(object)}.yaml`,
  );
}

function nameFor(object: KubernetesObject): string {
  const name = (object['metadata'] as { name?: unknown } | undefined)?.name;
  return typeof name === 'string' && name !== '' ? name.replaceAll(/[^a-z0-9.-]/gi, '-') : 'object';
}

/** The same for text that is already written, with its comments and style. */
export function appendText(
  design: Design,
  registry: KindRegistry,
  text: string,
  place: AppendPlace,
  newPath: string,
): { readonly design: Design; readonly record: RecordId } {
  const file = place.file === undefined ? undefined : design.files.get(place.file);
  const builder = new DesignBuilder(design, registry);
  const record = `r${design.nextId + 1}`;
  const path = file?.path ?? freePath(newPath, new Set(design.files.keys()));
  const lineEnd = file?.lineEnd ?? '\n';
  const own = text.replaceAll(/\r?\n/g, lineEnd);
  const documents = readManifest(path, own).segments.filter((segment) => segment.type === 'document');
  const segment = documents[0];
  if (segment?.type !== 'document')
    throw new Error(`an object that was just written does not read: ${text.slice(0, 80)}`);
  const id = builder.newId('s');
  builder.takeSegment(path, { ...segment, text: own }, id);
  const segments = file ? [...endWithSeparator(builder, design, file), id] : [id];
  builder.setFile(file ? { ...file, segments } : { path, bom: false, lineEnd, segments, problems: [] });
  return { design: builder.design, record };
}

/** The segments of a file, ended so that another document can follow. */
function endWithSeparator(builder: DesignBuilder, design: Design, file: DesignFile): readonly string[] {
  const text = fileText(design, file);
  if (text.trim() === '') return file.segments;
  if (/(?:^|\n)---[ \t]*\r?\n$/.test(text)) return file.segments;
  const separator = builder.newId('s');
  const newline = text.endsWith('\n') ? '' : file.lineEnd;
  builder.setSegment({ id: separator, type: 'raw', text: `${newline}---${file.lineEnd}` });
  return [...file.segments, separator];
}
