import { formatFieldPath } from '../../../../../apimachinery/field-path.ts';
import type { Path } from '../../../../../base/json.ts';
import { ProblemsAtField } from '../../problems-at-field.tsx';
import { ScalarControl } from '../../scalar-control.tsx';

interface LabelledProps {
  readonly path: Path;
  /** The name of the field where left out. */
  readonly title?: string;
  readonly titleHidden?: boolean;
}

/** One value of a widget's item, with what is wrong at it. */
export function Labelled({ path, title, titleHidden }: LabelledProps) {
  return (
    <div className="labelled" data-field={formatFieldPath(path)}>
      <ScalarControl path={path} title={title ?? String(path.at(-1))} titleHidden={titleHidden ?? false} />
      <ProblemsAtField path={path} />
    </div>
  );
}
