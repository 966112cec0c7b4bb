import { formatGroupKind } from '../../../apimachinery/group-version-kind.ts';
import type { GroupKind } from '../../../apimachinery/group-version-kind.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { valueAt } from '../../../base/json.ts';
import { certificateRequest } from './certificate-request.ts';
import { CLUSTER } from './cluster.ts';
import { NETWORK } from './network.ts';
import { podPrinter, podTemplatePrinter } from './pod.ts';
import type { TablePrinter } from './printer.ts';
import { STORAGE } from './storage.ts';
import { WORKLOADS } from './workloads.ts';
import { ageOf, textOf } from './cells.ts';

const ALL: readonly TablePrinter[] = [
  podPrinter,
  podTemplatePrinter,
  ...WORKLOADS,
  ...NETWORK,
  ...CLUSTER,
  ...STORAGE,
  certificateRequest,
];

/** By `Deployment.apps`. */
const PRINTERS: ReadonlyMap<string, TablePrinter> = new Map(ALL.map((printer) => [formatGroupKind(printer), printer]));

/** Kinds of which the table says when they were made. Source: printers.go, which has no table for Roles. */
const CREATED_AT: ReadonlySet<string> = new Set([
  'Role.rbac.authorization.k8s.io',
  'ClusterRole.rbac.authorization.k8s.io',
  'LimitRange',
  'CustomResourceDefinition.apiextensions.k8s.io',
]);

const createdAtPrinter: Omit<TablePrinter, 'group' | 'kind'> = {
  columns: ['Name', 'Created At'],
  cells: (object) => [nameOf(object), textOf(valueAt(object, 'metadata', 'creationTimestamp'), '<unknown>')],
};

const plainPrinter: Omit<TablePrinter, 'group' | 'kind'> = {
  columns: ['Name', 'Age'],
  cells: (object, options) => [nameOf(object), ageOf(object, options)],
};

/** The table of a kind; name and age where the server knows no better. */
export function printerOf(kind: GroupKind): Omit<TablePrinter, 'group' | 'kind'> {
  const key = formatGroupKind(kind);
  return PRINTERS.get(key) ?? (CREATED_AT.has(key) ? createdAtPrinter : plainPrinter);
}
