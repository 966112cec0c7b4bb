import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject, objectAt } from '../../base/json.ts';
import { findJsonPath, printJsonPath } from '../../kinds/shared/json-path.ts';
import { writeObject } from '../../manifest/write.ts';
import type { ServedResource } from '../apiserver/served-resources.ts';
import { columnsOfTable, rowsOf } from '../apiserver/table.ts';
import { KubectlError } from './command.ts';
import { goJson } from '../../apimachinery/go-json.ts';
import { GO_STYLE } from './go-yaml.ts';
import { spokenName } from './resources.ts';

export interface TableOptions {
  readonly wide: boolean;
  readonly withNamespace: boolean;
  readonly withKind: boolean;
  readonly showLabels: boolean;
  readonly noHeaders: boolean;
}

/**
 * Tables of one resource, the pages of a list or single objects, as kubectl prints them.
 * Source: staging/src/k8s.io/cli-runtime/pkg/printers/tableprinter.go, 1.36.
 */
export function printedTable(
  resource: ServedResource,
  tables: readonly KubernetesObject[],
  options: TableOptions,
): string {
  const columns = columnsOfTable(tables[0] ?? { apiVersion: '', kind: '' });
  const shown = columns.flatMap(({ isWide }, index) => (isWide && !options.wide ? [] : [index]));
  const rows = tables.flatMap(rowsOf).map(({ cells, object }) => {
    const own = shown.map((index) => firstLine(cellText(cells[index])));
    if (options.withKind) own[0] = spokenName(resource, own[0] ?? '');
    const labels = [...labelsOf(object as KubernetesObject)]
      .map(([key, value]) => `${key}=${value}`)
      .sort(compareStrings);
    return [
      ...(options.withNamespace ? [namespaceOf(object as KubernetesObject) ?? ''] : []),
      ...own,
      ...(options.showLabels ? [labels.length === 0 ? '<none>' : labels.join(',')] : []),
    ];
  });
  const header = [
    ...(options.withNamespace ? ['NAMESPACE'] : []),
    ...shown.map((index) => (columns[index]?.name ?? '').toUpperCase()),
    ...(options.showLabels ? ['LABELS'] : []),
  ];
  return columnsOf(options.noHeaders ? rows : [header, ...rows]);
}

function cellText(cell: JsonValue | undefined): string {
  return cell === undefined || cell === null ? '' : typeof cell === 'object' ? goJson(cell) : String(cell);
}

function firstLine(text: string): string {
  const end = text.search(/[\n\r\f]/);
  return end < 0 ? text : `${text.slice(0, end)}...`;
}

/** Rows set under each other; a column is as wide as its longest cell and the space after it, and `minimum` at least. */
export function columnsOf(rows: readonly (readonly string[])[], padding = 3, minimum = 6): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries())
      widths[index] = Math.max(widths[index] ?? minimum, cell.length + padding);
  const line = (row: readonly string[]): string =>
    row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index]!))).join('');
  return rows.map((row) => `${line(row)}\n`).join('');
}

/** Objects in one of the forms of `-o`; throws kubectl's words where there is no such form. */
export function formatted(
  objects: readonly { readonly resource: ServedResource; readonly object: KubernetesObject }[],
  output: string,
  isList: boolean,
): string {
  const whole: JsonObject = isList
    ? {
        apiVersion: 'v1',
        items: objects.map(({ object }) => withoutManagedFields(object)),
        kind: 'List',
        metadata: { resourceVersion: '' },
      }
    : withoutManagedFields(objects[0]!.object);
  const [form = '', ...rest] = output.split('=');
  const template = rest.join('=');
  switch (form) {
    case 'yaml':
      return writeObject(sorted(whole) as JsonObject, GO_STYLE);
    case 'json':
      return `${JSON.stringify(sorted(whole), undefined, 4)}\n`;
    case 'name':
      return objects.map(({ resource, object }) => `${spokenName(resource, nameOf(object))}\n`).join('');
    case 'jsonpath':
      return fillTemplate(whole, template);
    case 'custom-columns':
      return customColumns(
        objects.map(({ object }) => object),
        template,
      );
    default:
      throw new KubectlError(
        `error: unable to match a printer suitable for the output format "${form}", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,wide,yaml`,
      );
  }
}

function withoutManagedFields(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = objectAt(object, 'metadata') ?? {};
  return { ...object, metadata };
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => sorted(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort(compareStrings)
      .map((key) => [key, sorted(value[key]!)]),
  );
}

/** `{.items[*].metadata.name}`, `{range .items[*]}{.metadata.name}{"\n"}{end}`; literal text stays. */
function fillTemplate(value: JsonValue, template: string): string {
  const parts = template.split(/(\{[^}]*\})/).filter((part) => part !== '');
  const [text] = fillParts(value, parts, 0);
  return text;
}

function fillParts(value: JsonValue, parts: readonly string[], from: number): readonly [text: string, next: number] {
  let text = '';
  for (let at = from; at < parts.length; at++) {
    const part = parts[at]!;
    const inner = part.startsWith('{') ? part.slice(1, -1).trim() : undefined;
    if (inner === undefined) text += part;
    else if (inner === 'end') return [text, at];
    else if (inner.startsWith('range ')) {
      let end = at;
      const path = inner.slice(6).trim();
      const items = itemsAt(value, path);
      for (const item of items.length === 0 ? [null] : items) {
        const [piece, next] = fillParts(item, parts, at + 1);
        if (items.length > 0) text += piece;
        end = next;
      }
      at = end;
    } else if (/^["'].*["']$/.test(inner)) text += inner.slice(1, -1).replaceAll('\\n', '\n').replaceAll('\\t', '\t');
    else text += valuesText(findJsonPath(value, inner.replace(/^[$@]/, '')));
  }
  return [text, parts.length];
}

function itemsAt(value: JsonValue, path: string): readonly JsonValue[] {
  const found = findJsonPath(value, path.replace(/^[$@]/, ''));
  return path.endsWith('[*]') ? found : found.flatMap((item) => (Array.isArray(item) ? (item as JsonValue[]) : [item]));
}

/** Strings as they are, everything else as JSON, spaces between. */
function valuesText(values: readonly JsonValue[]): string {
  return values.map((value) => (typeof value === 'string' ? value : goJson(value))).join(' ');
}

/** `NAME:.metadata.name,IMAGE:.spec.containers[*].image`. */
function customColumns(objects: readonly KubernetesObject[], template: string): string {
  const columns = template.split(',').map((column) => {
    const colon = column.indexOf(':');
    return [column.slice(0, colon), column.slice(colon + 1)] as const;
  });
  if (template === '' || columns.some(([name]) => name === ''))
    throw new KubectlError(`error: custom-columns format specified but no custom columns given`);
  const rows = objects.map((object) =>
    columns.map(([, path]) => printJsonPath(object, path.startsWith('.') ? path : `.${path}`) || '<none>'),
  );
  return columnsOf([columns.map(([name]) => name), ...rows]);
}
