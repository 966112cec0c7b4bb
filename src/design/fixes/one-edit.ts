import { formatFieldPath } from '../../apimachinery/field-path.ts';
import type { JsonValue, Path } from '../../base/json.ts';
import type { Edit } from '../../manifest/edit.ts';
import type { RecordId } from '../design.ts';
import type { Fix, FixId } from './fix.ts';

/** A fix that edits one object. */
export function fixOf(id: FixId, params: Fix['params'], record: RecordId, ...edits: readonly Edit[]): Fix {
  return { id, params, edits: [{ record, edits }] };
}

/** A fix that writes a value at one field. */
export function setValue(record: RecordId, path: Path, value: JsonValue): Fix {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return fixOf('setValue', { field: formatFieldPath(path), value: shown }, record, { op: 'set', path, value });
}
