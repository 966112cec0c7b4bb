import type { Design, DesignRecord } from '../design/design.ts';
import { kindsBroughtBy } from '../design/import.ts';
import type { KindRegistry } from '../kinds/registry.ts';

/** Whether a design knows other kinds than the one before: only when an object that defines kinds came, went or changed. */
export function changesKinds(before: Design, after: Design, builtIn: KindRegistry): boolean {
  if (before.records === after.records) return false;
  const bringing = kindsBroughtBy(builtIn);
  const defines = ({ object }: DesignRecord): boolean => bringing(object) !== undefined;
  for (const [id, record] of after.records) {
    const old = before.records.get(id);
    if (old?.object !== record.object && (defines(record) || (old !== undefined && defines(old)))) return true;
  }
  for (const [id, record] of before.records) if (!after.records.has(id) && defines(record)) return true;
  return false;
}
