import type { Path } from '../../../base/json.ts';
import { useForm } from './form-context.ts';

interface RestOfFieldsProps {
  readonly path: Path;
  /** What the widget draws where it is set. */
  readonly omit?: readonly string[];
  /** The widget draws it where it is not set too: there is nothing to be added. */
  readonly drawsUnset?: boolean;
}

/** The fields beneath a path that a widget does not draw itself, as rows of the form. */
export function RestOfFields({ path, omit = [], drawsUnset = false }: RestOfFieldsProps) {
  return useForm().drawTree(path, omit, drawsUnset);
}
