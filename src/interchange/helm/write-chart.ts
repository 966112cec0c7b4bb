import type { Design, DesignFile } from '../../design/design.ts';
import { editFields, isRefused } from '../../design/edit-segment.ts';
import { fileText, segmentOf } from '../../design/records.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { stripLayout } from '../../manifest/layout-comment.ts';
import { writeObject } from '../../manifest/write.ts';
import type { Conversion, ConvertedFile, Note } from '../note.ts';
import type { ChartValue } from './chart-values.ts';
import { valuesTree } from './chart-values.ts';

/** Values written, and the design with a mark in the place of each. */
interface Marked {
  readonly design: Design;
  readonly values: readonly (ChartValue & { readonly mark: string })[];
  readonly notes: readonly Note[];
}

/**
 * A design as a Helm chart: its files become templates, comments and all, in which the chosen fields read from `values.yaml`.
 * `helm template` with these values gives the design back.
 */
export function writeChart(
  design: Design,
  registry: KindRegistry,
  { name, values }: { readonly name: string; readonly values: readonly ChartValue[] },
): Conversion {
  const marked = mark(design, registry, values);
  const notes = [...marked.notes];
  const templates = [...marked.design.files.values()].flatMap((file): ConvertedFile[] => {
    if (file.isOwn || file.binary !== undefined) return [];
    if (file.problems.some(({ severity }) => severity === 'error'))
      notes.push({
        id: 'helm.unread',
        kind: 'lost',
        file: file.path,
        line: file.problems[0]!.position.line,
        params: {},
      });
    const text = templateText(marked.design, file);
    const path = `templates/${file.path.replace(/\.(?:json|yml)$/i, '.yaml')}`;
    return text.trim() === '' ? [] : [{ path, content: filled(text, marked.values) }];
  });
  const chart = { apiVersion: 'v2', name, description: 'Drawn with Drydock', type: 'application', version: '0.1.0' };
  return {
    files: [
      { path: 'Chart.yaml', content: writeObject(chart) },
      { path: 'values.yaml', content: writeObject(valuesTree(marked.values)) },
      ...templates,
    ],
    notes,
  };
}

function mark(design: Design, registry: KindRegistry, values: readonly ChartValue[]): Marked {
  const prefix = unusedMark(design);
  const written: (ChartValue & { mark: string })[] = [];
  const notes: Note[] = [];
  let current = design;
  values.forEach((value, index) => {
    const record = current.records.get(value.record);
    if (!record) return;
    const sign = `${prefix}${index}x`;
    const edited = editFields(current, registry, record, [{ op: 'set', path: value.field, value: sign }]);
    if (isRefused(edited)) {
      const params = { object: record.identity, field: value.field.join('.') };
      notes.push({ id: 'helm.value', kind: 'changed', file: record.file, line: 0, params });
      return;
    }
    current = edited;
    written.push({ ...value, mark: sign });
  });
  return { design: current, values: written, notes };
}

/** A word that stands nowhere in the design. */
function unusedMark({ segments }: Design): string {
  const texts = [...segments.values()].map(({ text }) => text);
  for (let number = 0; ; number++) {
    const word = `drydockvalue${number === 0 ? '' : number}x`;
    if (!texts.some((text) => text.includes(word))) return word;
  }
}

/** The text of a file without what holds no object where that does not read; JSON as YAML. */
function templateText(design: Design, file: DesignFile): string {
  const isWhole = file.problems.every(({ severity }) => severity !== 'error');
  const segments = file.segments.map((id) => segmentOf(design, id));
  if (isWhole && segments.every((segment) => segment.type === 'raw' || segment.format === 'yaml'))
    return stripLayout(fileText(design, file));
  return segments
    .flatMap((segment) => {
      if (segment.type === 'raw') return [];
      if (segment.format === 'yaml') return [segment.text.endsWith('\n') ? segment.text : `${segment.text}\n`];
      return segment.records.map((id) => writeObject(design.records.get(id)!.object));
    })
    .join('---\n');
}

/** Braces of the text itself are kept from Helm; marks, quoted or not, become values in a form that reads as what they are. */
function filled(text: string, values: Marked['values']): string {
  let result = text.replaceAll('{{', '{{ "{{" }}');
  for (const { mark: sign, key } of values)
    result = result.replace(new RegExp(`(["']?)${sign}\\1`), () => `{{ .Values.${key.join('.')} | toJson }}`);
  return result;
}
