import { compareStrings } from '../../../base/compare.ts';
import type { FieldSet } from './field-set.ts';
import { pathsOf } from './field-set.ts';
import { parseManagerIdentifier } from './managed-fields.ts';
import { formatPath } from './path-element.ts';

/** One cause of the Status that answers a conflicting apply; its type is `FieldManagerConflict`. */
export interface ConflictCause {
  readonly message: string;
  readonly field: string;
}

export interface ConflictAnswer {
  readonly message: string;
  readonly causes: readonly ConflictCause[];
}

/**
 * The API server's words for an apply that met other managers' fields.
 * Source: apimachinery/pkg/util/managedfields/internal/conflict.go, 1.36.
 */
export function describeConflicts(conflicts: ReadonlyMap<string, FieldSet>): ConflictAnswer {
  const sorted = [...conflicts].sort(([a], [b]) => compareStrings(a, b));
  const all = sorted.flatMap(([manager, set]) => pathsOf(set).map((path) => ({ manager, field: formatPath(path) })));
  const causes = all.map(({ manager, field }) => ({ message: `conflict with ${printManager(manager)}`, field }));
  const [only] = causes;
  if (only && causes.length === 1)
    return { message: `Apply failed with 1 conflict: ${only.message}: ${only.field}`, causes };
  const lines = sorted.flatMap(([manager, set]) => [
    `conflicts with ${printManager(manager)}:`,
    ...pathsOf(set).map((path) => `- ${formatPath(path)}`),
  ]);
  return { message: `Apply failed with ${causes.length} conflicts: ${lines.join('\n')}`, causes };
}

function printManager(identifier: string): string {
  const { manager, operation, apiVersion, subresource } = parseManagerIdentifier(identifier);
  const through = subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`;
  const using = operation === 'Update' ? ` using ${apiVersion}` : '';
  return `${JSON.stringify(manager)}${through}${using}`;
}
