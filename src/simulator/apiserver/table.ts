import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asNumber, isJsonObject, objectAt, stringAt, valueAt } from '../../base/json.ts';
import { findJsonPath, printJsonPath } from '../../kinds/shared/json-path.ts';
import { versionOf } from './custom-resources/definition.ts';
import { ageOf, momentMs, since } from './printers/cells.ts';
import type { PrintOptions } from './printers/printer.ts';
import { printerOf } from './printers/printers.ts';

/** Of what a table is made. */
export interface TableSource {
  readonly kind: GroupKind;
  /** Of a custom resource its definition, and the version asked for. */
  readonly definition?: KubernetesObject | undefined;
  readonly version: string;
  /** What a row shows of its object: its metadata where left out. */
  readonly includeObject?: 'None' | 'Object';
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly description: string;
  readonly priority: number;
}

interface Convertor {
  readonly columns: readonly Column[];
  cells(object: KubernetesObject): readonly JsonValue[];
}

/**
 * What is answered to who accepts `application/json;as=Table;g=meta.k8s.io;v=v1`: an object or a list as a table.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/response.go `asTable`, pkg/printers/storage/storage.go
 * (which always asks for the wide form), 1.36.
 */
export function asTable(source: TableSource, body: KubernetesObject): KubernetesObject {
  const items = body['items'];
  const objects = (Array.isArray(items) ? items : [body]) as readonly KubernetesObject[];
  const { columns, cells } = convertorOf(source);
  const { resourceVersion, continue: token, remainingItemCount } = objectAt(body, 'metadata') ?? {};
  return Object.freeze({
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: {
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      ...(token === undefined ? {} : { continue: token }),
      ...(remainingItemCount === undefined ? {} : { remainingItemCount }),
    },
    columnDefinitions: columns.map((column) => ({ ...column })),
    rows: objects.map((object) => ({ cells: cells(object), object: shownOf(object, source.includeObject) })),
  });
}

function shownOf(object: KubernetesObject, include: TableSource['includeObject']): JsonValue {
  if (include === 'None') return null;
  return include === 'Object' ? object : metadataOnly(object);
}

export function metadataOnly(object: KubernetesObject): JsonObject {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: objectAt(object, 'metadata') ?? {},
  };
}

function convertorOf(source: TableSource): Convertor {
  const print: PrintOptions = { nowMs: source.nowMs, wide: true };
  if (source.definition !== undefined) return customConvertor(source.definition, source.version, print);
  const printer = printerOf(source.kind);
  return {
    columns: printer.columns.map((name, index) => ({
      name: name.replace(/^\+/, ''),
      type: 'string',
      format: index === 0 ? 'name' : '',
      description: '',
      priority: name.startsWith('+') ? 1 : 0,
    })),
    cells: (object) => printer.cells(object, print),
  };
}

/** Source: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresource/tableconvertor/tableconvertor.go, 1.36. */
function customConvertor(definition: KubernetesObject, version: string, print: PrintOptions): Convertor {
  const own = arrayAt(versionOf(definition, version), 'additionalPrinterColumns').filter(isJsonObject);
  const name: Column = { name: 'Name', type: 'string', format: 'name', description: '', priority: 0 };
  if (own.length === 0)
    return {
      columns: [name, { name: 'Age', type: 'date', format: '', description: '', priority: 0 }],
      cells: (object) => [nameOf(object), ageOf(object, print)],
    };
  return {
    columns: [
      name,
      ...own.map((column) => ({
        name: text(column, 'name'),
        type: text(column, 'type'),
        format: text(column, 'format'),
        description: text(column, 'description'),
        priority: asNumber(column['priority']) ?? 0,
      })),
    ],
    cells: (object) => [
      nameOf(object),
      ...own.map((column) => cellOf(object, text(column, 'jsonPath'), text(column, 'type'), print)),
    ],
  };
}

function text(column: JsonObject, field: string): string {
  return stringAt(column, field) ?? '';
}

function cellOf(object: KubernetesObject, path: string, type: string, print: PrintOptions): JsonValue {
  const [value] = findJsonPath(object, path);
  if (value === undefined || value === null) return null;
  if (type === 'string') return printJsonPath(object, path);
  if (type === 'date')
    return typeof value !== 'string' ? null : momentMs(value) === undefined ? '<invalid>' : since(value, print);
  if (type === 'integer') return typeof value === 'number' ? Math.trunc(value) : null;
  return typeof value === type ? value : null;
}

/** The rows of a table, as clients read them. */
export function rowsOf(
  table: KubernetesObject,
): readonly { readonly cells: readonly JsonValue[]; readonly object: JsonObject }[] {
  return arrayAt(table, 'rows').map((row) => ({ cells: arrayAt(row, 'cells'), object: objectAt(row, 'object') ?? {} }));
}

/** The names of a table's columns, and which of them only `-o wide` shows. */
export function columnsOfTable(
  table: KubernetesObject,
): readonly { readonly name: string; readonly isWide: boolean }[] {
  return arrayAt(table, 'columnDefinitions').map((column) => ({
    name: stringAt(column, 'name') ?? '',
    isWide: (asNumber(valueAt(column, 'priority')) ?? 0) > 0,
  }));
}
