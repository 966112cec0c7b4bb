import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import { nameOf } from '../apimachinery/object.ts';
import type { Category } from '../kinds/kind.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import { stripLayout, writeLayout } from '../manifest/layout-comment.ts';
import type { LayoutEntry } from '../manifest/layout-comment.ts';
import { fileNameFor } from './append-object.ts';
import type { Design, DesignRecord, SegmentId } from './design.ts';
import { editFields, isRefused } from './edit-segment.ts';
import { exportDesign } from './export.ts';
import type { ExportedDesignFile } from './export.ts';
import { frameOf, layoutOf } from './file-layout.ts';
import { freePath } from './import.ts';
import { isNamespace } from './namespace-names.ts';
import { segmentOf } from './records.ts';

export interface ExportForm {
  /** Files as they are, all objects in one, or one file for each document; the last two in the order to apply them. */
  readonly files: 'asTheyAre' | 'one' | 'each';
  /** Name of the one file, without its ending. */
  readonly name: string;
  readonly layout: 'keep' | 'drop';
  /** Leaves out what only a cluster writes; Nodes keep theirs, which says how large they are. */
  readonly withoutStatus: boolean;
}

/** The files of a design in the form that somebody wants them in. Documents keep their text, comments and style. */
export function exportInForm(design: Design, registry: KindRegistry, form: ExportForm): readonly ExportedDesignFile[] {
  const shown = form.withoutStatus ? withoutStatus(design, registry) : design;
  if (form.files === 'asTheyAre') return exportDesign(shown, form.layout);
  const documents = documentsInOrder(shown, registry);
  const layout = form.layout === 'drop' ? [] : [...shown.files.values()].flatMap((file) => layoutOf(shown, file));
  if (form.files === 'one') {
    const text = documents.map(({ text: own }) => ended(own)).join('---\n');
    return documents.length === 0
      ? []
      : [encoded(`${form.name || 'manifests'}.yaml`, writeLayout(text, unique(layout), '\n'))];
  }
  const taken = new Set<string>();
  const digits = String(documents.length).length;
  return documents.map(({ records, text }, index) => {
    const [first] = records;
    const number = String(index + 1).padStart(digits, '0');
    const path = freePath(
      `${number}-${first ? fileNameFor(first.object.kind, nameOf(first.object)) : 'manifest.yaml'}`,
      taken,
    );
    taken.add(path);
    const keys = new Set(
      records.flatMap((record) => [record.identity, ...(isNamespace(record) ? [frameOf(record)] : [])]),
    );
    const own = unique(layout.filter(({ key }) => keys.has(key)));
    return encoded(path, writeLayout(ended(text), own, '\n'));
  });
}

interface Document {
  readonly records: readonly DesignRecord[];
  readonly text: string;
}

/** Every document once, those first that others need to be there: namespaces, definitions of kinds, then by category. */
function documentsInOrder(design: Design, registry: KindRegistry): readonly Document[] {
  const seen = new Set<SegmentId>();
  const documents: (Document & { readonly rank: number })[] = [];
  for (const file of design.files.values()) {
    for (const id of file.segments) {
      const segment = segmentOf(design, id);
      if (segment.type === 'raw' || seen.has(id)) continue;
      seen.add(id);
      const records = segment.records.flatMap((record) => design.records.get(record) ?? []);
      const rank = Math.min(...records.map((record) => rankOf(record, registry)));
      documents.push({ records, text: stripLayout(segment.text), rank });
    }
  }
  return documents.sort((a, b) => a.rank - b.rank);
}

const CATEGORY_ORDER: readonly Category[] = ['cluster', 'access', 'config', 'storage', 'network', 'workload', 'custom'];

function rankOf(record: DesignRecord, registry: KindRegistry): number {
  const definition = registry.of(record.object);
  if (isNamespace(record)) return 0;
  if (definition.definesKinds) return 1;
  return (definition.scope === 'Cluster' ? 2 : 20) + CATEGORY_ORDER.indexOf(definition.category);
}

function withoutStatus(design: Design, registry: KindRegistry): Design {
  let next = design;
  for (const { id, object } of design.records.values()) {
    const { group, kind } = groupVersionKindOf(object);
    const current = next.records.get(id);
    if (object['status'] === undefined || (group === '' && kind === 'Node') || !current) continue;
    const edited = editFields(next, registry, current, [{ op: 'delete', path: ['status'] }]);
    if (!isRefused(edited)) next = edited;
  }
  return next;
}

function unique(entries: readonly LayoutEntry[]): readonly LayoutEntry[] {
  return [...new Map(entries.map((entry) => [`${entry.picture} ${entry.key}`, entry])).values()];
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

function encoded(path: string, text: string): ExportedDesignFile {
  return { path, content: new TextEncoder().encode(text) };
}

/** What to type after unpacking: the files in their order, or the folder they are in. */
export function applyCommand(files: readonly ExportedDesignFile[]): string {
  const [first, ...others] = files;
  if (first && others.length === 0) return `kubectl apply -f ${quoted(first.path.split('/').pop() ?? first.path)}`;
  return 'kubectl apply -R -f manifests/';
}

/** For a shell, where a name holds what it would read otherwise. */
function quoted(name: string): string {
  return /^[\w.@%+=:,-]+$/.test(name) && !name.startsWith('-') ? name : `'./${name.replaceAll("'", "'\\''")}'`;
}
