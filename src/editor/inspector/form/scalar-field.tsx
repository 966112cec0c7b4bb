import { X } from 'lucide-react';
import { useId } from 'react';
import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import { valueAt } from '../../../base/json.ts';
import type { Path } from '../../../base/json.ts';
import { IconButton } from '../../../kit/button.tsx';
import { useText } from '../../i18n.ts';
import { FieldInfo } from './field-info.tsx';
import { useForm } from './form-context.ts';
import { fieldTitle } from './main-fields.ts';
import { ProblemsAtField } from './problems-at-field.tsx';
import { ScalarControl } from './scalar-control.tsx';

interface ScalarFieldProps {
  readonly path: Path;
  /** A field that is not set yet: it takes the focus, and goes away when nothing is typed. */
  readonly draft?: boolean;
  readonly onDone?: () => void;
  /** Where it does not speak for itself: in the list of main fields. */
  readonly showWithin?: boolean;
  /** What it is called; its own name where left out. */
  readonly title?: string;
}

/** One value with its name, its documentation, what is wrong with it, and a way to take it away. */
export function ScalarField({ path, draft, onDone, showWithin, title: given }: ScalarFieldProps) {
  const { object, edit, problems } = useForm();
  const problemsId = useId();
  const isWrong = problems.at(path).some(({ severity }) => severity === 'error');
  const t = useText();
  const value = valueAt(object, ...path);
  const { title: own, within } = fieldTitle(object, path);
  const title = given ?? own;
  return (
    <div className="form-row" data-field={formatFieldPath(path)}>
      <div className="form-control">
        <ScalarControl
          path={path}
          title={title}
          hint={showWithin ? within : ''}
          draft={draft ?? false}
          invalidBy={isWrong ? problemsId : undefined}
          {...(onDone && { onDone })}
        />
        <ProblemsAtField path={path} id={problemsId} />
      </div>
      <div className="form-tools">
        {(value !== undefined || draft) && (
          <IconButton
            small
            className="form-remove"
            label={t('inspector:removeField', { field: formatFieldPath(path) })}
            icon={<X size={12} />}
            onPress={() => (value === undefined ? onDone?.() : edit([{ op: 'delete', path }]))}
          />
        )}
        <FieldInfo path={path} title={title} />
      </div>
    </div>
  );
}
