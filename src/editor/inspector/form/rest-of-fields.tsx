import type { Path } from '../../../base/json.ts';
import { useForm } from './form-context.ts';

/** The fields beneath a path that a widget does not draw itself, as rows of the form. */
export function RestOfFields({ path, omit = [] }: { readonly path: Path; readonly omit?: readonly string[] }) {
  return useForm().drawTree(path, omit);
}
