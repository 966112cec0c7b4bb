/** Loaded when the first field is added: what a field begins as takes schemas and the API server's rules. */
import type { Path } from '../../../base/json.ts';
import type { DesignRecord } from '../../../design/design.ts';
import { startField } from '../../../design/start-values/start-field.ts';
import { judgeContextOf, preloadValidity } from '../../../design/validity.ts';
import type { FieldEdit } from '../../../kinds/field-edit.ts';
import type { Schema } from '../../../openapi/schema.ts';
import type { WorkspaceState } from '../../../workspace/workspace.ts';

/** What adding a field of this schema writes; undefined where nothing can be written for it. */
export async function findStart(
  record: DesignRecord,
  { path, schema, root }: { readonly path: Path; readonly schema: Schema; readonly root: Schema },
  { design, registry }: WorkspaceState,
): Promise<readonly FieldEdit[] | undefined> {
  await preloadValidity({ ...design, records: new Map([[record.id, record]]) }, registry);
  return startField(record.object, path, root, judgeContextOf(design, registry), schema);
}
