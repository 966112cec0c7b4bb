import { Plus } from 'lucide-react';
import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import type { Path } from '../../../base/json.ts';
import { Button } from '../../../kit/button.tsx';
import { useText } from '../../i18n.ts';
import { useForm } from './form-context.ts';
import { fieldTitle } from './main-fields.ts';
import { ProblemsAtField } from './problems-at-field.tsx';
import { ScalarField } from './scalar-field.tsx';
import { mustBeTyped, useBegin } from './use-begin.ts';

/** A field that is not set and that somebody asked for: its row stands here until it is. */
export function MissingField({ path, onDone }: { readonly path: Path; readonly onDone: () => void }) {
  const { object, guide } = useForm();
  const { begin, refused } = useBegin();
  const t = useText();
  const schema = guide.schemaAt(path);
  if (mustBeTyped(schema)) return <ScalarField path={path} draft onDone={onDone} />;
  return (
    <div className="missing-field" data-field={formatFieldPath(path)}>
      <span>{fieldTitle(object, path).title}</span>
      <span className="field-hint">{t('inspector:notSet')}</span>
      <Button small onPress={() => begin(path, schema)}>
        <Plus size={14} aria-hidden /> {t('inspector:addField')}
      </Button>
      {refused !== undefined && (
        <p className="field-error" role="alert">
          {refused}
        </p>
      )}
      <ProblemsAtField path={path} />
    </div>
  );
}
