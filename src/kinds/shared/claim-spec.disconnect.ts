import type { Path } from '../../base/json.ts';
import type { FieldEdit } from '../field-edit.ts';

/**
 * Takes away what one reference inside a claim template says: the class, the data source or the volume. None of them is
 * required. `claim` is the path of the template, which holds `metadata` and `spec`.
 */
export function removeClaimField(claim: Path, field: Path): readonly FieldEdit[] {
  const isSpec = field[claim.length] === 'spec';
  return [{ op: 'delete', path: isSpec ? field.slice(0, claim.length + 2) : field }];
}
