/** Loaded when an object is looked at: knowing what it can become takes every conversion. */
import { conversionsFor } from '../../design/conversions/conversions-for.ts';
import type { RecordId } from '../../design/design.ts';
import type { Fix } from '../../design/fixes/fix.ts';
import type { WorkspaceState } from '../../workspace/workspace.ts';

/** The ways to write an object in a newer version, or as the kind that took its place; none where it is up to date. */
export function findConversions(id: RecordId, { design, graph, registry }: WorkspaceState): readonly Fix[] {
  return conversionsFor(id, { design, graph, registry });
}
