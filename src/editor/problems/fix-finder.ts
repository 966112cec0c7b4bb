/** Loaded when the first problem is looked at: finding fixes takes schemas, lints and the API server's rules. */
import type { DesignRecord } from '../../design/design.ts';
import { fixesFor } from '../../design/fixes/index.ts';
import type { Fix } from '../../design/fixes/fix.ts';
import type { Problem } from '../../design/problem.ts';
import { preloadValidity } from '../../design/validity.ts';
import type { WorkspaceState } from '../../workspace/workspace.ts';

/** What can be done about a problem of the design as it stands, best first. */
export async function findFixes(problem: Problem, read: () => WorkspaceState): Promise<readonly Fix[]> {
  const { design, registry } = read();
  const record = design.records.get(problem.record);
  if (!record) return [];
  const records: ReadonlyMap<string, DesignRecord> = new Map([[record.id, record]]);
  await preloadValidity({ ...design, records }, registry);
  return fixesFor(problem, read());
}
